// Libraries in pages under a Content-Security-Policy: modules fetched from addresses, code made at run time.
import { expect } from 'chai';
import { describeInBrowsers } from './support/browsers.mjs';
import { withSite } from './support/site.mjs';

const routes = {
  '/script.mjs': (_request, response) => response.writeHead(200, { 'content-type': 'text/javascript' }).end('export const multiply = (a, b) => a * b;'),
};

describeInBrowsers('libraries', (inPage) => {
  it('a side module, a stand-alone module and a JavaScript module serve C#', () => withSite((origin) => inPage(`${origin}/policy.html`, async (page) => {
    const results = await page.evaluate(async () => {
      const { createRuntime } = await import('/leanclr/index.js');
      const clr = await createRuntime({ wasm: '/leanclr.wasm', assemblies: ['/NativeTests', '/class-library'] });
      await clr.load('NativeTests');
      await clr.loadLibrary('side', '/libraries/side.wasm');
      await clr.loadLibrary('alone', fetch('/libraries/alone.wasm'));
      await clr.loadLibrary('script', import('/script.mjs'));
      const call = (name, ...args) => clr.call(`NativeTests.${name}`, ...args);
      return [
        call('Side::Add', 20, 22), call('Side::Structs'), call('Side::SortedByCSharp'), call('Side::ApplyThrowing', 7), call('Side::CallTheirs'),
        call('Alone::Greeting', 1), call('Alone::Twice'), call('Script::Multiply', 6, 7),
      ];
    });
    expect(results).to.deep.equal([42, '12 1 5 3 4 1 2.5', '5 4 3 2 1', 'thrown at 7, with its trace', 12, 'Grüße', '2 4 6', 42]);
  }), routes));
});
