// Runs one file of tests in the page, /tests.html?NAME, and keeps what came of it as `report`.
const titles = { passed: [], failed: [] };

class Reporter {
  constructor(runner) {
    runner.on('pass', (test) => titles.passed.push(test.fullTitle()));
    runner.on('fail', (test, error) => titles.failed.push(`${test.fullTitle()}\n    ${error.stack?.includes(error.message) ? error.stack : `${error.message}\n${error.stack}`}`));
  }
}

// A test with Node in its title starts a process, or reads a folder.
mocha.setup({ ui: 'bdd', reporter: Reporter, timeout: 30_000, grep: /\bNode\b/, invert: true });
globalThis.report = (async () => {
  await new Promise((resolve) => { addEventListener('load', resolve); }); // whoever waits for the page is not kept by the tests
  await import(`/tests/js/${location.search.slice(1)}.test.mjs`);
  await new Promise((resolve) => { mocha.run(resolve); });
  return titles;
})();
