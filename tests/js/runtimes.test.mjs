// createRuntime's options, and runtimes beside each other.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { createRuntime } from 'leanclr';
import { compiledModule, createHost, withHost } from './support/host.mjs';
import { hostTests, wasm } from './support/paths.mjs';

describe('runtimes', () => {
  it('two of them do not see each other', async () => {
    const [one, two] = await Promise.all([createHost(), createHost()]);
    await Promise.all([one.load('HostTests'), two.load('HostTests')]);
    one.registerPInvoke('HostTests.Extern::Add', () => 1);
    two.registerPInvoke('HostTests.Extern::Add', () => 2);
    const next = 'HostTests.Methods::Next';
    expect([one.call(next), one.call(next), two.call(next)]).to.deep.equal([1, 2, 1]);
    expect(one.call('HostTests.Methods::CallAdd', 0, 0)).to.equal(1);
    expect(two.call('HostTests.Methods::CallAdd', 0, 0)).to.equal(2);
    one.dispose();
    expect(two.call(next)).to.equal(2);
    two.dispose();
  });

  it('runs Main with arguments and gives its exit code', () => withHost({}, async (clr) => {
    expect(await clr.runMain('HostTests', ['exit', '7'])).to.equal(7);
    expect(await clr.runMain('HostTests.dll', ['', 'two words', 'üñí 🦉'])).to.equal(0);
    expect(clr.text.stdout).to.equal('leaving\n<>\n<two words>\n<üñí 🦉>\n');
  }));

  it('streams stdout and stderr apart', () => withHost({}, async (clr) => {
    await clr.runMain('HostTests', ['both']);
    expect(clr.text).to.deep.equal({ stdout: 'to stdout\n', stderr: 'to stderr\n' });
  }));

  it('writes an unhandled exception to stderr and rejects with it', () => withHost({}, async (clr) => {
    const error = await clr.runMain('HostTests', ['throw']).catch((reason) => reason);
    expect(error).to.have.property('type', 'System.InvalidOperationException');
    expect(clr.text.stdout).to.equal('before\n');
    expect(clr.text.stderr).to.match(/^Unhandled exception\. System\.InvalidOperationException: nobody catches this\n {3}at HostTests\.Methods\.Inner\(/);
  }));

  describe('takes the module as', () => {
    const response = (type) => new Response(readFileSync(wasm), { headers: { 'content-type': type } });
    for (const [what, make] of Object.entries({
      'a path': () => wasm,
      'a file URL': () => pathToFileURL(wasm),
      'bytes': () => readFileSync(wasm),
      'an ArrayBuffer': () => Uint8Array.from(readFileSync(wasm)).buffer,
      'a Response': () => response('application/wasm'),
      'a Response of a server that does not know wasm': () => response('application/octet-stream'),
      'a promise of a Response': async () => response('application/wasm'),
      'a compiled module': () => compiledModule(),
    })) {
      it(what, () => withHost({ wasm: make() }, (clr) => expect(clr.version).to.be.a('string').and.not.equal('')));
    }
  });

  describe('takes assemblies as', () => {
    const bytes = readFileSync(hostTests.assembly);
    const dependency = path.join(hostTests.output, 'Dependency.dll');
    for (const [what, assemblies] of Object.entries({
      'a folder': [hostTests.output],
      'a folder URL': [pathToFileURL(`${hostTests.output}/`)],
      'paths of files': [hostTests.assembly, dependency],
      'names and bytes': [{ name: 'HostTests.dll', bytes }, { name: 'Dependency', bytes: readFileSync(dependency) }],
      'names and URLs': [{ name: 'HostTests', url: pathToFileURL(hostTests.assembly) }, { name: 'Dependency.dll', url: dependency }],
      'a Map': [new Map([['HostTests.dll', bytes], ['Dependency.dll', dependency]])],
    })) {
      it(what, () => withHost({ assemblies }, async (clr) => {
        await clr.load('HostTests');
        expect(clr.call('HostTests.Methods::UseDependency')).to.equal(42);
      }));
    }

    it('nothing else', async () => {
      const error = await createRuntime({ wasm: await compiledModule(), assemblies: 42 }).catch((reason) => reason);
      expect(error).to.be.instanceOf(TypeError).with.property('message').that.includes('assemblies');
    });
  });

  it('reads only what is referred to, and reports it', async () => {
    const files = new Map();
    const clr = await createHost({ wasm, onProgress: ({ file, loaded, total }) => files.set(file, { loaded, total }) });
    await clr.load('HostTests');
    const size = (file) => readFileSync(file).length;
    expect(files.get('leanclr.wasm')).to.deep.equal({ loaded: size(wasm), total: size(wasm) });
    expect(files.get('HostTests.dll')).to.deep.equal({ loaded: size(hostTests.assembly), total: size(hostTests.assembly) });
    expect([...files.keys()]).to.include.members(['System.Private.CoreLib.dll', 'System.Runtime.dll', 'Dependency.dll'])
      .and.not.include('System.Private.Xml.dll');
    clr.dispose();
  });

  it('reports a streamed module as it arrives', async () => {
    const whole = readFileSync(wasm);
    const steps = [];
    const body = new ReadableStream({
      start(controller) {
        for (let at = 0; at < whole.length; at += 10_000) controller.enqueue(whole.subarray(at, at + 10_000));
        controller.close();
      },
    });
    const clr = await createHost({
      wasm: new Response(body, { headers: { 'content-length': String(whole.length) } }),
      onProgress: ({ file, loaded, total }) => { if (file === 'leanclr.wasm') steps.push({ loaded, total }); },
    });
    clr.dispose();
    expect(steps.length).to.be.greaterThan(1);
    expect(steps.at(-1)).to.deep.equal({ loaded: whole.length, total: whole.length });
    expect(steps.map(({ loaded }) => loaded)).to.deep.equal(steps.map(({ loaded }) => loaded).sort((a, b) => a - b));
  });

  it('AppContext gets defaults, runtimeconfig.json over them, properties over that', async () => {
    const invariant = 'System.Globalization.Invariant';
    const read = (options) => withHost(options, async (clr) => {
      await clr.load('HostTests');
      return [invariant, 'My.Setting', 'Nobody.Sets.This'].map((key) => clr.call('HostTests.Methods::Context', key));
    });
    const config = { runtimeOptions: { configProperties: { 'My.Setting': 5 } } };
    expect(await read({})).to.deep.equal(['true', '(none)', '(none)']);
    expect(await read({ runtimeConfig: config })).to.deep.equal(['true', '5', '(none)']);
    expect(await read({ runtimeConfig: config, properties: { 'My.Setting': false } })).to.deep.equal(['true', 'false', '(none)']);
    const file = pathToFileURL(path.join(hostTests.output, 'HostTests.runtimeconfig.json'));
    expect(await read({ runtimeConfig: file })).to.deep.equal(['true', '(none)', '(none)']);
  });

  it('tells its memory', () => withHost({}, (clr) => {
    const { inUse, total } = clr.memory;
    expect(inUse).to.be.greaterThan(1_000_000).and.at.most(total);
  }));

});
