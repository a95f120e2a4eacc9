// Parts of the host that need no runtime: output, versions of files, views of memory, properties, EM_JS.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import fc from 'fast-check';
import { defaultProperties, pack } from 'leanclr';
import { Memory } from '../../js/dist/memory.js';
import { outputByLine, outputTo } from '../../js/dist/output.js';
import { productVersion } from '../../js/dist/pack.js';
import { mergeProperties } from '../../js/dist/properties.js';
import { kSlotBytes, SlotStack } from '../../js/dist/slots.js';
import { readString, writeChars } from '../../js/dist/text.js';
import { root } from './support/paths.mjs';
import { classLibrary } from './support/host.mjs';

describe('output', () => {
  it('hands over whole characters, however the bytes are cut', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 5 }), (text, step) => {
      let seen = '';
      const output = outputTo((chunk) => { seen += chunk; });
      const bytes = new TextEncoder().encode(text);
      for (let at = 0; at < bytes.length; at += step) output.write(bytes.subarray(at, at + step));
      output.flush();
      expect(seen).to.equal(text);
    }));
  });

  it('gives an object copies of the bytes', () => {
    const written = [];
    const bytes = Uint8Array.of(1, 2, 3);
    outputTo({ write: (chunk) => written.push(chunk) }).write(bytes);
    bytes.fill(0);
    expect(written).to.deep.equal([Uint8Array.of(1, 2, 3)]);
  });

  it('by line holds back what is not a line yet, until it is flushed', () => {
    const lines = [];
    const output = outputByLine((line) => lines.push(line));
    for (const piece of ['a', 'b\nc', '\n\nd']) output.write(new TextEncoder().encode(piece));
    expect(lines).to.deep.equal(['ab', 'c', '']);
    output.flush();
    output.flush();
    expect(lines).to.deep.equal(['ab', 'c', '', 'd']);
  });
});

describe('memory', () => {
  it('its views survive growth', () => {
    const wasmMemory = new WebAssembly.Memory({ initial: 1, maximum: 3 });
    const memory = new Memory(wasmMemory);
    memory.i32[1] = 42;
    const stale = memory.i32;
    wasmMemory.grow(1);
    expect(stale.length).to.equal(0);
    expect(memory.live().i32[1]).to.equal(42);
    expect(memory.live().u8.length).to.equal(2 << 16);
  });

  it('String objects keep every UTF-16 unit', () => {
    const memory = new Memory(new WebAssembly.Memory({ initial: 4 }));
    fc.assert(fc.property(fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 20_000, size: 'max' }), (units) => {
      const text = units.map((unit) => String.fromCharCode(unit)).join('');
      memory.i32[(64 + 8) >>> 2] = text.length;
      writeChars(memory, 64 + 12, text);
      expect(readString(memory, 64)).to.equal(text);
    }), { numRuns: 30 });
    expect(readString(memory, 0)).to.equal(null);
  });
});

describe('slots', () => {
  it('nested calls get disjoint slots, however deep, which keep alive what lies in them, and give them back', () => {
    const blocks = [];
    const memory = new Memory(new WebAssembly.Memory({ initial: 100 }));
    let roots = 0;
    const instance = {
      memory,
      exports: { leanclr_set_host_roots: (_runtime, block) => { roots = block; } },
      alloc: (size) => {
        blocks.push({ start: 64 + blocks.length * 100_000, size });
        return blocks.at(-1).start;
      },
    };
    /** Whether the collector would see a range, by the blocks' chain. */
    const isSeen = (address, bytes) => {
      for (let block = roots; block !== 0; block = memory.u32[block >>> 2]) {
        if (address >= block + 8 && address + bytes <= memory.u32[(block + 4) >>> 2]) return true;
      }
      return false;
    };
    fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 700 }), { maxLength: 60 }), (sizes) => {
      blocks.length = 0;
      roots = 0;
      const slots = new SlotStack(instance);
      const firsts = [];
      for (let round = 0; round < 2; round++) {
        const held = sizes.map((count) => ({ address: slots.push(count * kSlotBytes), bytes: count * kSlotBytes }));
        firsts.push(held.map(({ address }) => address));
        const sorted = held.toSorted((a, b) => a.address - b.address);
        sorted.forEach(({ address, bytes }, index) => {
          expect(blocks.some(({ start, size }) => address >= start && address + bytes <= start + size)).to.equal(true);
          expect(isSeen(address, bytes)).to.equal(true);
          if (index > 0) expect(address).to.be.at.least(sorted[index - 1].address + sorted[index - 1].bytes);
        });
        held.toReversed().forEach(({ address }) => {
          slots.pop(address);
          expect(isSeen(address, kSlotBytes)).to.equal(false);
        });
      }
      expect(firsts[1]).to.deep.equal(firsts[0]);
    }));
  });
});

describe('pack', () => {
  it('the version of a file is in its version resource', () => {
    expect(productVersion(readFileSync(path.join(classLibrary()[0], 'System.Private.CoreLib.dll')))).to.equal(pack.version);
    expect(productVersion(new Uint8Array(10))).to.equal(undefined);
  });

  it('a damaged header has no version, and does not fail', () => {
    const whole = readFileSync(path.join(classLibrary()[1], 'System.Runtime.dll')).subarray(0, 2048);
    fc.assert(fc.property(fc.integer({ min: 0, max: 600 }), fc.integer({ min: 0, max: 255 }), (at, byte) => {
      const bytes = Uint8Array.from(whole);
      bytes[at] = byte;
      expect(['undefined', 'string']).to.include(typeof productVersion(bytes));
    }));
  });

  it('is the version that every project of this repository restores', () => {
    const { stdout } = spawnSync('git', ['grep', '-il', pack.id, '--', '*.csproj', '*.props', '*.mjs', '*.json', '*.targets'], { cwd: root, encoding: 'utf8' });
    for (const file of stdout.split('\n').filter((name) => name !== '')) {
      const versions = readFileSync(path.join(root, file), 'utf8').match(/\b10\.0\.\d+\b/g) ?? [];
      for (const version of versions) expect(version, file).to.equal(pack.version);
    }
  });
});

describe('properties', () => {
  it('are texts, the later source wins', () => {
    const config = { runtimeOptions: { configProperties: { A: true, B: 1 } } };
    const merged = new Map(mergeProperties(config, { B: 'two' }));
    expect(merged.get('A')).to.equal('true');
    expect(merged.get('B')).to.equal('two');
    expect(merged.size).to.equal(Object.keys(defaultProperties).length + 2);
    expect(mergeProperties(undefined, undefined)).to.have.length(Object.keys(defaultProperties).length);
  });
});

describe('em-js.mjs', () => {
  let folder;
  beforeEach(() => { folder = mkdtempSync(path.join(tmpdir(), 'leanclr-em-js-')); });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A module that carries these EM_JS texts as Emscripten leaves them: globals with addresses into its data. */
  function moduleWith(texts) {
    const entries = Object.entries(texts);
    let address = 16;
    const addresses = entries.map(([, text]) => {
      const start = address;
      address += Buffer.byteLength(text) + 1;
      return start;
    });
    const data = Buffer.concat(entries.map(([, text]) => Buffer.from(`${text}\0`)));
    const section = (id, ...parts) => {
      const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
      return Buffer.concat([Buffer.from([id, ...leb(body.length)]), body]);
    };
    const name = (text) => Buffer.from([...leb(Buffer.byteLength(text)), ...Buffer.from(text)]);
    return Buffer.concat([
      Buffer.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]),
      section(5, [1, 0, 1]),
      section(6, leb(entries.length), ...addresses.map((start) => [0x7f, 0, 0x41, ...sleb(start), 0x0b])),
      section(7, leb(entries.length + 1), name('memory'), [2, 0],
        ...entries.flatMap(([key], index) => [name(`__em_js__${key}`), [3, ...leb(index)]])),
      section(11, [1, 0, 0x41, 16, 0x0b], leb(data.length), data),
    ]);
  }

  const lift = (texts) => {
    const file = path.join(folder, 'm.wasm');
    writeFileSync(file, moduleWith(texts));
    const result = spawnSync(process.execPath, [path.join(root, 'scripts/em-js.mjs'), file], { encoding: 'utf8' });
    return { ...result, output: path.join(folder, 'm.imports.mjs') };
  };

  it('turns EM_JS functions into a module', async () => {
    const { output, stderr } = lift({
      mul: '(int32_t a, int32_t b)<::>{ return Math.imul(a, b); }',
      read: '(const char* text)<::>{ return UTF8ToString(text) + HEAP32[0]; }',
      none: '(void)<::>{ return 7; }',
    });
    expect(stderr).to.equal('');
    const { env } = (await import(pathToFileURL(output))).default({ HEAP32: [5], UTF8ToString: (address) => `text at ${address} ` });
    expect([env.mul(6, 7), env.read(3), env.none()]).to.deep.equal([42, 'text at 3 5', 7]);
  });

  it('writes no module where there are none', () => {
    const { output, status } = lift({});
    expect(status).to.equal(0);
    expect(existsSync(output)).to.equal(false);
  });
});

function leb(value) {
  const bytes = [];
  do {
    bytes.push((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
    value >>>= 7;
  } while (value > 0);
  return bytes;
}

/** Signed LEB128 of a non-negative number. */
function sleb(value) {
  const bytes = [];
  for (; value > 0x3f; value >>>= 7) bytes.push((value & 0x7f) | 0x80);
  return [...bytes, value];
}
