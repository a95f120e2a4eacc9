// npm run conformance: a place kept for the runs of foreign conformance suites; there is none in the project yet.
console.error('There is no conformance suite yet. The project\'s own tests: npm test');
process.exitCode = 1;
