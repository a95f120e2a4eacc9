// Shapes: what the runtime tells of a type (leanclr_type_shape), asked for once per type. The value texts in signatures and
// shapes are letters, or 't', a type's address and ';'.

import { Status } from '../exports.js';
import type { Instance } from '../instance.js';
import { bytesOf } from '../marshal.js';
import { readCString } from '../text.js';

export interface FieldShape {
  name: string;
  offset: number;
  /** The value text of its type. */
  type: string;
}

export interface Shape {
  /** The type's address, which identifies it. */
  type: number;
  /** P primitive, enum or string, V value type, C class, I interface, D delegate, A vector, M other array, & byref. */
  kind: string;
  /** "System.Nullable`1[System.Int32]" */
  name: string;
  /** The name without generic arguments: "System.Nullable`1". */
  definition: string;
  /** Bytes of the value; of an element, or of what a byref is of. */
  size: number;
  /** The base type's value text, or ''. */
  parent: string;
  /** P: its letter. Of an array, a byref and Nullable the element; else the generic arguments. */
  args: string[];
  fields: FieldShape[];
  /** Of a delegate: Invoke. */
  invoke?: { signature: string; method: number };
}

/** One value of a signature, with what its declaration says of the direction. */
export interface Parameter {
  type: string;
  /** [Out] */
  out: boolean;
  /** [In] */
  in: boolean;
}

/** The values of a text, one after the other. */
export function valuesOf(text: string): string[] {
  return text.match(/t\d+;|[^<>]/g) ?? [];
}

/** A signature's parameters; [0] is the result. */
export function parametersOf(signature: string): Parameter[] {
  return Array.from(signature.matchAll(/([<>]*)(t\d+;|.)/g), ([, marks, type]) => ({ type, out: marks.includes('<'), in: marks.includes('>') }));
}

/** A struct of .NET's own that has such a field. */
export function fieldOf(shape: Shape, name: string): FieldShape {
  const found = shape.fields.find((field) => field.name === name);
  if (!found) throw new TypeError(`${shape.name} has no field ${name}: not the class library that this version is made for`);
  return found;
}

/** What a type's address looks like as a value text. */
export const textOfType = (type: number): string => `t${type};`;
/** The address in a value text that is no letter. */
export const typeOfText = (text: string): number => Number(text.slice(1, -1));

export class Shapes {
  readonly #byType = new Map<number, Shape>();
  readonly #byName = new Map<string, number>();
  readonly #assignable = new Map<number, Map<number, boolean>>();
  readonly #instance: Instance;

  constructor(instance: Instance) {
    this.#instance = instance;
  }

  /** Errors: what the runtime says of a type that cannot be loaded. */
  of(type: number): Shape {
    const known = this.#byType.get(type);
    if (known) return known;
    const shape = this.#parse(type, this.text(this.#instance.exports.leanclr_type_shape, type));
    this.#byType.set(type, shape);
    return shape;
  }

  /** The shape behind a value text that is no letter. */
  ofText(text: string): Shape {
    return this.of(typeOfText(text));
  }

  /** A generic argument as a value text, which has a letter where the type does. */
  valueText(argument: string): string {
    if (argument.length === 1) return argument;
    const shape = this.ofText(argument);
    return shape.kind === 'P' ? shape.args[0] : argument;
  }

  /** Bytes of a value in memory. */
  sizeOf(text: string): number {
    if (text.length === 1) return bytesOf(text);
    const { kind, size } = this.ofText(text);
    return kind === 'V' ? size : 4;
  }

  /** Bytes of a value in slots. */
  slotBytesOf(text: string): number {
    return text.length === 1 ? 8 : Math.max(1, Math.ceil(this.sizeOf(text) / 8)) * 8;
  }

  /** The address of the type of that name. Errors: what the runtime says when there is none. */
  named(name: string): number {
    let type = this.#byName.get(name);
    if (type === undefined) {
      type = this.#instance.withMemory([name], 0, (_, text) => this.#found((runtime) => this.#instance.exports.leanclr_find_type(runtime, text)));
      this.#byName.set(name, type);
    }
    return type;
  }

  /** An instance of a generic type. */
  instantiate(definition: number, args: readonly number[]): number {
    return this.#withTypes(args, (list) => this.#found((runtime) =>
      this.#instance.exports.leanclr_instantiate_type(runtime, definition, list, args.length)));
  }

  /** The type of arrays of an element type. */
  arrayOf(element: number): number {
    return this.#found((runtime) => this.#instance.exports.leanclr_vector_type(runtime, element));
  }

  /** An instance of a generic method. */
  instantiateMethod(definition: number, args: readonly number[]): number {
    return this.#withTypes(args, (list) => this.#found((runtime) =>
      this.#instance.exports.leanclr_instantiate_method(runtime, definition, list, args.length)));
  }

  #withTypes<T>(types: readonly number[], use: (list: number) => T): T {
    return this.#instance.withMemory([], types.length, (list) => {
      this.#instance.memory.live().u32.set(types, list >>> 2);
      return use(list);
    });
  }

  /** Whether a `target` variable may hold an object of type `source`. */
  isAssignable(target: number, source: number): boolean {
    if (target === source) return true;
    let answers = this.#assignable.get(target);
    if (!answers) this.#assignable.set(target, answers = new Map());
    let answer = answers.get(source);
    if (answer === undefined) {
      const { exports, runtime } = this.#instance;
      answer = this.#instance.enter(() => exports.leanclr_is_assignable(runtime, target, source)) !== 0;
      answers.set(source, answer);
    }
    return answer;
  }

  /** What an export says of a type. */
  text(ask: (runtime: number, type: number) => number, type: number): string {
    return readCString(this.#instance.memory, this.#found((runtime) => ask(runtime, type)));
  }

  #found(ask: (runtime: number) => number): number {
    const answer = this.#instance.enter(() => ask(this.#instance.runtime)) >>> 0;
    if (answer === 0) throw this.#instance.error(Status.Error);
    return answer;
  }

  #parse(type: number, text: string): Shape {
    const [kind, name, size, parent, args, ...rest] = text.split('\n');
    const bracket = kind === 'A' || kind === 'M' ? -1 : name.indexOf('[');
    const shape: Shape = {
      type, kind, name, definition: bracket < 0 ? name : name.slice(0, bracket), size: Number(size), parent, args: valuesOf(args), fields: [],
    };
    if (kind === 'D') {
      const [signature, method] = rest[0].split(' ');
      shape.invoke = { signature, method: Number(method) };
    } else {
      shape.fields = rest.map(parseField);
    }
    return shape;
  }
}

/** "offset value name"; an automatic property's field goes by the property's name. */
export function parseField(line: string): FieldShape {
  const [offset, type, ...name] = line.split(' ');
  return { offset: Number(offset), type, name: name.join(' ').replace(/^<(.*)>k__BackingField$/, '$1') };
}
