// [JSImport], [JSExport], HttpClient and ClientWebSocket in headless Chromium, where fetch and WebSocket are the browser's.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { chromium } from 'playwright-core';
import { classLibrary } from '../js/support/host.mjs';
import { interopTests, root, wasm } from '../js/support/paths.mjs';
import { bodyOf, inParts, withServer } from '../js/support/server.mjs';

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const types = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.html': 'text/html' };

/** Files by the first part of the address. */
function sendFile(request, response) {
  const [, first, ...rest] = new URL(request.url, 'http://x').pathname.split('/');
  const folders = { leanclr: [path.join(root, 'js/dist')], app: [interopTests.output], library: classLibrary(), support: [path.join(root, 'tests/js/support')] };
  const file = first === 'leanclr.wasm' ? wasm : (folders[first] ?? []).map((folder) => path.join(folder, ...rest)).find(existsSync);
  if (!file) return response.writeHead(404).end();
  return response.writeHead(200, { 'content-type': types[path.extname(file)] ?? 'application/octet-stream' }).end(readFileSync(file));
}

const routes = {
  '/': (_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>interop</title>'),
  '/hello': (_request, response) => response.writeHead(200, { 'content-type': 'text/plain', 'x-custom': 'a' }).end('Grüße'),
  '/echo': async (request, response) => response.end(await bodyOf(request)),
  '/parts': (_request, response) => inParts(response, ['one', 'three']),
  '/never': () => {},
  '*': sendFile,
};

describe('[JSImport] and [JSExport] in Chromium', () => {
  let browser;
  before(async () => { browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] }); });
  after(() => browser?.close());

  const inPage = (work) => withServer(routes, async (origin) => {
    const page = await browser.newPage();
    try {
      await page.goto(origin);
      await page.evaluate(async () => {
        const { createRuntime } = await import('/leanclr/index.js');
        globalThis.clr = await createRuntime({ wasm: '/leanclr.wasm', assemblies: ['/app', '/library'] });
        clr.setModuleImports('types', { echo: (value) => value, call: (fn, ...values) => fn(...values), fill: (view) => view.set(view.slice().map((value) => value * 2)) });
        globalThis.exported = await clr.getAssemblyExports('InteropTests');
      });
      return await work(page, origin);
    } finally {
      await page.close();
    }
  });

  it('values, functions, views, promises and modules cross', () => inPage(async (page) => {
    const results = await page.evaluate(async () => [
      exported.Types.String('€𝄞'), String(exported.Types.Int64(2n ** 60n)), exported.Types.JSObject(document) === document,
      exported.Functions.Delegates(), Array.from(exported.Views.Bytes(4)), await exported.Tasks.Twice(Promise.resolve(21)),
      exported.Objects.Global(), await exported.Objects.Import('imported', './support/imported.mjs'),
    ]);
    expect(results).to.deep.equal(['€𝄞', String(2n ** 60n), true, 'action;one;1 two True;42;2;xyz', [0, 2, 4, 6], 42, 'True function True', 'imported module 21']);
  }));

  it('HttpClient uses the browser\'s fetch', () => inPage(async (page, origin) => {
    const results = await page.evaluate(async (address) => [
      await exported.Http.Get(`${address}/hello`), await exported.Http.Post(`${address}/echo`, 'Körper'),
      await exported.Http.Stream(`${address}/parts`), await exported.Http.Cancel(`${address}/never`, 20, false), await exported.Http.Fail('http://127.0.0.1:1/'),
    ], origin);
    expect(results).to.deep.equal(['200 text/plain a Grüße', 'Körper', 'one|thre|e|', 'canceled True', 'HttpRequestException  JSException']);
  }));

  it('ClientWebSocket uses the browser\'s WebSocket', () => inPage(async (page, origin) => {
    const results = await page.evaluate(async (address) => [
      await exported.Sockets.Echo(address), await exported.Sockets.Closed(address, 1000), await exported.Sockets.Cancel(address), await exported.Sockets.Many(address, 50, 100000),
    ], origin.replace('http', 'ws'));
    expect(results).to.deep.equal([
      'None;Open echo;Text 1 text €;Binary 1 binary;Text 1 in two;Text 3 longer than the buffer that receives it;Closed 1000 done',
      'Close 1  CloseReceived 1000 bye', 'canceled Aborted', '50 True',
    ]);
  }));
});
