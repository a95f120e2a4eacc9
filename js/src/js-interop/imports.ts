// [JSImport]: JavaScript functions that C# calls. A function is looked up and its signature composed once, when C# first
// calls the method (BindJSImport); later calls name it by a number.

import type { Context } from './context.js';
import type { MemoryView } from './memory-view.js';
import { argumentAt, kFirst, Kind, readSignature, type Signature } from './protocol.js';
import { readerOf, type Read } from './to-js.js';
import { guarded, writerOf, type Callee } from './to-managed.js';

type AnyFunction = (...values: unknown[]) => unknown;

export class Imports {
  readonly #context: Context;
  readonly #internal: object;
  /** By import handle. */
  readonly #callees: Callee[] = [];

  /** `internal`: what the class library imports as INTERNAL. */
  constructor(context: Context, internal: object) {
    this.#context = context;
    this.#internal = internal;
  }

  /** Interop/Runtime::BindJSImportST: 0, or the address of a message, zero-terminated UTF-16, that C# frees. */
  bind = (address: number): number => {
    const { instance } = this.#context;
    try {
      const signature = readSignature(instance.memory, address);
      this.#callees[signature.importHandle] = guarded(this.#context, this.#callee(signature));
      return 0;
    } catch (error) {
      return this.#message((error as Error).message) | 0;
    }
  };

  /** Interop/Runtime::InvokeJSImportST */
  invoke = (importHandle: number, block: number): void => this.#callees[importHandle](block);

  #message(text: string): number {
    const { instance, instance: { memory } } = this.#context;
    const address = instance.alloc((text.length + 1) * 2);
    const { u16 } = memory.live();
    for (let i = 0; i < text.length; i++) u16[(address >>> 1) + i] = text.charCodeAt(i);
    u16[(address >>> 1) + text.length] = 0;
    return address;
  }

  #callee(signature: Signature): Callee {
    const context = this.#context;
    const name = nameOf(signature);
    const call = this.#find(signature);
    const readers = signature.parameters.map((type) => readerOf(context, type) ?? (() => undefined));
    const write = writerOf(context, signature.result, () => `${name}: return value`) ?? (() => {});
    const spans = signature.parameters.flatMap(({ kind }, index) => (kind === Kind.Span ? index : []));
    if (spans.length > 0) return spanCallee(call, readers, write, spans);
    const [first, second] = readers;
    switch (readers.length) {
      case 0:
        return (block) => write(argumentAt(block, 1), call());
      case 1:
        return (block) => write(argumentAt(block, 1), call(first(argumentAt(block, kFirst))));
      case 2:
        return (block) => write(argumentAt(block, 1), call(first(argumentAt(block, kFirst)), second(argumentAt(block, kFirst + 1))));
      default:
        return (block) => write(argumentAt(block, 1), call(...readAll(readers, block)));
    }
  }

  /** The function behind "a.b.c" in its module, bound to what it stands in. */
  #find(signature: Signature): AnyFunction {
    const { functionName, moduleName } = signature;
    const parts = functionName.split('.');
    const last = parts.pop()!;
    let scope = this.#scope(signature, parts) as Record<string, any>;
    for (const part of parts) {
      scope = scope[part];
      if (scope === undefined || scope === null) throw new Error(`${nameOf(signature)}: there is no '${part}'${inModule(moduleName)}.`);
    }
    const found = scope[last];
    if (typeof found !== 'function') throw new Error(`${nameOf(signature)}: '${functionName}'${inModule(moduleName)} must be a function, but is ${found === null ? 'null' : typeof found}.`);
    return found.bind(scope);
  }

  /** Where the name begins; takes a part that says so. */
  #scope({ functionName, moduleName }: Signature, parts: string[]): object {
    if (moduleName) {
      const found = this.#context.modules.get(moduleName);
      if (!found) throw new Error(`[JSImport("${functionName}", "${moduleName}")]: the module '${moduleName}' is not there: call setModuleImports('${moduleName}', …) or await JSHost.ImportAsync("${moduleName}", …) first.`);
      return found;
    }
    const [root] = parts;
    if (root !== 'INTERNAL' && root !== 'globalThis') throw new Error(`[JSImport("${functionName}")]: without a module the name begins with globalThis.`);
    parts.shift();
    return root === 'INTERNAL' ? this.#internal : globalThis;
  }
}

const nameOf = ({ functionName, moduleName }: Signature) => `[JSImport("${functionName}"${moduleName && `, "${moduleName}"`})]`;
const inModule = (moduleName: string) => (moduleName ? ` in the module '${moduleName}'` : '');

function readAll(readers: readonly Read[], block: number): unknown[] {
  return readers.map((read, index) => read(argumentAt(block, kFirst + index)));
}

/** Spans end with their call; `spans` are their positions. */
function spanCallee(call: AnyFunction, readers: readonly Read[], write: (argument: number, value: unknown) => void, spans: readonly number[]): Callee {
  return (block) => {
    const values = readAll(readers, block);
    try {
      write(argumentAt(block, 1), call(...values));
    } finally {
      for (const index of spans) (values[index] as MemoryView).dispose();
    }
  };
}
