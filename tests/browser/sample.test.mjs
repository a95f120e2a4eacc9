// The sample's page and a worker, under the page's own Content-Security-Policy.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { serve } from '../../samples/custom-pinvoke-wasm/serve.mjs';
import { hostTests } from '../js/support/paths.mjs';
import { withServer } from '../js/support/server.mjs';
import { describeInBrowsers } from './support/browsers.mjs';

const kLines = 'Add(20, 22) = 42\nMul(6, 7) = 42\nGreet(LeanCLR) = Hello, LeanCLR!\n';

describeInBrowsers('the sample', (inPage) => {
  let server;
  before(async () => { server = await serve(0); });
  after(() => server?.close());

  /** Opens the sample's page; `routes` come before what its server has. */
  const inSample = (use, { routes = {}, prepare } = {}) => withServer({ '*': (request, response) => server.emit('request', request, response), ...routes },
    (origin) => inPage(origin, use, prepare));
  const output = async (page, state = '') => {
    await page.waitForSelector(`#output[data-exit-code${state}]`);
    return page.$eval('#output', ({ textContent }) => textContent);
  };

  it('prints the three lines', () => inSample(async (page, problems) => {
    expect(await output(page)).to.equal(kLines);
    expect(await page.$eval('#output', (element) => element.dataset.exitCode)).to.equal('0');
    expect(await page.$eval('progress', (element) => element.hidden)).to.equal(true);
    expect(problems).to.deep.equal([]);
  }));

  it('fetches the class library\'s files once, and few of them', () => {
    const files = [];
    const prepare = (page) => page.on('response', (response) => { if (response.url().endsWith('.dll') && response.ok()) files.push(new URL(response.url()).pathname); });
    return inSample(async (page) => {
      await output(page);
      expect(files).to.include.members(['/app/CoreTests.dll', '/class-library/System.Private.CoreLib.dll']);
      expect(files).to.have.length(new Set(files).size).and.length.below(40);
    }, { prepare });
  });

  it('shows the error when a file is not there', () => inSample(async (page) => {
    expect(await output(page, '=error')).to.match(/^AssemblyNotFoundError: System\.Private\.CoreLib\.dll/);
  }, { routes: { '/class-library/System.Private.CoreLib.dll': (_request, response) => response.writeHead(404).end() } }));

  it('what a function throws is a JSException in a page, too', () => {
    const file = (name) => [`/host-tests/${name}`, (_request, response) => response.writeHead(200).end(readFileSync(path.join(hostTests.output, name)))];
    return inSample(async (page) => {
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
    }, { routes: Object.fromEntries(['HostTests.dll', 'Dependency.dll'].map(file)) });
  });

  it('runs in a worker too', () => inSample(async (page) => {
    const text = await page.evaluate(() => new Promise((resolve, reject) => {
      const worker = new Worker('worker.mjs', { type: 'module' });
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => reject(new Error(event.message));
    }));
    expect(text).to.equal(kLines);
  }, { routes: { '/worker.mjs': (_request, response) => response.writeHead(200, { 'content-type': 'text/javascript' }).end(workerSource) } }));
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
