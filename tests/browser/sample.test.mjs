// The sample's page and a worker in headless Chromium, under the page's own Content-Security-Policy.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { chromium } from 'playwright-core';
import { serve } from '../../samples/custom-pinvoke-wasm/serve.mjs';
import { hostTests } from '../js/support/paths.mjs';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const kLines = 'Add(20, 22) = 42\nMul(6, 7) = 42\nGreet(LeanCLR) = Hello, LeanCLR!\n';

describe('in Chromium', () => {
  let server;
  let browser;
  let page;
  let problems;
  let origin;

  before(async () => {
    expect(existsSync(executablePath), `${executablePath} (apt-get install chromium, or set CHROMIUM)`).to.equal(true);
    server = await serve(0);
    origin = `http://127.0.0.1:${server.address().port}`;
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });
  after(async () => {
    await browser?.close();
    server?.closeAllConnections();
    server?.close();
  });
  beforeEach(async () => {
    page = await browser.newPage();
    problems = [];
    page.on('pageerror', (error) => problems.push(String(error)));
    page.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
  });
  afterEach(() => page.close());

  it('the sample\'s page prints the three lines', async () => {
    await page.goto(origin);
    await page.locator('#output[data-exit-code]').waitFor();
    expect(await page.locator('#output').textContent()).to.equal(kLines);
    expect(await page.locator('#output').getAttribute('data-exit-code')).to.equal('0');
    expect(await page.locator('progress').isHidden()).to.equal(true);
    expect(problems).to.deep.equal([]);
  });

  it('fetches the class library\'s files once, and few of them', async () => {
    const files = [];
    page.on('response', (response) => { if (response.url().endsWith('.dll') && response.ok()) files.push(new URL(response.url()).pathname); });
    await page.goto(origin);
    await page.locator('#output[data-exit-code]').waitFor();
    expect(files).to.include.members(['/app/CoreTests.dll', '/class-library/System.Private.CoreLib.dll']);
    expect(files).to.have.length(new Set(files).size).and.length.below(40);
  });

  it('without a file the page shows the error', async () => {
    await page.route('**/System.Private.CoreLib.dll', (route) => route.fulfill({ status: 404 }));
    await page.goto(origin);
    await page.locator('#output[data-exit-code=error]').waitFor();
    expect(await page.locator('#output').textContent()).to.match(/^AssemblyNotFoundError: System\.Private\.CoreLib\.dll/);
  });

  it('what a function throws is a JSException in a page, too', async () => {
    await page.route('**/host-tests/*', (route) => route.fulfill({ path: path.join(hostTests.output, path.basename(route.request().url())) }));
    await page.goto(origin);
    const text = await page.evaluate(async () => {
      const { createRuntime } = await import('/leanclr/index.js');
      const clr = await createRuntime({
        wasm: '/module/custom-pinvoke.wasm', imports: await import('/module/custom-pinvoke.imports.mjs'),
        assemblies: ['/host-tests/HostTests.dll', '/host-tests/Dependency.dll', '/class-library'],
      });
      clr.registerPInvoke('HostTests.Extern::Failing', () => { throw new RangeError('too far'); });
      await clr.load('HostTests');
      return clr.call('HostTests.Methods::Describe', 'failing');
    });
    expect(text).to.equal('System.Runtime.InteropServices.JavaScript.JSException: RangeError: too far');
  });

  it('a worker runs it too', async () => {
    await page.route('**/worker.mjs', (route) => route.fulfill({ contentType: 'text/javascript', body: workerSource }));
    await page.goto(origin);
    const text = await page.evaluate(() => new Promise((resolve, reject) => {
      const worker = new Worker('worker.mjs', { type: 'module' });
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => reject(new Error(event.message));
    }));
    expect(text).to.equal(kLines);
  });
});

const workerSource = `
import { createRuntime } from '/leanclr/index.js';
import * as imports from '/module/custom-pinvoke.imports.mjs';
import { registerFunctions } from '/functions.mjs';
let text = '';
const clr = await createRuntime({
  wasm: '/module/custom-pinvoke.wasm', imports, assemblies: ['/app/CoreTests.dll', '/class-library'], stdout: (chunk) => { text += chunk; },
});
registerFunctions(clr);
await clr.runMain('CoreTests');
postMessage(text);
`;
