// [JSImport], [JSExport], HttpClient and ClientWebSocket in pages, where fetch and WebSocket are the browser's.
import { expect } from 'chai';
import { bodyOf, inParts } from '../js/support/server.mjs';
import { describeInBrowsers } from './support/browsers.mjs';
import { withSite } from './support/site.mjs';

const routes = {
  '/hello': (_request, response) => response.writeHead(200, { 'content-type': 'text/plain', 'x-custom': 'a' }).end('Grüße'),
  '/echo': async (request, response) => response.end(await bodyOf(request)),
  '/parts': (_request, response) => inParts(response, ['one', 'three']),
  '/never': () => {},
};

describeInBrowsers('[JSImport] and [JSExport]', (inPage) => {
  const inRuntime = (use) => withSite((origin) => inPage(origin, async (page) => {
    await page.evaluate(async () => {
      const { createRuntime } = await import('/leanclr/index.js');
      globalThis.clr = await createRuntime({ wasm: '/leanclr.wasm', assemblies: ['/InteropTests', '/class-library'] });
      clr.setModuleImports('types', { echo: (value) => value, call: (fn, ...values) => fn(...values), fill: (view) => view.set(view.slice().map((value) => value * 2)) });
      globalThis.exported = await clr.getAssemblyExports('InteropTests');
    });
    return use(page, origin);
  }), routes);

  it('values, functions, views, promises and modules cross', () => inRuntime(async (page) => {
    const results = await page.evaluate(async () => [
      exported.Types.String('€𝄞'), String(exported.Types.Int64(2n ** 60n)), exported.Types.JSObject(document) === document,
      exported.Functions.Delegates(), Array.from(exported.Views.Bytes(4)), await exported.Tasks.Twice(Promise.resolve(21)),
      exported.Objects.Global(), await exported.Objects.Import('imported', './tests/js/support/imported.mjs'),
    ]);
    expect(results).to.deep.equal(['€𝄞', String(2n ** 60n), true, 'action;one;1 two True;42;2;xyz', [0, 2, 4, 6], 42, 'True function True', 'imported module 21']);
  }));

  // A browser may join what comes in parts.
  it('HttpClient uses the browser\'s fetch', () => inRuntime(async (page, origin) => {
    const results = await page.evaluate(async (address) => [
      await exported.Http.Get(`${address}/hello`), await exported.Http.Post(`${address}/echo`, 'Körper'),
      (await exported.Http.Stream(`${address}/parts`)).replaceAll('|', ''), await exported.Http.Cancel(`${address}/never`, 20, false), await exported.Http.Fail('http://127.0.0.1:1/'),
    ], origin);
    expect(results).to.deep.equal(['200 text/plain a Grüße', 'Körper', 'onethree', 'canceled True', 'HttpRequestException  JSException']);
  }));

  it('ClientWebSocket uses the browser\'s WebSocket', () => inRuntime(async (page, origin) => {
    const results = await page.evaluate(async (address) => [
      await exported.Sockets.Echo(address), await exported.Sockets.Closed(address, 1000), await exported.Sockets.Cancel(address), await exported.Sockets.Many(address, 50, 100000),
    ], origin.replace('http', 'ws'));
    expect(results).to.deep.equal([
      'None;Open echo;Text 1 text €;Binary 1 binary;Text 1 in two;Text 3 longer than the buffer that receives it;Closed 1000 done',
      'Close 1  CloseReceived 1000 bye', 'canceled Aborted', '50 True',
    ]);
  }));
});
