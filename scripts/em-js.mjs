// node scripts/em-js.mjs MODULE.wasm: writes MODULE.imports.mjs with the module's EM_JS functions.
// Emscripten leaves their source in the data segment, at the address in the export __em_js__NAME, as
// "(int a, int b)<::>{ return a * b; }". Turned into a file when the module is built, they need no eval in the page.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const kPrefix = '__em_js__';
/** Emscripten's names of the memory that a body may use; the host gives them (ImportHost in js/src/options.ts). */
const kHostNames = ['HEAP8', 'HEAPU8', 'HEAP16', 'HEAPU16', 'HEAP32', 'HEAPU32', 'HEAPF32', 'HEAPF64', 'UTF8ToString'];

/** The texts behind the module's __em_js__ exports, by function name. */
async function emJsTexts(bytes) {
  const module = await WebAssembly.compile(bytes);
  const names = WebAssembly.Module.exports(module).map(({ name }) => name).filter((name) => name.startsWith(kPrefix));
  if (names.length === 0) return new Map();
  // Instantiated only for its memory: nothing is called, so the imports may be empty functions.
  const imports = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) (imports[from] ??= {})[name] = () => 0;
  const { exports } = await WebAssembly.instantiate(module, imports);
  const memory = new Uint8Array(exports.memory.buffer);
  return new Map(names.map((name) => {
    const address = exports[name].value;
    return [name.slice(kPrefix.length), new TextDecoder().decode(memory.subarray(address, memory.indexOf(0, address)))];
  }));
}

/** "(int32_t a, const char* b)" → ["a", "b"]. */
function parameterNames(list) {
  const inner = list.trim().replace(/^\(|\)$/g, '').trim();
  if (inner === '' || inner === 'void') return [];
  return inner.split(',').map((parameter) => {
    const name = /([A-Za-z_$][\w$]*)\s*$/.exec(parameter)?.[1];
    if (!name) throw new Error(`no parameter name in "${parameter}"`);
    return name;
  });
}

function methodSource(name, text) {
  const [parameters, body] = text.split('<::>');
  if (body === undefined) throw new Error(`${name}: not the text of an EM_JS function: ${text}`);
  const used = kHostNames.filter((host) => new RegExp(`\\b${host}\\b`).test(body));
  const prologue = used.length > 0 ? `const { ${used.join(', ')} } = host;\n    ` : '';
  return `  ${name}(${parameterNames(parameters).join(', ')}) {\n    ${prologue}${body.trim().replace(/^\{|\}$/g, '').trim()}\n  },`;
}

const file = process.argv[2];
const output = file.replace(/\.wasm$/, '.imports.mjs');
const texts = await emJsTexts(readFileSync(file));
if (texts.size === 0) {
  rmSync(output, { force: true });
} else {
  const methods = Array.from(texts, ([name, text]) => methodSource(name, text));
  writeFileSync(output, [
    `// The EM_JS functions of ${path.basename(file)}, written by the build: createRuntime takes this module as \`imports\`.`,
    'export default (host) => ({ env: {', ...methods, '} });', '',
  ].join('\n'));
  console.log(`${path.basename(output)}: ${[...texts.keys()].join(', ')}`);
}
