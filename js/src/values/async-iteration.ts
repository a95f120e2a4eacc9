// IAsyncEnumerable<T> as JavaScript's async iterators. Loaded when the first one is iterated.

import { managedCaller, signatureOf } from './calls.js';
import { kDefault } from './defaults.js';
import { membersOf } from './members.js';
import type { Values } from './values.js';

/** Iterates over the object of a proxy by an instance of IAsyncEnumerable<T>. */
export async function* iterateAsync(values: Values, proxy: object, type: number): AsyncGenerator<unknown> {
  const caller = (owner: number, name: string) => {
    const { method } = membersOf(values, owner).methods.find((each) => each.name === name)!;
    const call = managedCaller(values, { name: `${values.shapes.of(owner).name}.${name}`, method, signature: signatureOf(values, method), isInstance: true, isVirtual: true });
    return (self: object, ...args: unknown[]) => call(values.refs.of(self)!.address, args);
  };
  const argument = Number(values.shapes.of(type).args[0].slice(1, -1));
  const enumeratorType = values.shapes.instantiate(values.named('System.Collections.Generic.IAsyncEnumerator`1'), [argument]);
  const enumerator = caller(type, 'GetAsyncEnumerator')(proxy, kDefault) as object; // no CancellationToken
  const moveNext = caller(enumeratorType, 'MoveNextAsync'), current = caller(enumeratorType, 'get_Current');
  try {
    while (await moveNext(enumerator)) yield current(enumerator);
  } finally {
    await caller(values.named('System.IAsyncDisposable'), 'DisposeAsync')(enumerator);
  }
}
