// Objects: boxed numbers, truth values, characters, dates and the like by their value, strings as strings, delegates as
// functions, everything else as proxies. A JavaScript object that C# takes as System.Object is a plain object there, which
// comes back as the same JavaScript object.

import { DisposedError, OutOfMemoryError } from '../errors.js';
import { mismatch, type Place, type Reader, type Writer } from '../marshal.js';
import { textOf, readString } from '../text.js';
import { Status } from '../exports.js';
import { functionOf } from './delegates.js';
import type { ExceptionIdentity } from '../instance.js';
import type { ManagedRef } from './handles.js';
import type { Shape } from './shapes.js';
import { isDate, specials } from './special.js';
import type { Values } from './values.js';

/** Where a box's value begins. */
export const kBoxValue = 8;

/** A zeroed object, or an array of that length. */
export function newObject({ instance }: Values, type: number, length = 0): number {
  const { exports, runtime } = instance;
  const object = instance.enter(() => exports.leanclr_new_object(runtime, type, length)) >>> 0;
  if (object !== 0) return object;
  const error = instance.error(Status.Error);
  throw error.kind === 'OutOfMemory' ? new OutOfMemoryError('OutOfMemory', `No memory for ${length > 0 ? `an array of ${length} elements` : 'an object'}.`) : error;
}

export function objectReader(values: Values): Reader {
  const { memory } = values;
  return (address) => readObject(values, memory.live().u32[address >>> 2]);
}

/** The JavaScript form of an object, by what it is. */
export function readObject(values: Values, object: number): unknown {
  if (object === 0) return null;
  const hosted = values.hosted.at(object);
  if (hosted !== undefined) return hosted instanceof Thrown ? hosted.value : hosted;
  const shape = values.shapes.of(values.memory.live().u32[object >>> 2]);
  if (shape.kind === 'P') {
    return shape.args[0] === 's' ? readString(values.memory, object) : values.fieldReader(shape.args[0])(object + kBoxValue);
  }
  if (shape.kind === 'V' && shape.definition in specials) return values.fieldReader(`t${shape.type};`)(object + kBoxValue);
  if (shape.kind === 'D') return functionOf(values, object);
  return values.proxyOf(object);
}

/** The address of the object behind a proxy; a proxy that was disposed of is an error. */
export function addressOf(ref: ManagedRef, place: Place): number {
  ref.instance.assertUsable();
  if (ref.handle === 0) throw new DisposedError(`${place()}: the C# ${ref.kind} was disposed of`);
  return ref.address;
}

/** The type that a value is boxed as. */
function boxedAs(value: unknown): string | undefined {
  switch (typeof value) {
    case 'boolean':
      return 'System.Boolean';
    case 'number':
      return 'System.Double';
    case 'bigint':
      return 'System.Int64';
    default:
      return isDate(value) ? 'System.DateTime' : undefined;
  }
}

export function objectWriter(values: Values, shape: Shape, place: Place): Writer {
  const { memory, shapes, refs, instance } = values;
  const expected = `an object (${shape.name})`;
  const isObject = shape.name === 'System.Object';
  const store = (address: number, object: number) => { memory.live().u32[address >>> 2] = object; };
  const accepts = (type: number) => isObject || shapes.isAssignable(shape.type, type);
  return (address, value) => {
    if (value === null) return store(address, 0);
    const ref = refs.of(value);
    if (ref) {
      const object = addressOf(ref, place);
      if (!accepts(memory.live().u32[object >>> 2])) throw mismatch(place, expected, `a ${shapes.of(memory.live().u32[object >>> 2]).name}`);
      return store(address, object);
    }
    if (typeof value === 'string' && accepts(values.named('System.String'))) return store(address, instance.newString(value));
    const boxName = boxedAs(value);
    if (boxName !== undefined) {
      const type = values.named(boxName);
      if (!accepts(type)) throw mismatch(place, expected, value);
      const box = newObject(values, type);
      store(address, box);
      const { kind, args } = shapes.of(type);
      return values.fieldWriter(kind === 'P' ? args[0] : `t${type};`, place)(box + kBoxValue, value);
    }
    if (isObject && (typeof value === 'object' || typeof value === 'function')) {
      return store(address, values.hosted.addressOf(value, shape.type, () => newObject(values, shape.type)));
    }
    if (shape.name === 'System.Exception') {
      if (value instanceof Error) return store(address, exceptionOf(values, value));
      if (value instanceof Thrown) return store(address, exceptionOf(values, value.value));
    }
    throw mismatch(place, expected, value);
  };
}

/** The C# exception for what JavaScript threw: the one that it came from, or a new JSException. */
export function exceptionOf(values: Values, error: unknown, stack = ''): number {
  const ref = values.refs.of(error);
  if (ref && ref.handle !== 0) return ref.address;
  const { instance } = values;
  const { exports, runtime } = instance;
  const exception = instance.withMemory([textOf(error), stack], 0, (_, message, trace) =>
    instance.enter(() => exports.leanclr_new_host_exception(runtime, message, trace))) >>> 0;
  if (exception === 0) throw instance.error(Status.Error);
  const isObject = typeof error === 'object' && error !== null || typeof error === 'function';
  values.hosted.set(exception, isObject ? error : new Thrown(error), kThrown);
  return exception;
}

/** HostedValues' type for what was thrown. */
const kThrown = -1;

/** Something thrown, of whatever kind, as an exception's value. */
export class Thrown {
  constructor(readonly value: unknown) {}
}

/** What makes errors and exceptions one, for Instance. */
export function exceptionIdentity(values: Values): ExceptionIdentity {
  return {
    causeOf: (exception) => {
      const hosted = values.hosted.at(exception);
      return hosted && { cause: hosted instanceof Thrown ? hosted.value : hosted };
    },
    adopt: (error, exception) => values.refs.attach(error, values.refs.hold(exception, 'exception')),
  };
}
