// P/Invokes into C, with every kind of parameter: what dotnet prints when the library is a shared one, against the same
// assembly with the library linked into the runtime, natively (with sanitizers), under GC stress and in wasm.
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import path from 'node:path';
import { expect } from 'chai';
import { createRuntime } from 'leanclr';
import { at, build } from '../../scripts/lib/paths.mjs';
import { capture } from '../../scripts/lib/run.mjs';
import { compare, expectedOf } from '../support/programs.mjs';

const kTimeout = 300_000;
const program = at('tests/interop/CInterop/bin/Release/net10.0/CInterop.dll');
const library = build('native-debug/libinterop.so');
const neutral = { DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1', TZ: 'UTC' };

/** What C gives by malloc lies where a 64-bit process has no 32-bit number for it: what the sections after these do. */
const kNative = ['scalars', 'text', 'structs', 'arrays', 'refs', 'handles', 'errors', 'marshal', 'callbacks', 'libraries', 'more', 'custom'];

/** dotnet has no such parameters ("Non-blittable generic types cannot be marshaled"); here they are pointers to C. */
const kBeyond = {
  'span': '9 15 -1', 'read-only span': '15', 'memory': '12 -1', 'read-only memory': '3', 'array segment': '9 -1',
  'span written': '1,4,6', 'memory written': '1,4,3', 'span of structs': '26', 'memory of a string': '4',
  'nullable': '0 1', 'nullable struct': '7 -1', 'nullable guid': '307',
};
const kLooksDifferent = 'its elements look different in C', kOnlyAParameter = 'it can be a parameter, but not stand behind a reference',
  kNoWayBack = 'C cannot say how long', kCannotCome = 'a value of this type cannot come from C';
/**
 * What is refused, and what the message has to name. Fields are a TypeLoadException in dotnet, which takes three of these:
 * a matrix behind a reference (comes back as a vector), a StringBuilder there, and a Nullable as a field (as if it were
 * its two fields).
 */
const kRefused = {
  'span of bools': ["parameter #1 'values'", kLooksDifferent], 'span of texts': ["parameter #1 'values'", kLooksDifferent],
  'memory of texts': ["parameter #1 'values'", kLooksDifferent], 'nullable bool': ["parameter #1 'value'", kLooksDifferent],
  'ref span': ['System.Span`1[System.Int32]&', kOnlyAParameter], 'out memory': ['System.Memory`1[System.Int32]&', kOnlyAParameter],
  'ref array segment': ["parameter #1 'values'", kOnlyAParameter], 'out nullable': ["parameter #1 'value'", kOnlyAParameter],
  'ref jagged array': ['System.Int32[][]&', kNoWayBack], 'ref matrix': ['System.Int32[,]&', kNoWayBack],
  'ref builder': ["parameter #1 'text'", 'a StringBuilder cannot stand in native memory'], 'array of memories': ["parameter #1 'values'", kOnlyAParameter],
  'nullable returned': ['the return value', kCannotCome], 'span returned': ['the return value', kCannotCome], 'jagged array returned': ['the return value', kNoWayBack],
  'field of object': ["field 'Value' of Beyond+WithObject", 'objects without a layout'], 'field of list': ["field 'Value' of Beyond+WithList", 'neither sequential nor explicit layout'],
  'field of builder': ["field 'Value' of Beyond+WithBuilder", 'StringBuilder'], 'field of array': ["field 'Value' of Beyond+WithArray", 'ByValArray'],
  'field of matrix': ["field 'Value' of Beyond+WithMatrix", 'does not go with its MarshalAs'], 'field of variant bool': ["field 'Value' of Beyond+WithVariantBool", 'does not go with its MarshalAs'],
  'field of nullable': ["field 'Value' of Beyond+WithNullable", kOnlyAParameter], 'field of memory': ["field 'Value' of Beyond+WithMemory", kOnlyAParameter],
};
/**
 * dotnet: "There is no marshaling support for nested arrays", nor for arrays of delegates and classes, nor for those that C
 * returns. Here C gets an array of pointers to the rows, objects or functions.
 */
const kPointers = {
  'jagged array': '6', 'jagged array out': '2,4 True 6,8', 'jagged array in': '2,4', 'jagged array of texts': '7',
  'texts returned': 'a text,b text,c text', 'delegates': '50', 'classes': '1',
};

function isBeyond(section, { code, stdout }, wanted, refused = {}) {
  expect(code, stdout).to.equal(0);
  const cases = casesOf(stdout);
  expect(Array.from(cases.keys())).to.deep.equal([...Object.keys(wanted), ...Object.keys(refused)].map((name) => `${section}: ${name}`));
  for (const [name, value] of Object.entries(wanted)) expect(cases.get(`${section}: ${name}`), name).to.equal(value);
  for (const [name, parts] of Object.entries(refused)) {
    for (const part of [...parts, ' MarshalDirectiveException']) expect(cases.get(`${section}: ${name}`), name).to.include(part);
  }
}

function expected(sections) {
  copyFileSync(library, path.join(path.dirname(program), path.basename(library)));
  const version = createHash('sha256').update(readFileSync(library)).digest('hex');
  return expectedOf(program, sections, version);
}

/** Sections that are not compared with dotnet. */
const kBesides = ['beyond', 'behind pointers'];

const kBegin = '<!-- matrix: written by tests/interop -->', kEnd = '<!-- end of the matrix -->';

/** "section: case" → what the program printed for it. */
function casesOf(stdout) {
  let section = '';
  const cases = new Map();
  for (const line of stdout.split('\n')) {
    const [, name, value] = /^ {2}(\S.*?) = (.*)$/.exec(line) ?? [];
    if (name !== undefined) cases.set(`${section}: ${name}`, value);
    else if (/^\S/.test(line)) section = line;
  }
  return cases;
}

const stateOf = (value) => /([A-Za-z]+Exception)$/.exec(value)?.[1] ?? 'works';

const run = (command, args) => capture(command, args, { env: neutral, timeout: kTimeout });

describe('P/Invoke into C', function () {
  this.timeout(kTimeout);

  it('natively', async () => {
    compare(await run(build('native-debug/leanclr_interop_run'), [build('classlib'), program, ...kNative]), await expected(kNative));
  });

  it('natively --gc-stress', async () => {
    compare(await run(build('native-debug/leanclr_interop_run'), ['--gc-stress', build('classlib'), program, ...kNative]), await expected(kNative));
  });

  for (const stress of [[], ['--gc-stress']]) {
    it(`exceptions of callbacks arrive behind C ${stress}`, async () => {
      const { stdout } = await run(build('native-debug/leanclr_interop_run'), [...stress, build('classlib'), program, 'throws']);
      expect(stdout.split('\n').map((line) => line.trim())).to.deep.equal(['throws', 'throws = System.FormatException', 'caught = no',
        'kept throws = System.InvalidOperationException', 'after it = 2', 'dead = System.InvalidOperationException', '']);
    });
  }

  for (const stress of [[], ['--gc-stress']]) {
    it(`what dotnet has not, natively ${stress}`, async () => {
      isBeyond('beyond', await run(build('native-debug/leanclr_interop_run'), [...stress, build('classlib'), program, 'beyond']), kBeyond, kRefused);
    });
  }

  const inWasm = (...sections) => run(process.execPath, [at('js/dist/cli.js'), 'run', '--wasm', build('wasm-release/interop-tests.wasm'), program, ...sections]);

  it('in wasm', async () => {
    compare(await inWasm(), await expected([]));
  });

  it('in wasm, traced, under GC stress', async () => {
    let calls = 0, stdout = '';
    const clr = await createRuntime({
      assemblies: [path.dirname(program), build('classlib')], wasm: build('wasm-release/interop-tests.wasm'), gcStress: true,
      trace: () => { calls++; }, stdout: (text) => { stdout += text; },
    });
    compare({ code: await clr.runMain('CInterop'), stdout, stderr: '' }, await expected([]));
    expect(calls).to.be.above(10_000);
    clr.dispose();
  });

  it('what dotnet has not, in wasm', async () => {
    isBeyond('beyond', await inWasm('beyond'), kBeyond, kRefused);
    isBeyond('behind pointers', await inWasm('behind pointers'), kPointers);
  });

  it('docs/interop.md has what comes out (LEANCLR_UPDATE=1 writes it)', async () => {
    const runs = [[], kBesides].map(async (sections) => [await expected(sections), await inWasm(...sections)]);
    const [theirs, ours] = (await Promise.all(runs)).reduce((all, pair) => all.map((lines, i) => lines + pair[i].stdout), ['', '']).map(casesOf);
    const native = casesOf((await run(build('native-debug/leanclr_interop_run'), [build('classlib'), program, ...kNative, 'beyond'])).stdout);
    const rows = [...ours].map(([name, value]) => `| ${name} | ${stateOf(theirs.get(name))} | ${stateOf(value)} | ${native.has(name) ? stateOf(native.get(name)) : 'not there'} |`);
    const matrix = [kBegin, '| section: case | `dotnet` | wasm | natively |', '| --- | --- | --- | --- |', ...rows, kEnd].join('\n');
    const file = at('docs/interop.md');
    const text = readFileSync(file, 'utf8');
    const updated = text.slice(0, text.indexOf(kBegin)) + matrix + text.slice(text.indexOf(kEnd) + kEnd.length);
    if (process.env.LEANCLR_UPDATE) writeFileSync(file, updated);
    else expect(text).to.equal(updated);
  });
});
