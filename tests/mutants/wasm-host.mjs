// A host of the wasm module as small as can be: assemblies from one folder, no output, and a way back to the state of a
// moment, so that thousands of broken assemblies can be tried without a new instance for each.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const kBudgetMilliseconds = 5_000;
const kBudgetInstructions = 1_000_000n;
const Status = { Ok: 0, ManagedException: 2 };

export class WasmHost {
  #exports;
  #folder;
  #runtime = 0;
  #moment;

  constructor(module, folder) {
    this.#folder = folder;
    const imports = {};
    for (const { module: from, name } of WebAssembly.Module.imports(module)) {
      imports[from] ??= {};
      imports[from][name] = this.#import(name);
    }
    this.#exports = new WebAssembly.Instance(module, imports).exports;
    this.#exports._initialize?.();
    this.#runtime = this.#exports.leanclr_module_create(0, 0, 0);
    for (const file of ['System.Private.CoreLib.dll', 'System.Runtime.dll', 'Walker.dll']) this.add(file, readFileSync(path.join(folder, file)));
    this.#withText('System.Resources.UseSystemResourceKeys', (key) =>
      this.#withText('true', (value) => this.#exports.leanclr_set_property(this.#runtime, key, value)));
    if (this.#exports.leanclr_start(this.#runtime) !== Status.Ok) throw new Error(this.#text('leanclr_error_message'));
  }

  get #bytes() {
    return new Uint8Array(this.#exports.memory.buffer);
  }

  #import(name) {
    switch (name) {
      case 'resolve_assembly': return (_context, text) => this.#resolve(this.#read(text));
      case 'now': return () => performance.now();
      case 'clock_time_get': return (_clock, _precision, out) => {
        new DataView(this.#exports.memory.buffer).setBigUint64(out, BigInt(Math.round(performance.now() * 1e6)), true);
        return 0;
      };
      case 'proc_exit': return (code) => { throw new Error(`the module ended with exit code ${code}`); };
      case 'call': return () => 1;
      default: return () => 0;
    }
  }

  #resolve(name) {
    const file = path.join(this.#folder, `${name}.dll`);
    return name.includes('/') || !existsSync(file) || this.add(`${name}.dll`, readFileSync(file)) !== Status.Ok ? 0 : 1;
  }

  #read(address) {
    const bytes = this.#bytes;
    return new TextDecoder().decode(bytes.slice(address, bytes.indexOf(0, address)));
  }

  #text(name) {
    return this.#read(this.#exports[name](this.#runtime));
  }

  #withText(text, use) {
    const encoded = new TextEncoder().encode(`${text}\0`);
    const block = this.#exports.leanclr_alloc(this.#runtime, encoded.length);
    this.#bytes.set(encoded, block);
    const result = use(block);
    this.#exports.leanclr_free(this.#runtime, block);
    return result;
  }

  /** leanclr_add_assembly's status. */
  add(file, bytes) {
    const block = this.#exports.leanclr_alloc(this.#runtime, bytes.length + 1);
    this.#bytes.set(bytes, block);
    return this.#withText(file, (name) => this.#exports.leanclr_add_assembly(this.#runtime, name, block, bytes.length));
  }

  /** Runs an assembly under a budget: 'ran', 'threw', 'refused' or 'out of budget'. Throws what leaves the module. */
  run(assembly, argument) {
    const exports = this.#exports;
    exports.leanclr_set_budget(this.#runtime, kBudgetMilliseconds, kBudgetInstructions);
    const status = this.#withText(argument ?? '', (text) => this.#withText(assembly, (name) => {
      const slots = exports.leanclr_alloc(this.#runtime, 16);
      new DataView(exports.memory.buffer).setUint32(slots + 8, text, true);
      const result = exports.leanclr_run_main(this.#runtime, name, argument === undefined ? 0 : 1, slots + 8, slots);
      exports.leanclr_free(this.#runtime, slots);
      return result;
    }));
    if (status === Status.Ok) return 'ran';
    return status === Status.ManagedException ? 'threw' : this.refusal();
  }

  /** A refusal without a kind and a message would be no typed error. */
  refusal() {
    const kind = this.#text('leanclr_error_kind');
    if (kind === '' || this.#text('leanclr_error_message') === '') throw new Error('an error without a kind or message');
    return kind === 'BudgetExceeded' ? 'out of budget' : 'refused';
  }

  /** Keeps the state that rewind() returns to. */
  keep() {
    this.#moment = this.#bytes.slice();
  }

  rewind() {
    this.#bytes.set(this.#moment);
    this.#bytes.fill(0, this.#moment.length);
  }
}
