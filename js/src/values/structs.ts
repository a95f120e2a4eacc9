// Structs as plain objects: copied in, and written from any object that has the fields. Fixed buffers, which C# compiles to a
// struct with its first element alone, are arrays.

import { mismatch, type Place, type Reader, type Writer } from '../marshal.js';
import { elementsReader, elementsWriter } from './arrays.js';
import type { FieldShape, Shape } from './shapes.js';
import type { Values } from './values.js';

/** The element of a struct that is several of its one field in a row. */
function bufferOf(values: Values, shape: Shape): { type: string; count: number } | undefined {
  if (shape.fields.length !== 1 || shape.fields[0].offset !== 0) return undefined;
  const { type } = shape.fields[0];
  const size = values.shapes.sizeOf(type);
  return size < shape.size && shape.size % size === 0 ? { type, count: shape.size / size } : undefined;
}

export function structReader(values: Values, shape: Shape): Reader {
  const buffer = bufferOf(values, shape);
  if (buffer) {
    const read = elementsReader(values, buffer.type);
    return (address) => read(address, buffer.count);
  }
  const fields = shape.fields.map(({ name, offset, type }) => ({ name: values.jsName(name), offset, read: values.fieldReader(type) }));
  return (address) => {
    const value: Record<string, unknown> = {};
    for (const { name, offset, read } of fields) value[name] = read(address + offset);
    return value;
  };
}

export function structWriter(values: Values, shape: Shape, place: Place): Writer {
  const buffer = bufferOf(values, shape);
  if (buffer) return bufferWriter(values, shape, buffer, place);
  const fields = shape.fields.map((field) => fieldWriter(values, field, place));
  return (address, value) => {
    if (typeof value !== 'object' || value === null) throw mismatch(place, `an object with the fields of ${shape.name}`, value);
    values.memory.bytes(address, shape.size).fill(0); // what lies between fields, and references that were there
    for (const { name, offset, write, where } of fields) {
      const member = (value as Record<string, unknown>)[name];
      if (member === undefined && !(name in value)) throw new TypeError(`${where()}: the field is missing`);
      write(address + offset, member);
    }
  };
}

function fieldWriter(values: Values, { name, offset, type }: FieldShape, place: Place) {
  const own = values.jsName(name);
  const where = () => `${place()}.${own}`;
  return { name: own, offset, where, write: values.fieldWriter(type, where) };
}

function bufferWriter(values: Values, shape: Shape, { type, count }: { type: string; count: number }, place: Place): Writer {
  const write = elementsWriter(values, type, place);
  return (address, value) => {
    const { length } = (value ?? {}) as ArrayLike<unknown>;
    if (length !== count) throw mismatch(place, `${count} elements (${shape.name})`, value);
    write(address, value, count);
  };
}
