// Uses the package's typings as a TypeScript project would; compiled by types.test.mjs, never run.
import { createRuntime, ManagedError, type Box, type DelegateFunction, type ManagedObject, type MemoryView, type Progress, type RuntimeOptions } from 'leanclr';

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

export async function libraries(): Promise<string[]> {
  const clr = await createRuntime(options);
  await clr.loadLibrary('__Internal', { jslib: 'addToLibrary({})', file: 'a.jslib' }, { imports: { SendMessage: (item: string) => item.length, answer: 42 } });
  return clr.loadLibrary('__Internal', new URL('https://example.org/b.jslib'));
}

interface Game extends ManagedObject {
  Score(player: string, points: number): void;
}
interface GameType {
  new(name: string): Game;
  Create(name: string): Game;
  of(...types: string[]): GameType;
  readonly fullName: string;
}

export async function values(): Promise<string> {
  const clr = await createRuntime({ ...options, camelCase: true, diagnostics: true });
  clr.registerPInvoke('A.B::Fill', (view: MemoryView, count: Box<number>) => {
    view.set([1, 2], 0);
    count.value = view.length;
  });
  const GameClass = clr.getType<GameType>('A.Game');
  using game = new GameClass('mine');
  game.Score('Ada', 1);
  const Untyped = clr.getType('A.Other`1').of('System.Int32', GameClass);
  new Untyped().Anything();
  const adder = clr.call<DelegateFunction>('A.B::Adder', 1);
  adder(2);
  adder.dispose();
  const { count, kinds } = clr.diagnostics.handles();
  return `${count} ${Object.keys(kinds).join()} ${GameClass.Create('x').Name}`;
}

// @ts-expect-error: assemblies are required
export const incomplete: RuntimeOptions = {};
// @ts-expect-error: an option that does not exist
export const misspelt: RuntimeOptions = { assemblies: [], onprogress: () => {} };
