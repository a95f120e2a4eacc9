// Runtimes for the tests of [JSImport] and [JSExport]: InteropTests with its JavaScript side, the module 'types'.
import { withHost } from './host.mjs';
import { interopTests } from './paths.mjs';

/** The functions; `passed` collects what echo() got, `given` is what give() gives, `kept` the last view. */
export function makeTypes() {
  const types = {
    passed: [],
    given: undefined,
    kept: undefined,
    echo(value) {
      types.passed.push(value);
      return value;
    },
    five: (...values) => values.map((value) => (typeof value === 'bigint' ? `${value}n` : JSON.stringify(value))).join(),
    later: (value, milliseconds) => new Promise((resolve) => { setTimeout(() => resolve(value), milliseconds); }),
    call: (fn, ...values) => fn(...values),
    /** Doubles what the view has. */
    fill(view) {
      types.kept = view;
      types.passed.push([view.length, view.byteLength, view.slice(), view.slice(1, 3)]);
      const copy = new (view.slice().constructor)(view.length);
      view.copyTo(copy);
      view.set(copy.map((value) => value * 2));
    },
    keep(view) {
      types.kept = view;
      view.set(new Uint8Array([100]), 1);
    },
    fail(message) {
      const thrown = { type: new TypeError(message), text: 'just text', number: 5, nothing: null };
      throw message in thrown ? thrown[message] : new Error(message);
    },
    give: () => types.given,
  };
  return types;
}

/** Runs `use` with what InteropTests exports, the module 'types' and the runtime. */
export function withInterop(use, options = {}) {
  return withHost({ assemblies: [interopTests.output], ...options }, async (clr) => {
    const types = makeTypes();
    clr.setModuleImports('types', types);
    return use(await clr.getAssemblyExports('InteropTests'), types, clr);
  });
}
