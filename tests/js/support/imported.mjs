// What JSHost.ImportAsync imports in the tests.
export const title = 'imported module';
export const nested = { sum: (a, b) => a + b };
