// The browsers that the tests run in: Debian's Chromium and Firefox, headless, each with a profile of its own that goes with it.
import { existsSync } from 'node:fs';
import { expect } from 'chai';
import puppeteer from 'puppeteer-core';
import { browserPath } from '../../../scripts/lib/tools.mjs';

const browsers = [
  { title: 'Chromium', variable: 'CHROMIUM', tool: 'chromium', launch: { browser: 'chrome', args: ['--no-sandbox', '--js-flags=--expose-gc'] } },
  // TestUtils.gc() is what --expose-gc is in Chromium.
  { title: 'Firefox', variable: 'FIREFOX', tool: 'firefox', launch: { browser: 'firefox', extraPrefsFirefox: { 'dom.testing.testutils.enabled': true } } },
];

/**
 * `describe(TITLE in BROWSER)` for each browser. `define` gets `inPage(address, use)`, which opens a page there, gives it to
 * `use` and closes it; `use` also gets the list of the page's errors, and `prepare` the page before it goes there.
 */
export function describeInBrowsers(title, define) {
  for (const { title: name, variable, tool, launch } of browsers) {
    describe(`${title} in ${name}`, () => {
      let browser;
      before(async () => {
        const executablePath = process.env[variable] ?? browserPath(tool);
        expect(executablePath !== undefined && existsSync(executablePath), `${name} (npm run setup -- --browser, or set ${variable})`).to.equal(true);
        browser = await puppeteer.launch({ executablePath, ...launch });
      });
      after(() => browser?.close());

      define(async (address, use, prepare = () => {}) => {
        const page = await browser.newPage();
        const problems = [];
        page.on('pageerror', (error) => problems.push(String(error)));
        page.on('console', (message) => { if (message.type() === 'error') problems.push(message.text()); });
        try {
          await prepare(page);
          await page.goto(address);
          return await use(page, problems);
        } finally {
          await page.close();
        }
      });
    });
  }
}
