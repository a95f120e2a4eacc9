// tests/js/support/native.mjs for a page: the libraries by their addresses, and their bytes.
export const library = (name) => `/libraries/${name}.wasm`;

const names = ['side', 'user', 'unresolved', 'alone'];
const bytes = await Promise.all(names.map(async (name) => new Uint8Array(await (await fetch(library(name))).arrayBuffer())));

export const libraryBytes = (name) => bytes[names.indexOf(name)];
