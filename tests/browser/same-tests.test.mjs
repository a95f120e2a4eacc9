// The host's tests of tests/js in pages: the same files, so far as they need no processes and files of their own.
import { expect } from 'chai';
import { describeInBrowsers } from './support/browsers.mjs';
import { withSite } from './support/site.mjs';

const files = [
  'any-value', 'errors', 'event-loop', 'get-type', 'js-interop', 'js-interop-lifetime', 'libraries', 'limits', 'marshalling', 'matrix', 'promises', 'registry', 'values', 'waiting',
];

describeInBrowsers('tests/js', (inPage) => {
  for (const file of files) {
    it(`${file} passes`, () => withSite((origin) => inPage(`${origin}/tests.html?${file}`, async (page, problems) => {
      const { passed, failed } = await page.evaluate(() => globalThis.report).catch((error) => { throw new Error([error, ...problems].join('\n')); });
      expect(failed.join('\n\n')).to.equal('');
      expect(passed).to.have.length.above(0);
    })));
  }
});
