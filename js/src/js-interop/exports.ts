// [JSExport]: C# methods that JavaScript calls. An assembly's generated registration hands each of its methods over once
// (BindCSFunction); they then stand under their namespaces and classes.

import type { Context } from './context.js';
import { ExpectedTask } from './promises.js';
import { argumentAt, kFirst, Kind, plain, readSignature } from './protocol.js';
import { readerOf } from './to-js.js';
import { writerOf } from './to-managed.js';

type AnyFunction = (...values: unknown[]) => unknown;
/** Namespaces, classes and functions by name. */
export interface ExportTree {
  [name: string]: any;
}

/** What the source generator calls the method that hands the exports over. */
const kRegistration = 'System.Runtime.InteropServices.JavaScript.__GeneratedInitializer::__Register_';

export class Exports {
  readonly #context: Context;
  /** By simple name. */
  readonly #assemblies = new Map<string, ExportTree>();

  constructor(context: Context) {
    this.#context = context;
  }

  /** Everything that an assembly exports; {} when it exports nothing. */
  of(assembly: string): ExportTree {
    const name = simpleName(assembly);
    const known = this.#assemblies.get(name);
    if (known) return known;
    const tree: ExportTree = {};
    this.#assemblies.set(name, tree);
    try {
      this.register(name);
    } catch (error) {
      this.#assemblies.delete(name);
      throw error;
    }
    return tree;
  }

  /** Interop/Runtime::BindAssemblyExports: has an assembly hand its exports over. */
  register(assembly: string): void {
    const { instance, managed, methods } = this.#context;
    let method: number;
    try {
      method = methods.addressOf(`[${simpleName(assembly)}]${kRegistration}`);
    } catch (error) {
      if ((error as { kind?: string }).kind === 'MissingMethod') return; // no [JSExport] in it
      throw error;
    }
    const block = managed.begin(0);
    try {
      instance.call(method, block, block);
    } finally {
      managed.end(block);
    }
  }

  /** INTERNAL.mono_wasm_bind_cs_function: one method with its signature. */
  bind = (method: number, assembly: string, nameSpace: string, className: string, name: string, hash: number, signature: number): void => {
    const place = `[${assembly}]${nameSpace ? `${nameSpace}.` : ''}${className}:${name}`;
    const made = this.#function(place, method, signature);
    const root = this.#assemblies.get(simpleName(assembly)) ?? {};
    this.#assemblies.set(simpleName(assembly), root);
    let scope = root;
    for (const part of `${nameSpace}.${className}`.split(/[./+]/)) {
      if (part !== '') scope = scope[part] ??= {};
    }
    scope[name] ??= made;
    scope[`${name}.${hash}`] = made; // overloads are told apart by this
  };

  #function(place: string, method: number, address: number): AnyFunction {
    const context = this.#context;
    const { managed } = context;
    const { result, parameters } = readSignature(context.instance.memory, address);
    const writers = parameters.map((type, index) => writerOf(context, type, () => `${place}: argument ${index + 1}`));
    const isTask = result.kind === Kind.Task;
    const read = isTask ? readerOf(context, plain(result.result)) : readerOf(context, result);
    return (...values) => {
      const block = managed.begin(writers.length);
      let expected: ExpectedTask | undefined;
      try {
        for (let i = 0; i < writers.length; i++) writers[i]?.(argumentAt(block, kFirst + i), values[i]);
        if (isTask) expected = new ExpectedTask(context, argumentAt(block, 1), read);
        managed.call(context, method, block);
        const task = expected;
        expected = undefined;
        return task ? task.finish() : read?.(argumentAt(block, 1));
      } finally {
        expected?.drop();
        managed.end(block);
      }
    };
  }
}

function simpleName(assembly: string): string {
  return assembly.replace(/\.dll$/i, '');
}
