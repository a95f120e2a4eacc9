// The .jslib files of a runtime: what they define, how they see each other, how C# gets at their functions. As with
// Emscripten's linker a later definition takes the place of an earlier one, and order does not matter: what a function depends on
// may come with a later file, until it is called. Loaded by import() when first wanted.

import { registerAll, type LibraryContext } from '../libraries/index.js';
import type { LibraryOptions } from '../options.js';
import { scriptFunction } from './call.js';
import { Environment, type AnyFunction } from './environment.js';
import { kDecoration, kViews, type ViewName } from './names.js';

/** What the default export of a converted module gives. */
interface JslibModule {
  /** Its variables: what is in them, and how to change that. */
  names: Record<string, [get: () => unknown, set: (value: unknown) => void]>;
  /** Variables that its code assigns to and nobody declares. */
  globals: string[];
  files: { file: string; load: (...args: unknown[]) => void }[];
}
type Library = Record<string, unknown>;

interface Definition {
  key: string;
  file: string;
  module: JslibModule;
  value: unknown;
  deps: string[];
  postset: unknown;
  isSmall: boolean;
  ready: boolean;
}

/** The first address of JavaScript functions; tables are smaller. */
const kFirstAddress = 2 ** 31;

/** Code that stood in a text. */
class Code {
  constructor(readonly text: string, readonly make: () => unknown) {}
}

const variableOf = (key: string): string => (key.startsWith('$') ? key.slice(1) : `_${key}`);

export class Jslib {
  readonly #context: LibraryContext;
  readonly #environment: Environment;
  #imports: Record<string, unknown> = {};
  #modules: JslibModule[] = [];
  /** By variable. */
  #definitions = new Map<string, Definition>();

  constructor(context: LibraryContext) {
    this.#context = context;
    this.#environment = new Environment(context);
    this.#environment.resolve = (name) => this.#find(name);
    context.instance.memory.onGrowth = () => this.#refreshViews();
  }

  /** Converts a file and loads it. Pages that load converted ones never fetch the converter. */
  async loadText(library: string, file: string, text: string, options: LibraryOptions): Promise<string[]> {
    const { convertJslib, JslibError } = await import('./convert.js');
    let code: string;
    try {
      code = convertJslib([{ file, text }], { names: [...this.#definitions.keys(), ...Object.keys(this.#imports), ...Object.keys(options.imports ?? {})], isForNow: true });
    } catch (error) {
      if (!(error instanceof JslibError)) throw error;
      throw new this.#context.ModuleError(`loadLibrary("${library}"): ${error.message}`, { cause: error });
    }
    return this.load(library, await this.#importText(library, file, code), options);
  }

  async #importText(library: string, file: string, code: string): Promise<object> {
    const isNode = this.#environment.helpers.ENVIRONMENT_IS_NODE as boolean;
    const url = isNode ? `data:text/javascript;charset=utf-8,${encodeURIComponent(code)}` : URL.createObjectURL(new Blob([code], { type: 'text/javascript' }));
    try {
      return await import(/* @vite-ignore */ /* webpackIgnore: true */ url) as object;
    } catch (cause) {
      const reason = cause instanceof SyntaxError ? `${file}${lineOf(cause, url)}: ${cause.message}`
        : `${file}: its code cannot be imported from a ${url.slice(0, url.indexOf(':'))}: address, which a Content-Security-Policy may forbid; convert the file beforehand: npx leanclr jslib ${file} -o ${file.replace(/\.jslib$/, '')}.mjs`;
      throw new this.#context.ModuleError(`loadLibrary("${library}"): ${reason}`, { cause });
    } finally {
      if (!isNode) URL.revokeObjectURL(url);
    }
  }

  /** Loads a converted module: all of it, or nothing. Gives the names of its C functions. */
  load(library: string, source: object, { imports = {}, replace = false }: LibraryOptions): string[] {
    const before = { definitions: this.#definitions, modules: this.#modules, imports: this.#imports };
    const { default: factory } = source as { default: (host: object) => JslibModule };
    const module = factory({ dynamic: this.#environment.dynamic, code: (text: string, make: () => unknown) => new Code(text, make) });
    for (const name of module.globals) if (!(name in globalThis)) (globalThis as Record<string, unknown>)[name] = undefined;
    this.#imports = { ...this.#imports, ...imports };
    this.#modules = [...this.#modules, module];
    this.#definitions = new Map(this.#definitions);
    try {
      this.#link();
      const names = module.files.flatMap(({ file, load }) => this.#run(library, module, file, load));
      this.#link();
      for (const definition of this.#definitions.values()) this.#prepare(library, definition);
      if (names.length === 0 && this.#definitions.size === before.definitions.size) {
        throw new this.#context.ModuleError(`loadLibrary("${library}"): ${module.files.map(({ file }) => file).join(', ')}: nothing is defined; mergeInto(LibraryManager.library, { … }) defines functions`);
      }
      return this.#register(library, names, replace);
    } catch (error) {
      this.#definitions = before.definitions;
      this.#modules = before.modules;
      this.#imports = before.imports;
      this.#link();
      throw error;
    }
  }

  #failed(library: string, file: string, what: string, cause: unknown): Error {
    return new this.#context.ModuleError(`loadLibrary("${library}"): ${file}: ${what}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }

  /** Runs a file, which says what it defines. */
  #run(library: string, module: JslibModule, file: string, load: (...args: unknown[]) => void): string[] {
    const all: Library = {};
    const mergeInto = (into: Library, from: Library) => Object.assign(into, from);
    const autoAddDeps = (to: Library, dep: string) => {
      for (const key of Object.keys(to)) if (!key.startsWith('$') && !kDecoration.test(key)) to[`${key}__deps`] = [...(to[`${key}__deps`] as string[] | undefined ?? []), dep];
    };
    try {
      load(mergeInto, { library: all }, (from: Library) => mergeInto(all, from), autoAddDeps, []);
    } catch (error) {
      throw this.#failed(library, file, 'its code failed', error);
    }
    const names: string[] = [];
    for (const [key, value] of Object.entries(all)) {
      if (kDecoration.test(key)) continue;
      const deps = all[`${key}__deps`];
      const given = typeof value === 'function' && !key.startsWith('$') ? Object.assign(value.bind(globalThis) as AnyFunction, value) : value;
      this.#definitions.set(variableOf(key), {
        key, file, module, value: given, deps: Array.isArray(deps) ? deps.filter((dep) => typeof dep === 'string') as string[] : [],
        postset: all[`${key}__postset`], isSmall: Boolean(all[`${key}__i53abi`]), ready: false,
      });
    }
    for (const key of Object.keys(all)) if (!kDecoration.test(key)) this.#settleAlias(library, file, variableOf(key), names);
    return names;
  }

  /** A text as value is the name of another definition. */
  #settleAlias(library: string, file: string, variable: string, names: string[]): void {
    const definition = this.#definitions.get(variable)!;
    const { key, value } = definition;
    const text = value instanceof Code ? value.text : value;
    const target = typeof text === 'string' && text !== '' ? this.#definitions.get(text.startsWith('$') ? text.slice(1) : `_${text}`) ?? this.#definitions.get(text) : undefined;
    if (target && target !== definition) definition.value = target.value;
    else if (typeof value === 'string' && !key.startsWith('$')) throw this.#failed(library, file, `'${key}' is another name for '${value}'`, 'which nobody defines');
    else if (typeof value === 'string' && value !== '') throw this.#failed(library, file, `'${key}' is code in a text that is put together`, 'only plain texts can be converted');
    if (!key.startsWith('$') && typeof definition.value === 'function') names.push(key);
  }

  /** What a variable stands for; undefined: nothing but what the page may have. */
  #find(name: string): unknown {
    if (Object.hasOwn(this.#imports, name)) return this.#imports[name];
    const definition = this.#definitions.get(name);
    if (definition) return definition.value instanceof Code ? undefined : definition.value;
    const { helpers, dynamic } = this.#environment;
    if (Object.hasOwn(helpers, name)) return helpers[name as keyof typeof helpers];
    if (kViews.includes(name as ViewName)) return this.#environment.view(name as ViewName);
    if (name === 'buffer') return this.#context.instance.exports.memory.buffer;
    const signature = /^dynCall_(\w+)$/.exec(name)?.[1];
    if (signature !== undefined) return (pointer: number, ...args: unknown[]) => dynamic(signature, pointer)(...args);
    const exported = name.startsWith('_') ? (this.#context.instance.exports as unknown as Record<string, unknown>)[name.slice(1)] : undefined;
    return typeof exported === 'function' ? exported : undefined;
  }

  /** Every module's variables, as things are now. */
  #link(): void {
    for (const { names } of this.#modules) for (const [name, [, set]] of Object.entries(names)) set(this.#find(name) ?? (globalThis as Record<string, unknown>)[name]);
  }

  #refreshViews(): void {
    const views = this.#environment.views();
    for (const { names } of this.#modules) for (const name of Object.keys(views)) if (Object.hasOwn(names, name)) names[name][1](views[name]);
  }

  /** Runs what is to run before a definition's first use, once what it depends on is there. Gives what is missing. */
  #prepare(library: string, definition: Definition): string | undefined {
    if (definition.ready) return undefined;
    definition.ready = true; // dependencies may go round in circles
    const missing = this.#missingOf(library, definition);
    if (missing !== undefined) {
      definition.ready = false;
      return missing;
    }
    const { key, file, value, postset, module } = definition;
    const variable = variableOf(key);
    try {
      if (value instanceof Code) definition.value = value.make();
      if (this.#definitions.get(variable) === definition && value instanceof Code) this.#link();
      const code = typeof postset === 'function' ? (postset as () => unknown)() : postset;
      if (typeof code === 'string' && code !== '') throw new TypeError('it is code in a text that is put together; only plain texts can be converted');
    } catch (error) {
      throw this.#failed(library, file, postset === undefined ? key : `${key}__postset`, error);
    }
    const changed = typeof postset === 'function' ? module.names[variable]?.[0]() : definition.value;
    if (changed !== definition.value && changed !== undefined) {
      definition.value = changed;
      this.#link();
    }
    return undefined;
  }

  #missingOf(library: string, { deps }: Definition): string | undefined {
    for (const dep of deps) {
      const variable = variableOf(dep);
      const other = this.#definitions.get(variable);
      if (other && this.#prepare(library, other) === undefined) continue;
      if (other || (this.#find(variable) === undefined && !(variable in globalThis))) return dep;
    }
    return undefined;
  }

  #register(library: string, names: string[], replace: boolean): string[] {
    const { instance, functions } = this.#context;
    if (replace) {
      const known = new Set(functions.list());
      for (const name of names) if (known.has(`[${library}]${name}`)) functions.unregister(`[${library}]${name}`);
    }
    return registerAll(library, names, this.#context, (key, name) => {
      const address = kFirstAddress + instance.scripts.length;
      const definition = this.#definitions.get(variableOf(name))!;
      const target = (): AnyFunction => {
        const missing = definition.ready ? undefined : this.#prepare(library, definition);
        if (missing !== undefined) throw new ReferenceError(`${key}: ${definition.file}: it depends on '${missing}', which no file that was loaded has ready; supply it: loadLibrary(name, source, { imports: { ${variableOf(missing)} } })`);
        return definition.value as AnyFunction;
      };
      instance.scripts.push(scriptFunction(key, target, definition.isSmall, this.#context));
      instance.withMemory([key], 0, (_, text) => instance.check(() => instance.exports.leanclr_register_function(instance.runtime, text, address)));
    });
  }
}

/** The line that an engine names for a syntax error, with a colon. */
function lineOf(error: SyntaxError, url: string): string {
  const { lineNumber } = error as { lineNumber?: number };
  const stack = (error.stack ?? '').replace(url, '');
  const line = lineNumber ?? /^\S*:(\d+)$/m.exec(stack)?.[1];
  return line === undefined ? '' : `:${line}`;
}
