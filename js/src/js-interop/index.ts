// JavaScript interop as .NET's own source generator knows it: what answers the internal calls of
// System.Runtime.InteropServices.JavaScript. A bundle of its own, loaded with that assembly. Its types come from the C#
// declarations ([JSImport], [JSExport]); DllImports and clr.call are host-functions.ts's and methods.ts's.

import { readCString } from '../text.js';
import type { Context, Host } from './context.js';
import { Exports, type ExportTree } from './exports.js';
import { Imports } from './imports.js';
import { internalFunctions } from './internal.js';
import { ManagedCalls } from './managed-calls.js';
import { cancelPromise, settlePromise } from './promises.js';
import { kInteropAssembly } from './protocol.js';
import { Proxies } from './proxies.js';
import { guarded, type Callee } from './to-managed.js';

export interface JSInterop {
  /** What an assembly exports, by namespace, class and name. */
  exportsOf(assembly: string): ExportTree;
}

/** Makes a runtime answer the assembly's calls. */
export function startInterop(host: Host): JSInterop {
  const managed = new ManagedCalls(host);
  const proxies: Proxies = new Proxies((gcHandle) => managed.release(context, gcHandle));
  const context: Context = { ...host, managed, proxies };
  const exports = new Exports(context);
  const imports = new Imports(context, internalFunctions(context, exports));
  for (const [name, fn] of Object.entries(internalCalls(context, imports, exports))) {
    host.functions.register(`[${kInteropAssembly}]Interop+Runtime::${name}`, fn);
  }
  return { exportsOf: (assembly) => exports.of(assembly) };
}

/** The internal calls of the class Interop.Runtime. */
function internalCalls(context: Context, imports: Imports, exports: Exports): Record<string, (...values: any[]) => unknown> {
  const { instance, instance: { memory }, methods, proxies } = context;
  const text = (address: number) => readCString(memory, address);
  return {
    BindJSImportST: imports.bind,
    InvokeJSImportST: imports.invoke,
    InvokeJSFunction: (jsHandle: number, block: number) => (proxies.object(jsHandle) as Callee)(block),
    ReleaseCSOwnedObject: (jsHandle: number) => proxies.releaseObject(jsHandle),
    ResolveOrRejectPromise: guarded(context, (block) => settlePromise(context, block)),
    CancelPromise: (gcHandle: number) => cancelPromise(context, gcHandle),
    RegisterGCRoot: (start: number, bytes: number) => {
      instance.enter(() => instance.exports.leanclr_add_roots(instance.runtime, start, bytes));
      return start | 0;
    },
    DeregisterGCRoot: (start: number) => instance.enter(() => instance.exports.leanclr_remove_roots(instance.runtime, start)),
    BindAssemblyExports: (assembly: number) => {
      exports.register(text(assembly));
      instance.free(assembly);
    },
    GetAssemblyExport: (assembly: number, nameSpace: number, className: number, method: number, hash: number, out: number) => {
      const type = [text(nameSpace), text(className)].filter(Boolean).join('.');
      const found = methods.addressOf(`[${text(assembly)}]${type}::__Wrapper_${text(method)}_${hash}`);
      memory.live().u32[out >>> 2] = found;
      for (const address of [assembly, nameSpace, className, method]) instance.free(address);
    },
    AssemblyGetEntryPoint: () => { throw new Error('This host runs Main itself: clr.runMain.'); },
  };
}
