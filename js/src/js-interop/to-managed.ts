// JavaScript → C#: how a value is written into an argument. null and undefined are None, which C# reads as null or as its
// type's default. A value of another type or out of range is a TypeError or RangeError that names the place.

import { mismatch, outOfRange, writerOf as slotWriterOf, type Place } from '../marshal.js';
import { textOf } from '../text.js';
import type { Context } from './context.js';
import { ManagedObject } from './managed-objects.js';
import { MemoryView, typedArrayOf } from './memory-view.js';
import { isThenable, writeTask } from './promises.js';
import { argumentAt, kArgument, kFirst, Kind, plain, setElements, setHandle, setKind, type Type } from './protocol.js';
import { readerOf } from './to-js.js';

/** Writes a value into the argument at an address, whose kind is None until then; or throws. */
export type Write = (argument: number, value: unknown) => void;

/** A call from C# with a block of arguments. */
export type Callee = (block: number) => void;

/** Kinds that lie in an argument as they do in a slot of the C interface: their letters there (leanclr.h). */
const letters: Record<number, string> = {
  [Kind.Boolean]: 'z', [Kind.Byte]: 'B', [Kind.Int16]: 'h', [Kind.Int32]: 'i', [Kind.BigInt64]: 'l',
  [Kind.Single]: 'f', [Kind.Double]: 'd', [Kind.IntPtr]: 'p', [Kind.String]: 's',
};

/** How values become arguments of a type; undefined where there is nothing to write. */
export function writerOf(context: Context, type: Type, place: Place): Write | undefined {
  const kind = type.kind === Kind.Nullable ? type.result : type.kind;
  if (kind === Kind.None || kind === Kind.Void || kind === Kind.Discard || kind === Kind.DiscardNoWait) return undefined;
  const { memory } = context.instance;
  const write = valueWriter(context, kind, type, place);
  return (argument, value) => {
    if (value === null || value === undefined) setKind(memory, argument, Kind.None);
    else write(argument, value);
  };
}

function valueWriter(context: Context, kind: number, type: Type, place: Place): Write {
  const { instance, instance: { memory }, proxies } = context;
  const letter = letters[kind];
  if (letter) {
    const write = slotWriterOf(letter, instance, place);
    return (argument, value) => {
      write(argument, value);
      setKind(memory, argument, kind);
    };
  }
  switch (kind) {
    case Kind.Char:
      return charWriter(context, place);
    case Kind.Int52:
      return (argument, value) => {
        if (!Number.isSafeInteger(value)) {
          throw typeof value === 'number' && Number.isInteger(value)
            ? outOfRange(place, 'an integer of 53 bits', Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, value)
            : mismatch(place, 'an integer (System.Int64)', value);
        }
        writeNumber(context, argument, kind, value as number);
      };
    case Kind.DateTime: case Kind.DateTimeOffset:
      return (argument, value) => {
        if (!(value instanceof Date) || Number.isNaN(value.getTime())) throw mismatch(place, 'a valid Date', value);
        writeNumber(context, argument, kind, value.getTime());
      };
    case Kind.JSObject:
      return (argument, value) => {
        if (typeof value !== 'object' && typeof value !== 'function') throw mismatch(place, 'an object (JSObject)', value);
        if (proxies.gcHandleOf(value!) !== undefined) throw mismatch(place, 'an object of JavaScript\'s (JSObject)', value);
        writeObject(context, argument, value);
      };
    case Kind.Exception: case Kind.JSException:
      return (argument, value) => {
        if (typeof value !== 'object' && typeof value !== 'string') throw mismatch(place, 'an Error', value);
        writeException(context, argument, value);
      };
    case Kind.Task:
      return (argument, value) => {
        if (!isThenable(value)) throw mismatch(place, 'a Promise', value);
        const result = () => `${place()}: the promise's value`;
        writeTask(context, argument, value, writerOf(context, plain(type.result), result));
      };
    case Kind.Array:
      return (argument, value) => writeArray(context, argument, value, type.first, place);
    case Kind.Span: case Kind.ArraySegment:
      return (argument, value) => writeView(context, argument, value, kind, type.first, place);
    case Kind.Action: case Kind.Function:
      return functionWriter(context, type, place);
    case Kind.Object:
      return (argument, value) => writeAny(context, argument, value, place);
    default:
      return () => { throw new TypeError(`${place()}: C# wants a value of kind ${kind}, which this host does not know`); };
  }
}

/** A char is a string of one UTF-16 unit; its number does as well, as under .NET's own host. */
function charWriter({ instance }: Context, place: Place): Write {
  const writeText = slotWriterOf('c', instance, place);
  const writeCode = slotWriterOf('H', instance, place);
  return (argument, value) => {
    (typeof value === 'number' ? writeCode : writeText)(argument, value);
    setKind(instance.memory, argument, Kind.Char);
  };
}

function writeNumber({ instance: { memory } }: Context, argument: number, kind: number, value: number): void {
  memory.live().f64[argument >>> 3] = value;
  setKind(memory, argument, kind);
}

function writeObject({ instance: { memory }, proxies }: Context, argument: number, value: unknown): void {
  setHandle(memory, argument, proxies.jsHandleOf(value));
  setKind(memory, argument, Kind.JSObject);
}

/** What was thrown: C#'s own exception on its way back, otherwise a JSException, whatever the value is. */
export function writeException({ instance, proxies }: Context, argument: number, value: unknown): void {
  const { memory } = instance;
  const gcHandle = typeof value === 'object' && value !== null ? proxies.gcHandleOf(value) : undefined;
  if (gcHandle && value instanceof Error) {
    setHandle(memory, argument, gcHandle);
    setKind(memory, argument, Kind.Exception);
    return;
  }
  instance.lastHostError = value;
  // Kind and handle are set last: without memory for the message nothing is.
  const message = instance.newString(textOf(value));
  memory.live().u32[argument >>> 2] = message;
  setHandle(memory, argument, value === null || value === undefined ? 0 : proxies.jsHandleOf(value));
  setKind(memory, argument, Kind.JSException);
}

/** `object`: the value's own type decides. */
function writeAny(context: Context, argument: number, value: unknown, place: Place): void {
  const kind = kindOfValue(context, value);
  if (kind === undefined) throw mismatch(place, 'a value that C# has a type for', value);
  if (kind === Kind.Object) return writeManaged(context, argument, value as object, place);
  const first = elementKindOfValue(value);
  valueWriter(context, kind, { ...plain(kind), first, result: Kind.Object }, place)(argument, value);
}

function kindOfValue(context: Context, value: unknown): number | undefined {
  switch (typeof value) {
    case 'string': return Kind.String;
    case 'number': return Kind.Double;
    case 'boolean': return Kind.Boolean;
    case 'object': case 'function': break;
    default: return undefined;
  }
  if (context.proxies.gcHandleOf(value!) !== undefined) return value instanceof Error ? Kind.Exception : Kind.Object;
  if (value instanceof Date) return Kind.DateTime;
  if (value instanceof Error) return Kind.Exception;
  if (Array.isArray(value) || elementKindOfValue(value) !== Kind.Object) return Kind.Array;
  if (ArrayBuffer.isView(value) || value instanceof MemoryView) return undefined;
  return isThenable(value) ? Kind.Task : Kind.JSObject;
}

function elementKindOfValue(value: unknown): number {
  const found = [Kind.Byte, Kind.Int32, Kind.Double].find((kind) => value instanceof typedArrayOf(kind)!);
  return found ?? Kind.Object;
}

function writeManaged({ instance: { memory }, proxies }: Context, argument: number, value: object, place: Place): void {
  const gcHandle = proxies.gcHandleOf(value);
  if (!(value instanceof ManagedObject) || !gcHandle) throw mismatch(place, 'a value, or a live proxy of a C# object', value);
  setHandle(memory, argument, gcHandle);
  setKind(memory, argument, Kind.Object);
}

/** Copies the elements into memory that C# frees. */
function writeArray(context: Context, argument: number, value: unknown, elementKind: number, place: Place): void {
  const { instance, instance: { memory } } = context;
  const typed = typedArrayOf(elementKind);
  if (!Array.isArray(value) && !(typed && value instanceof typed)) {
    throw mismatch(place, typed ? `an Array or ${typed.name}` : 'an Array', value);
  }
  const values = value as unknown[];
  const bytes = Math.max(1, values.length * (typed ? typed.BYTES_PER_ELEMENT : kArgument));
  const address = instance.alloc(bytes);
  memory.bytes(address, bytes).fill(0);
  if (!typed) instance.enter(() => instance.exports.leanclr_add_roots(instance.runtime, address, bytes));
  try {
    const elementPlace = (index: number) => () => `${place()}[${index}]`;
    if (typed) copyNumbers(new typed(memory.live().u8.buffer, address, values.length), values as number[], elementPlace);
    else values.forEach((element, index) => writerOf(context, plain(elementKind), elementPlace(index))?.(argumentAt(address, index), element));
  } catch (error) {
    if (!typed) instance.enter(() => instance.exports.leanclr_remove_roots(instance.runtime, address));
    instance.free(address);
    throw error;
  }
  setElements(memory, argument, address, values.length, elementKind);
  setKind(memory, argument, Kind.Array);
}

type Numbers = { set(values: ArrayLike<number>): void; readonly [index: number]: number; readonly BYTES_PER_ELEMENT: number };

/** An ordinary array's elements must be numbers that the elements can hold. */
function copyNumbers(target: Numbers, values: number[], place: (index: number) => Place): void {
  target.set(values);
  if (!Array.isArray(values)) return;
  const round = target instanceof Float32Array ? Math.fround : (value: number) => value;
  const isHeld = (value: unknown, at: number) =>
    typeof value === 'number' && (at === round(value) || (Number.isNaN(at) && Number.isNaN(value)));
  const wrong = values.findIndex((value, index) => !isHeld(value, target[index]));
  if (wrong >= 0) throw mismatch(place(wrong), `an element of ${target.constructor.name}`, values[wrong]);
}

/** Only a view that C# gave can be given back. */
function writeView({ instance: { memory }, proxies }: Context, argument: number, value: unknown, kind: number, elementKind: number, place: Place): void {
  const gcHandle = value instanceof MemoryView ? proxies.gcHandleOf(value) : undefined;
  if (!(value instanceof MemoryView) || value.isDisposed || value.elementKind !== elementKind || (kind === Kind.ArraySegment && !gcHandle)) {
    throw mismatch(place, 'a live MemoryView of the same kind', value);
  }
  setElements(memory, argument, value.address, value.length, elementKind);
  if (gcHandle) setHandle(memory, argument, gcHandle);
  setKind(memory, argument, kind);
}

/** A function as a delegate: C# calls it with a block (InvokeJSFunction). */
function functionWriter(context: Context, type: Type, place: Place): Write {
  const { instance: { memory }, proxies } = context;
  const readers = [type.first, type.second, type.third].flatMap((kind) => readerOf(context, plain(kind)) ?? []);
  const write = writerOf(context, plain(type.result), () => `${place()}: the function's result`);
  return (argument, value) => {
    if (typeof value !== 'function') throw mismatch(place, 'a function', value);
    const callee = guarded(context, (block) => {
      const result: unknown = value(...readers.map((read, index) => read(argumentAt(block, kFirst + index))));
      write?.(argumentAt(block, 1), result);
    });
    setHandle(memory, argument, proxies.jsHandleOf(callee));
    setKind(memory, argument, Kind.Function);
  };
}

/** A callee whose errors become C#'s. */
export function guarded(context: Context, callee: Callee): Callee {
  return (block) => {
    try {
      callee(block);
    } catch (error) {
      if (context.instance.faulted) throw error;
      writeException(context, block, error);
    }
  };
}
