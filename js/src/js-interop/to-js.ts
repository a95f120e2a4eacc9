// C# → JavaScript: what an argument that C# has written is here. C# has checked the values; an argument of kind None is null.

import { readString } from '../text.js';
import type { Context } from './context.js';
import { ManagedObject, managedErrorClass } from './managed-objects.js';
import { MemoryView, typedArrayOf } from './memory-view.js';
import { readTask } from './promises.js';
import {
  addressOf, argumentAt, elementKindOf, handleOf, kFirst, Kind, kindOf, lengthOf, plain, type Type,
} from './protocol.js';
import { writerOf, type Write } from './to-managed.js';

/** The value of the argument at an address. */
export type Read = (argument: number) => unknown;

/** How arguments of a type are read; undefined where there is nothing to read. */
export function readerOf(context: Context, type: Type): Read | undefined {
  const { memory } = context.instance;
  const kind = type.kind === Kind.Nullable ? type.result : type.kind;
  if (kind === Kind.None || kind === Kind.Void || kind === Kind.Discard || kind === Kind.DiscardNoWait) return undefined;
  const read = valueReader(context, kind, type);
  return (argument) => (kindOf(memory, argument) === Kind.None ? null : read(argument));
}

function valueReader(context: Context, kind: number, type: Type): Read {
  const { memory } = context.instance;
  switch (kind) {
    case Kind.Boolean:
      return (argument) => memory.live().u8[argument >>> 0] !== 0;
    case Kind.Byte:
      return (argument) => memory.live().u8[argument >>> 0];
    case Kind.Char:
      return (argument) => String.fromCharCode(memory.live().u16[argument >>> 1]);
    case Kind.Int16:
      return (argument) => (memory.live().u16[argument >>> 1] << 16) >> 16;
    case Kind.Int32:
      return (argument) => memory.live().i32[argument >>> 2];
    case Kind.IntPtr:
      return (argument) => addressOf(memory, argument);
    case Kind.BigInt64:
      return (argument) => memory.live().i64[argument >>> 3];
    case Kind.Single:
      return (argument) => memory.live().f32[argument >>> 2];
    case Kind.Double: case Kind.Int52:
      return (argument) => memory.live().f64[argument >>> 3];
    case Kind.DateTime: case Kind.DateTimeOffset:
      return (argument) => new Date(memory.live().f64[argument >>> 3]);
    case Kind.String:
      return (argument) => readString(memory, addressOf(memory, argument));
    case Kind.JSObject:
      return (argument) => context.proxies.object(handleOf(memory, argument));
    case Kind.Exception: case Kind.JSException:
      return (argument) => readException(context, argument);
    case Kind.Task: case Kind.TaskResolved: case Kind.TaskRejected:
      return (argument) => readTask(context, argument, readerOf(context, plain(type.result)));
    case Kind.Array:
      return (argument) => readArray(context, argument, type.first);
    case Kind.Span: case Kind.ArraySegment:
      return (argument) => readView(context, argument, kind, type.first);
    case Kind.Action: case Kind.Function:
      return functionReader(context, type);
    case Kind.Object:
      return (argument) => readAny(context, argument);
    default:
      return () => { throw new TypeError(`C# gives a value of kind ${kind}, which this host does not know.`); };
  }
}

/** A value whose type only the argument tells. */
export function readAny(context: Context, argument: number): unknown {
  const { memory } = context.instance;
  const kind = kindOf(memory, argument);
  if (kind === Kind.None || kind === Kind.Void) return null;
  if (kind === Kind.Object) return readObject(context, argument);
  return valueReader(context, kind, { ...plain(kind), first: elementKindOf(memory, argument), result: Kind.Object })(argument);
}

function readObject(context: Context, argument: number): object | null {
  const { memory } = context.instance;
  const gcHandle = handleOf(memory, argument);
  if (gcHandle === 0) return null;
  const known = context.proxies.proxy(gcHandle);
  if (known) return known;
  const made = new ManagedObject(context.proxies, gcHandle);
  context.proxies.adopt(gcHandle, made);
  return made;
}

/** The error for an exception: JavaScript's own on its way back, otherwise a ManagedError. */
export function readException(context: Context, argument: number): unknown {
  const { memory } = context.instance;
  if (kindOf(memory, argument) === Kind.JSException) return context.proxies.object(handleOf(memory, argument));
  const gcHandle = handleOf(memory, argument);
  const known = context.proxies.proxy(gcHandle);
  if (known) return known;
  const message = readString(memory, addressOf(memory, argument)) ?? '';
  const error = new (managedErrorClass(context))(message);
  context.proxies.adopt(gcHandle, error);
  return error;
}

/** A copy of an array's elements; the memory was C#'s to give and is JavaScript's to free. */
function readArray(context: Context, argument: number, elementKind: number): unknown {
  const { instance } = context;
  const { memory } = instance;
  const address = addressOf(memory, argument);
  const length = lengthOf(memory, argument);
  try {
    const elements = typedArrayOf(elementKind);
    if (elements) return memory.copy(elements, address, length);
    const read = readerOf(context, plain(elementKind)) ?? (() => null);
    return Array.from({ length }, (_, index) => read(argumentAt(address, index)));
  } finally {
    instance.enter(() => instance.exports.leanclr_remove_roots(instance.runtime, address));
    instance.free(address);
  }
}

function readView(context: Context, argument: number, kind: number, elementKind: number): MemoryView {
  const { instance, instance: { memory }, proxies } = context;
  const isSegment = kind === Kind.ArraySegment;
  const view = new MemoryView(instance, addressOf(memory, argument), lengthOf(memory, argument), elementKind,
    (ended) => { if (isSegment) proxies.dispose(ended); });
  if (isSegment) proxies.adopt(handleOf(memory, argument), view);
  return view;
}

/** A delegate as a function; `dispose()` lets C# forget it before the collector would. */
function functionReader(context: Context, type: Type): Read {
  const { instance: { memory }, managed, proxies } = context;
  const place = (index: number) => () => `C# delegate: argument ${index + 1}`;
  const writers = [type.first, type.second, type.third]
    .map((kind, index) => writerOf(context, plain(kind), place(index)))
    .filter((write): write is Write => write !== undefined);
  const read = readerOf(context, plain(type.result)) ?? (() => undefined);
  return (argument) => {
    const gcHandle = handleOf(memory, argument);
    const known = proxies.proxy(gcHandle);
    if (known) return known;
    const proxy = (...values: unknown[]) => {
      if (proxies.gcHandleOf(proxy) === 0) throw new Error('The C# delegate is disposed.');
      return managed.callExport(context, 'CallDelegate', gcHandle, 1 + writers.length,
        (block) => writers.forEach((write, index) => write(argumentAt(block, kFirst + 1 + index), values[index])),
        (block) => read(argumentAt(block, 1)));
    };
    proxies.adopt(gcHandle, proxy);
    return Object.defineProperties(proxy, {
      dispose: { value: () => proxies.dispose(proxy) },
      isDisposed: { get: () => proxies.gcHandleOf(proxy) === 0 },
    });
  };
}
