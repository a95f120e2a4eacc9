// Unity's .jslib files in headless Chromium: as they are where the page allows blob: addresses, converted beforehand where its
// Content-Security-Policy forbids them.
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect } from 'chai';
import { chromium } from 'playwright-core';
import { serve } from '../../samples/custom-pinvoke-wasm/serve.mjs';
import { nativeTests, root, wasm } from '../js/support/paths.mjs';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const jslib = (name) => path.join(root, 'tests/js/jslib', `${name}.jslib`);
const files = ['plugin', 'callbacks', 'state', 'other'];

describe('.jslib files in Chromium', () => {
  let server;
  let browser;
  let page;
  before(async () => {
    server = await serve(0);
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });
  after(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
  });
  beforeEach(async () => {
    page = await browser.newPage();
    const file = (route) => path.basename(new URL(route.request().url()).pathname);
    const converted = execFileSync(process.execPath, [path.join(root, 'js/dist/cli.js'), 'jslib', ...files.map(jslib)], { encoding: 'utf8' });
    await page.route('**/native-tests/*', (route) => route.fulfill({ path: path.join(nativeTests.output, file(route)) }));
    await page.route('**/jslib/*.jslib', (route) => route.fulfill({ path: jslib(path.basename(file(route), '.jslib')), contentType: 'text/plain' }));
    await page.route('**/jslib/plugins.mjs', (route) => route.fulfill({ contentType: 'text/javascript', body: converted }));
    await page.route('**/plain/leanclr.wasm', (route) => route.fulfill({ path: wasm, contentType: 'application/wasm' }));
    await page.route('**/without-policy.html', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>LeanCLR</title>' }));
  });
  afterEach(() => page.close());

  const results = (isConverted) => page.evaluate(async ([names, converted]) => {
    const { createRuntime } = await import('/leanclr/index.js');
    const clr = await createRuntime({ wasm: '/plain/leanclr.wasm', assemblies: ['/native-tests/NativeTests.dll', '/class-library'] });
    await clr.load('NativeTests');
    if (converted) await clr.loadLibrary('__Internal', import('/jslib/plugins.mjs'));
    else for (const name of names) await clr.loadLibrary('__Internal', `/jslib/${name}.jslib`);
    const call = (name, ...args) => clr.call(`NativeTests.Jslib::${name}`, ...args);
    return [call('Texts'), call('Grown', 2 ** 25), call('CallbackThrows'), await call('Later', 40), call('Thrown'), call('OfAnotherFile')];
  }, [files, isConverted]);
  const expected = ['5 GRÜSSE! WEIT True', 14, 'in a callback, 2', 41, 'JSException: RangeError: out of reach', 42];

  it('as they are', async () => {
    await page.goto(`http://127.0.0.1:${server.address().port}/without-policy.html`);
    expect(await results(false)).to.deep.equal(expected);
  });

  it('converted, under a policy without blob: and eval', async () => {
    await page.goto(`http://127.0.0.1:${server.address().port}`);
    expect(await results(true)).to.deep.equal(expected);
    const message = await results(false).catch((error) => error.message);
    expect(message).to.contain('plugin.jslib: its code cannot be imported from a blob: address').and.to.contain('npx leanclr jslib plugin.jslib -o plugin.mjs');
  });
});
