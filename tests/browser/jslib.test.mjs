// Unity's .jslib files in pages: as they are where the page allows blob: addresses, converted beforehand where its
// Content-Security-Policy forbids them.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { root } from '../js/support/paths.mjs';
import { describeInBrowsers } from './support/browsers.mjs';
import { withSite } from './support/site.mjs';

const jslib = (name) => path.join(root, 'tests/js/jslib', `${name}.jslib`);
const files = ['plugin', 'callbacks', 'state', 'other'];

/** The files, and what `leanclr jslib` makes of them together. */
function routesOfFiles() {
  const converted = execFileSync(process.execPath, [path.join(root, 'js/dist/cli.js'), 'jslib', ...files.map(jslib)], { encoding: 'utf8' });
  const send = (type, text) => (_request, response) => response.writeHead(200, { 'content-type': type }).end(text);
  const plain = files.map((name) => [`/jslib/${name}.jslib`, send('text/plain', readFileSync(jslib(name)))]);
  return { ...Object.fromEntries(plain), '/jslib/plugins.mjs': send('text/javascript', converted) };
}

describeInBrowsers('.jslib files', (inPage) => {
  const on = (file, use) => withSite((origin) => inPage(`${origin}/${file}`, use), routesOfFiles());

  const results = (page, isConverted) => page.evaluate(async (names, converted) => {
    const { createRuntime } = await import('/leanclr/index.js');
    const clr = await createRuntime({ wasm: '/leanclr.wasm', assemblies: ['/NativeTests', '/class-library'] });
    await clr.load('NativeTests');
    if (converted) await clr.loadLibrary('__Internal', import('/jslib/plugins.mjs'));
    else for (const name of names) await clr.loadLibrary('__Internal', `/jslib/${name}.jslib`);
    const call = (name, ...args) => clr.call(`NativeTests.Jslib::${name}`, ...args);
    return [call('Texts'), call('Grown', 2 ** 25), call('CallbackThrows'), await call('Later', 40), call('Thrown'), call('OfAnotherFile')];
  }, files, isConverted);
  const expected = ['5 GRÜSSE! WEIT True', 14, 'in a callback, 2', 41, 'JSException: RangeError: out of reach', 42];

  it('as they are', () => on('', async (page) => {
    expect(await results(page, false)).to.deep.equal(expected);
  }));

  it('converted, under a policy without blob: and eval', () => on('policy.html', async (page) => {
    expect(await results(page, true)).to.deep.equal(expected);
    const message = await results(page, false).catch((error) => error.message);
    expect(message).to.contain('plugin.jslib: its code cannot be imported from a blob: address').and.to.contain('npx leanclr jslib plugin.jslib -o plugin.mjs');
  }));
});
