// Files that are not what they should be: a typed error that names file and reason, and a runtime that goes on.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { AssemblyNotFoundError, BadImageError, FetchError, LeanClrError, ModuleError, WrongPackError, createRuntime, pack } from 'leanclr';
import { classLibrary, compiledModule, createHost, failureOf, withHost } from './support/host.mjs';
import { hostTests, wasm } from './support/paths.mjs';

const app = readFileSync(hostTests.assembly);
const coreLib = () => readFileSync(path.join(classLibrary()[0], 'System.Private.CoreLib.dll'));

describe('bad input', () => {
  describe('an assembly', () => {
    let clr;
    afterEach(() => {
      expect(clr.call('HostTests.Methods::Add', 20, 22)).to.equal(42);
      clr.dispose();
    });

    const loading = async (bytes) => {
      clr = await createHost({ assemblies: [{ name: 'Broken.dll', bytes }, hostTests.output] });
      return failureOf(() => clr.load('Broken'));
    };

    it('that is no PE file', async () => {
      const error = await loading(new TextEncoder().encode('This is a text, whatever its name says.'));
      expect(error).to.be.instanceOf(BadImageError).with.property('message').that.includes('Broken.dll');
    });

    it('that is empty', async () => {
      expect(await loading(new Uint8Array())).to.be.instanceOf(BadImageError).with.property('message').that.includes('Broken.dll');
    });

    it('that is a PE file without CLI header', async () => {
      const bytes = Uint8Array.from(app);
      const view = new DataView(bytes.buffer);
      const optionalHeader = view.getUint32(0x3c, true) + 24;
      const directories = optionalHeader + (view.getUint16(optionalHeader, true) === 0x20b ? 112 : 96);
      view.setBigUint64(directories + 14 * 8, 0n, true);
      const error = await loading(bytes);
      expect(error).to.be.instanceOf(BadImageError).with.property('message').that.includes('Broken.dll').and.matches(/CLI/i);
    });

    it('that is cut off, at any length', async () => {
      clr = await createHost();
      await clr.load('HostTests');
      const cuts = Array.from({ length: 60 }, (_, step) => Math.floor((app.length * step) / 60));
      for (const length of cuts) {
        await withHost({ assemblies: [{ name: 'Cut.dll', bytes: app.subarray(0, length) }] }, async (fresh) => {
          const error = await fresh.load('Cut').then(() => undefined, (reason) => reason);
          if (error) expect(error, `cut at ${length}`).to.be.instanceOf(LeanClrError).with.property('message').that.includes('Cut.dll');
        });
      }
    });
  });

  it('an assembly that nobody has is named', () => withHost({}, async (clr) => {
    const error = await failureOf(() => clr.load('NoSuchAssembly'));
    expect(error).to.be.instanceOf(AssemblyNotFoundError).with.property('message').that.includes('NoSuchAssembly.dll');
  }));

  it('a missing reference says who wanted what, when it is used', () =>
    withHost({ assemblies: [hostTests.assembly] }, async (clr) => {
      await clr.load('HostTests');
      expect(clr.call('HostTests.Methods::Add', 1, 2)).to.equal(3);
      const text = clr.call('HostTests.Methods::Describe', 'dependency');
      expect(text).to.match(/^System\.IO\.FileNotFoundException: /).and.include('Dependency').and.include('HostTests');
    }));

  it('without a class library nothing starts', async () => {
    const error = await failureOf(async () => createRuntime({ wasm: await compiledModule(), assemblies: [hostTests.output] }));
    expect(error).to.be.instanceOf(AssemblyNotFoundError).with.property('message').that.includes('System.Private.CoreLib');
  });

  it('a class library of another version is refused by name', async () => {
    const bytes = coreLib();
    const other = '10.0.99'.slice(0, pack.version.length);
    for (let at = bytes.indexOf(utf16(pack.version)); at >= 0; at = bytes.indexOf(utf16(pack.version), at + 1)) utf16(other).copy(bytes, at);
    const error = await failureOf(() => createHost({ assemblies: [{ name: 'System.Private.CoreLib.dll', bytes }] }));
    expect(error).to.be.instanceOf(WrongPackError);
    expect(error.message).to.include(other).and.include(`${pack.id} ${pack.version}`);
  });

  it('a class library that is cut off', async () => {
    const bytes = coreLib().subarray(0, 1_000_000);
    const error = await failureOf(() => createHost({ assemblies: [{ name: 'System.Private.CoreLib.dll', bytes }] }));
    expect(error).to.be.instanceOf(BadImageError).with.property('message').that.includes('System.Private.CoreLib.dll');
  });

  describe('a module', () => {
    const starting = (source, options) => failureOf(() => createHost({ wasm: source, ...options }));

    it('that is no WebAssembly', async () => {
      expect(await starting(new Uint8Array([1, 2, 3, 4]))).to.be.instanceOf(ModuleError);
      expect(await starting(new Response('<html>not found</html>'))).to.be.instanceOf(ModuleError);
    });

    it('that is not there', async () => {
      expect(await starting('/no/such/file.wasm')).to.be.instanceOf(FetchError).with.property('message').that.includes('/no/such/file.wasm');
      expect(await starting(new Response('', { status: 404 }))).to.be.instanceOf(FetchError).with.property('message').that.includes('404');
    });

    it('that is cut off', async () => {
      expect(await starting(readFileSync(wasm).subarray(0, 5000))).to.be.instanceOf(ModuleError);
    });

    it('that has no runtime in it', async () => {
      expect(await starting(new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]))).to.be.instanceOf(ModuleError).with.property('message').that.includes('LeanCLR');
    });

    it('that imports what nobody supplies', async () => {
      // (module (import "env" "mystery" (func)))
      const bytes = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 4, 1, 0x60, 0, 0, 2, 15, 1, 3, ...ascii('env'), 7, ...ascii('mystery'), 0, 0]);
      expect(await starting(bytes)).to.be.instanceOf(ModuleError).with.property('message').that.includes('env.mystery');
    });
  });

  it('a folder that is not there', async () => {
    const error = await failureOf(() => createHost({ assemblies: ['/no/such/folder'] }));
    expect(error).to.be.instanceOf(FetchError).with.property('message').that.includes('/no/such/folder');
  });
});

function utf16(text) {
  return Buffer.from(text, 'utf16le');
}

function ascii(text) {
  return [...new TextEncoder().encode(text)];
}
