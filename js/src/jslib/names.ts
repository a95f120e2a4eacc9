// The names that .jslib code goes by: those of the environment (environment.ts), and what belongs to a definition.

export const kViews = ['HEAP8', 'HEAPU8', 'HEAP16', 'HEAPU16', 'HEAP32', 'HEAPU32', 'HEAP64', 'HEAPU64', 'HEAPF32', 'HEAPF64'] as const;
export type ViewName = (typeof kViews)[number];

export const kHelpers = [
  'UTF8ToString', 'Pointer_stringify', 'AsciiToString', 'UTF8ArrayToString', 'UTF16ToString', 'UTF32ToString', 'lengthBytesUTF8', 'lengthBytesUTF16', 'lengthBytesUTF32',
  'stringToUTF8', 'stringToUTF8Array', 'stringToUTF16', 'stringToUTF32', 'stringToAscii', 'stringToNewUTF8', 'allocateUTF8', 'stringToUTF8OnStack', 'intArrayFromString', 'intArrayToString',
  'writeArrayToMemory', 'writeStringToMemory', 'writeAsciiToMemory', 'getValue', 'setValue', 'allocate', 'ALLOC_NORMAL', 'ALLOC_STACK',
  '_malloc', '_calloc', '_free', 'stackSave', 'stackRestore', 'stackAlloc', 'dynCall', 'getWasmTableEntry', 'getFuncWrapper', 'addFunction', 'removeFunction', 'ccall', 'cwrap',
  'wasmMemory', 'wasmTable', 'Module', 'Runtime', 'out', 'err', 'abort', 'assert', 'warnOnce', 'SendMessage', 'callUserCallback',
  'ENVIRONMENT_IS_WEB', 'ENVIRONMENT_IS_WORKER', 'ENVIRONMENT_IS_NODE', 'ENVIRONMENT_IS_PTHREAD',
] as const;
export type HelperName = (typeof kHelpers)[number];

export const kHostNames: ReadonlySet<string> = new Set<string>([...kViews, ...kHelpers, 'buffer']);

/** Keys that say something of a definition and are none themselves. */
export const kDecoration = /__(deps|postset|sig|proxy|docs|async|i53abi|noleakcheck|nothrow|internal|user|import|unimplemented|inline|asm|force32|readonly)$/;
