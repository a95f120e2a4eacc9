// INTERNAL: the functions that the class library itself imports ([JSImport("INTERNAL.…")]), by the names it uses.

import type { Context } from './context.js';
import type { Exports } from './exports.js';
import { httpFunctions } from './http.js';
import { webSocketFunctions } from './web-socket.js';

type Properties = Record<string, unknown>;

export function internalFunctions(context: Context, exports: Exports): object {
  return {
    has_property: (object: Properties, name: string) => name in object,
    get_typeof_property: (object: Properties, name: string) => typeof object[name],
    get_property: (object: Properties, name: string) => object[name],
    set_property: (object: Properties, name: string, value: unknown) => { object[name] = value; },
    get_global_this: () => globalThis,
    get_dotnet_instance: () => context.api,
    dynamic_import: (name: string, url: string) => importModule(context.modules, name, url),
    mono_wasm_bind_cs_function: exports.bind,
    ...httpFunctions(context.instance.memory),
    ...webSocketFunctions(context.instance.memory),
  };
}

/** JSHost.ImportAsync: the same module for the same name, wherever it is asked for from. */
async function importModule(modules: Map<string, object>, name: string, url: string): Promise<object> {
  const known = modules.get(name);
  if (known) return known;
  const module = await import(/* @vite-ignore */ /* webpackIgnore: true */ addressOf(url)) as object;
  // setModuleImports or another import of that name may have come first.
  const imported = modules.get(name) ?? module;
  modules.set(name, imported);
  return imported;
}

/** Relative to the page, the worker or Node's working directory; a package's name stays. */
function addressOf(url: string): string {
  if (!/^\.{0,2}\//.test(url)) return url;
  const { document, location, process } = globalThis as { document?: Document; location?: Location; process?: NodeJS.Process };
  return new URL(url, document?.baseURI ?? location?.href ?? `file://${process!.cwd()}/`).href;
}
