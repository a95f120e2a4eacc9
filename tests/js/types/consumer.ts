// Uses the package's typings as a TypeScript project would; compiled by types.test.mjs, never run.
import { createRuntime, ManagedError, type Progress, type RuntimeOptions } from 'leanclr';

const options: RuntimeOptions = {
  assemblies: ['app', new URL('https://example.org/app/'), { name: 'A.dll', bytes: new Uint8Array() }, new Map([['B.dll', new Uint8Array()]])],
  stdout: (text) => console.log(text.length),
  stderr: { write: (bytes) => void bytes.length },
  onProgress: ({ file, loaded, total }: Progress) => console.log(file, loaded / (total ?? 1)),
  pinvokes: { 'A.B::C': (a: number, b: bigint) => BigInt(a) + b },
  runtimeConfig: { runtimeOptions: { configProperties: { Switch: true } } },
};

export async function use(): Promise<number> {
  using clr = await createRuntime(options);
  clr.registerPInvoke('A.B::D', (name) => `Hello, ${name}`);
  clr.registerPInvoke('A.B::E', (name: string) => name.length);
  const add = clr.method<(a: number, b: number) => number>('A.B::Add');
  const text = clr.call<string>('A.B::Text', 1);
  try {
    return await clr.runMain('A', [text, String(add(1, 2))]);
  } catch (error) {
    if (error instanceof ManagedError) console.log(error.type, error.managedStack);
    throw error;
  }
}

// @ts-expect-error: assemblies are required
export const incomplete: RuntimeOptions = {};
// @ts-expect-error: an option that does not exist
export const misspelt: RuntimeOptions = { assemblies: [], onprogress: () => {} };
