// What tests/js uses of Node, as far as a page has it. Processes it has none: tests that start some are left out.
export const setTimeout = (milliseconds) => new Promise((resolve) => { globalThis.setTimeout(resolve, milliseconds); });
export const { performance } = globalThis;
export const spawnSync = undefined;
export default {};
