// node bench/interop/run-leanclr.mjs ASSEMBLY MODE: bench/interop on LeanCLR.
import path from 'node:path';
import { createRuntime, findClassLibrary } from 'leanclr';
import { functions, timeOf } from './functions.mjs';

const [assembly, mode] = process.argv.slice(2);
const clr = await createRuntime({
  assemblies: [assembly, path.dirname(assembly), ...findClassLibrary()],
  pinvokes: {
    '[bench]Add': functions.add, '[bench]Length': functions.length, '[bench]Count': functions.count, '[bench]Sum': ({ X, Y }) => X + Y,
    ...Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`[many]F${i}`, () => 0])),
  },
});
clr.registerPInvoke('[bench]View', (view) => view.length, { arrays: 'view' });
const exported = mode === 'jsimport' ? (await clr.getAssemblyExports('Interop')).Generated : undefined;
const loop = () => console.log(`JS → C# (int, int),${timeOf(exported ? exported.Plus : clr.method('Generated::Plus')).toFixed(1)}`);
await clr.setModuleImports('bench', { ...functions, loop });
process.exitCode = await clr.runMain('Interop', [mode]);
if (mode === 'dllimport') {
  // What a copy cannot be had for less than.
  console.log(`an empty Uint8Array of 64 KiB made in JavaScript,${timeOf(() => new Uint8Array(0x10000).length).toFixed(1)}`);
  console.log(`a million objects,${objectsLeft(1_000_000)}`);
}
clr.dispose();

/** Bytes of the runtime's that are in use more after so many objects than after a hundredth of them. */
function objectsLeft(count) {
  const Type = clr.getType('[System.Private.CoreLib]System.Object');
  const make = (n) => {
    for (let i = 0; i < n; i++) new Type()[Symbol.dispose]();
  };
  make(count / 100);
  const before = clr.memory.inUse;
  make(count);
  return clr.memory.inUse - before;
}
