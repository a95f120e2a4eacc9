// Uses what `leanclr types` wrote of HostTests and InteropTests as a TypeScript project would; compiled by types.test.mjs, and
// bundled to be run there.
import type { Clr, Libraries } from 'leanclr';
import type { HostTests } from '../../../build/types/HostTests.js';

const library = {
  Add: (a, b) => a + b,
  describe_place: ({ X, Y, Price }, label) => `${label} ${X + Y} ${Price}`,
  Later: async (change, bytes) => `${change?.(bytes?.length ?? 0)}`,
  Twice: (value) => value * 2,
  Length: (text) => text,
} satisfies Libraries['declared'];

export async function use(clr: Clr): Promise<string[]> {
  const lines: string[] = [];
  await clr.loadLibrary('declared', library);
  await clr.loadLibrary('declared', { Add: (a: number, b: number) => a + b + 1 }, { replace: true });
  const Ship = clr.getType('HostTests.Declared.Ship');
  const ship: HostTests.Declared.Ship = new Ship('Argo');
  using other = new (clr.getType('[HostTests]HostTests.Declared.Steamer'))();
  const owner: string | null = ship.Owner;
  const number: number = other.Owner;
  ship.Owner = 'Jason';
  const hears = (who: string | null) => { lines.push(`sailed ${who?.length}`); };
  ship.Sailed.add(hears);
  lines.push(ship.Sail({ X: 3, Y: 4, Price: '1' }, 2).toFixed(1), `${owner} ${number}`);
  ship.Sailed.remove(hears);
  const Size = clr.getType('HostTests.Declared.Size');
  const size: 0 | 5 = ship.Size;
  lines.push(`${size} ${Size.fullName}`);
  ship.Crew.Add('Orpheus');
  const names: string[] = [...ship.Crew];
  const index: { value?: number } = {};
  lines.push(names.join(), `${ship.TryFind('Orpheus', index)} ${index.value}`);
  lines.push(ship.Call((each, n) => `${each.Name} ${n}`, 5) ?? 'nobody');
  const speak = ship.Speaker();
  lines.push(speak(3));
  speak.dispose();
  const bytes: Uint8Array = ship.Bytes([1, 2]);
  const met: HostTests.Declared.Ship | null = await ship.Meet('Met');
  lines.push(`${bytes.length} ${met?.Name} ${met instanceof Ship}`);
  const Tanks = clr.getType('HostTests.Declared.Tanks`1').of('System.String');
  const tank: string | null = new Tanks().Add('water').Content;
  lines.push(tank ?? 'empty', `${ship.Echo.of('System.Int64').call(ship, 5n) + 1n}`);
  const Library = clr.getType('HostTests.Declared.Library');
  lines.push(`${Library.Add(1, 2)} ${Library.Twice(4)} ${Library.Describe({ X: 1, Y: 2, Price: '0.5' }, 'at')}`);
  lines.push(`${await Library.Later((value) => value + 1, [1, 2, 3])}`);
  const place: HostTests.Declared.Place = new (clr.getType('HostTests.Declared.Place'))(1, 2);
  lines.push(place.Price);
  const most: 12 = Ship.MostCrew;
  const large: HostTests.Declared.Size = Size.Large;
  lines.push(`${most} ${large} ${ship.Sum('', 1, 2)} ${ship.Sum('', [3])} ${Ship.Spread()} ${ship.Sail(place).toFixed(3)}`);
  for await (const count of ship.Count(2)) lines.push(count.toFixed(0));
  for await (const { X } of ship.Route()) lines.push(`${X}`);
  return lines;
}

export async function interop(clr: Clr): Promise<void> {
  clr.setModuleImports('imported', { nested: { sum: (a, b) => a + b } });
  const exported = await clr.getAssemblyExports('InteropTests');
  const text: string = exported.Errors.Catch('x');
  console.log(text);
  const other = await clr.getAssemblyExports('Unknown');
  other.Anything.Goes();
}

export async function wrong(clr: Clr): Promise<void> {
  const ship = new (clr.getType('HostTests.Declared.Ship'))('x');
  // @ts-expect-error: a text
  ship.Sail('there', 1);
  // @ts-expect-error: no such member
  ship.Fly();
  // @ts-expect-error: it cannot be set
  ship.Name = 'y';
  // @ts-expect-error: the text may be null
  ship.Owner.length;
  // @ts-expect-error: not an enum's value
  ship.Defaults(1, '', 3);
  // @ts-expect-error: not what the array has
  ship.Sum('', 'one');
  // @ts-expect-error: a constant
  clr.getType('HostTests.Declared.Ship').MostCrew = 13;
  // @ts-expect-error: an argument is missing
  new (clr.getType('HostTests.Declared.Ship'))();
  // @ts-expect-error: functions are missing
  await clr.loadLibrary('declared', { Add: (a: number, b: number) => a + b });
  // @ts-expect-error: the wrong result
  await clr.loadLibrary('declared', { ...library, Twice: () => 'text' });
  // @ts-expect-error: no such module
  clr.setModuleImports('imported', { nested: { sum: (a: string) => a } });
}
