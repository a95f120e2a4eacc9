// Libraries in headless Chromium, under the sample page's Content-Security-Policy: modules fetched from addresses, code
// made at run time.
import path from 'node:path';
import { expect } from 'chai';
import { chromium } from 'playwright-core';
import { serve } from '../../samples/custom-pinvoke-wasm/serve.mjs';
import { library } from '../js/support/native.mjs';
import { nativeTests, wasm } from '../js/support/paths.mjs';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

describe('libraries in Chromium', () => {
  let server;
  let browser;
  before(async () => {
    server = await serve(0);
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });
  after(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
  });

  it('a side module, a stand-alone module and a JavaScript module serve C#', async () => {
    const page = await browser.newPage();
    const file = (route) => path.basename(new URL(route.request().url()).pathname);
    await page.route('**/native-tests/*', (route) => route.fulfill({ path: path.join(nativeTests.output, file(route)) }));
    await page.route('**/libraries/*.wasm', (route) => route.fulfill({ path: library(path.basename(file(route), '.wasm')), contentType: 'application/wasm' }));
    await page.route('**/libraries/script.mjs', (route) => route.fulfill({ contentType: 'text/javascript', body: 'export const multiply = (a, b) => a * b;' }));
    await page.route('**/plain/leanclr.wasm', (route) => route.fulfill({ path: wasm, contentType: 'application/wasm' }));
    await page.goto(`http://127.0.0.1:${server.address().port}`);
    const results = await page.evaluate(async () => {
      const { createRuntime } = await import('/leanclr/index.js');
      const clr = await createRuntime({ wasm: '/plain/leanclr.wasm', assemblies: ['/native-tests/NativeTests.dll', '/class-library'] });
      await clr.load('NativeTests');
      await clr.loadLibrary('side', '/libraries/side.wasm');
      await clr.loadLibrary('alone', fetch('/libraries/alone.wasm'));
      await clr.loadLibrary('script', import('/libraries/script.mjs'));
      const call = (name, ...args) => clr.call(`NativeTests.${name}`, ...args);
      return [
        call('Side::Add', 20, 22), call('Side::Structs'), call('Side::SortedByCSharp'), call('Side::ApplyThrowing', 7), call('Side::CallTheirs'),
        call('Alone::Greeting', 1), call('Alone::Twice'), call('Script::Multiply', 6, 7),
      ];
    });
    expect(results).to.deep.equal([42, '12 1 5 3 4 1 2.5', '5 4 3 2 1', 'thrown at 7, with its trace', 12, 'Grüße', '2 4 6', 42]);
    await page.close();
  });
});
