// What C# types are in JavaScript (docs/host.md, "Values"), as TypeScript: 'out' what JavaScript gets, 'in' what it may give.

import { parameterName, typeName, type Names } from './names.js';
import { definitionName, invokeOf, type Method, type Nullability, type Parameter, type Reflection, type Type } from './reflection.js';

export type Direction = 'out' | 'in';
const opposite = (direction: Direction): Direction => (direction === 'out' ? 'in' : 'out');

const kPrimitives: Record<string, string> = {
  'System.Void': 'void', 'System.Boolean': 'boolean', 'System.Char': 'string', 'System.SByte': 'number', 'System.Byte': 'number',
  'System.Int16': 'number', 'System.UInt16': 'number', 'System.Int32': 'number', 'System.UInt32': 'number', 'System.Int64': 'bigint',
  'System.UInt64': 'bigint', 'System.IntPtr': 'number', 'System.UIntPtr': 'number', 'System.Single': 'number', 'System.Double': 'number',
  'System.TimeSpan': 'number', 'System.Guid': 'string', 'System.DateTime': 'Date', 'System.DateTimeOffset': 'Date',
};
const kTypedArrays: Record<string, string> = {
  'System.SByte': 'Int8Array', 'System.Byte': 'Uint8Array', 'System.Int16': 'Int16Array', 'System.UInt16': 'Uint16Array', 'System.Int32': 'Int32Array',
  'System.UInt32': 'Uint32Array', 'System.IntPtr': 'Int32Array', 'System.UIntPtr': 'Uint32Array', 'System.Int64': 'BigInt64Array',
  'System.UInt64': 'BigUint64Array', 'System.Single': 'Float32Array', 'System.Double': 'Float64Array',
};
const kSpans = /^System\.(ReadOnly)?(Span|Memory|ArraySegment)`1$/;
const kTasks = /^System\.Threading\.Tasks\.(Value)?Task(`1)?$/;
/** What cannot be given, or not be got. */
export const kNever = 'never';

/** Who knows which classes, structs and interfaces the file declares. */
export interface Declarations {
  /** The name of a type without its arguments; undefined: it is not declared. */
  reference(type: Type, kind: 'object' | 'struct' | 'box'): string | undefined;
  /** Runs `body`, which is about members that `type` declares. */
  inside(type: Type, body: () => void): void;
}

export class ValueTypes {
  readonly names: Names;
  readonly #reflection: Reflection;
  readonly #declarations: Declarations;

  constructor(names: Names, reflection: Reflection, declarations: Declarations) {
    this.names = names;
    this.#reflection = reflection;
    this.#declarations = declarations;
  }

  /** A value of a type; `nullability` of it, undefined where nothing is known. */
  of(type: Type, nullability: Nullability | null | undefined, direction: Direction, isParameter = false): string {
    const state = direction === 'out' ? nullability?.ReadState : nullability?.WriteState;
    if (type.IsGenericParameter) {
      const name = typeName(type.Name);
      return (type.IsGenericMethodParameter ? `clr.TypeValue<${name}>` : name) + (state === 2 ? ' | null' : '');
    }
    if (type.IsPointer || type.IsFunctionPointer) return 'number';
    if (type.IsByRef) return direction === 'out' ? this.of(type.GetElementType(), nullability, direction) : kNever;
    const text = this.#plain(type, nullability, direction, isParameter);
    const mayBeNull = !type.IsValueType && state !== 1 && text !== 'unknown' && text !== kNever;
    return mayBeNull ? `${this.grouped(text)} | null` : text;
  }

  #plain(type: Type, nullability: Nullability | null | undefined, direction: Direction, isParameter: boolean): string {
    if (type.IsArray) return this.#array(type, nullability?.ElementType, direction);
    if (type.IsEnum) return this.#declarations.reference(type, 'struct') ?? kPrimitives[type.GetEnumUnderlyingType().FullName!];
    const name = definitionName(type);
    const primitive = kPrimitives[name];
    if (primitive) return primitive === 'Date' ? this.names.global('Date') : primitive;
    const args = type.IsGenericType ? type.GetGenericArguments() : [];
    const argument = (index: number, way = direction) => this.of(args[index], nullability?.GenericTypeArguments[index], way);
    switch (name) {
      case 'System.String': return 'string';
      case 'System.Object': return 'unknown';
      case 'System.Decimal': return direction === 'out' ? 'string' : 'string | number | bigint';
      case 'System.Nullable`1': return `${this.grouped(this.of(args[0], nullability, direction))} | null`;
      case 'System.Exception':
        return this.#object(type, nullability) + (direction === 'in' ? ` | ${this.names.global('Error')}` : '');
    }
    if (kTasks.test(name)) {
      const result = args.length === 0 ? 'void' : argument(0);
      const promise = `${this.names.global('Promise')}<${result}>`;
      return direction === 'in' ? `${promise} | ${this.grouped(result)}` : promise;
    }
    const span = kSpans.exec(name);
    if (span) return this.#span(name, span[2], args[0], nullability?.GenericTypeArguments[0], direction, isParameter);
    const invoke = invokeOf(type);
    if (invoke) return this.delegate(type, nullability, direction);
    if (type.IsByRefLike) return kNever;
    return type.IsValueType ? this.#struct(type, nullability) : this.#object(type, nullability);
  }

  /** Declarations' inside. */
  inside(type: Type, body: () => void): void {
    this.#declarations.inside(type, body);
  }

  #arrayClass(element: Type): string | undefined {
    if (element.IsPointer || element.IsFunctionPointer) return this.names.global('Uint32Array');
    const found = element.IsGenericParameter ? undefined : kTypedArrays[(element.IsEnum ? element.GetEnumUnderlyingType() : element).FullName ?? ''];
    return found && this.names.global(found);
  }

  #array(type: Type, nullability: Nullability | null | undefined, direction: Direction): string {
    if (!type.IsSZArray) return 'clr.ManagedObject';
    return this.elements(type.GetElementType(), nullability, direction);
  }

  /** Several values of a type in a row. */
  elements(element: Type, nullability: Nullability | null | undefined, direction: Direction): string {
    const arrayClass = this.#arrayClass(element);
    const text = this.of(element, nullability, direction);
    if (direction === 'out') return arrayClass ?? `${this.grouped(text)}[]`;
    const list = `readonly ${this.grouped(text)}[]`;
    return arrayClass ? `${arrayClass} | ${list}` : list;
  }

  #span(name: string, kind: string, element: Type, nullability: Nullability | undefined, direction: Direction, isParameter: boolean): string {
    if (element.FullName === 'System.Char' && name.startsWith('System.ReadOnly')) return direction === 'out' ? 'string' : 'string | readonly string[]';
    if (direction === 'in' && kind === 'Span' && !isParameter) return kNever;
    const elements = this.elements(element, nullability, direction);
    if (!this.#arrayClass(element)) return elements;
    const view = `clr.MemoryView<${this.of(element, nullability, 'out')}>`;
    if (direction === 'in') return `${elements} | ${view}`;
    return kind === 'Span' && !isParameter ? elements : view;
  }

  #arguments(type: Type, nullability: Nullability | null | undefined): string {
    if (!type.IsGenericType) return '';
    const texts = type.GetGenericArguments().map((argument, index) => this.of(argument, nullability?.GenericTypeArguments[index], 'out'));
    return `<${texts.join(', ')}>`;
  }

  #struct(type: Type, nullability: Nullability | null | undefined): string {
    const isBuffer = this.#reflection.has(type, 'System.Runtime.CompilerServices.InlineArrayAttribute');
    if (isBuffer) return this.elements(type.GetFields(4 | 16 | 32)[0].FieldType, undefined, 'out');
    return this.#declarations.reference(type, 'struct')! + this.#arguments(type, nullability);
  }

  #object(type: Type, nullability: Nullability | null | undefined): string {
    const name = this.#declarations.reference(type, 'object');
    return name === undefined ? 'clr.ManagedObject' : name + this.#arguments(type, nullability);
  }

  /** An object that a value was boxed as: structs are proxies then. */
  boxed(type: Type, nullability: Nullability | null | undefined): string {
    const text = this.of(type, nullability, 'out');
    if (!type.IsValueType || type.IsEnum || type.IsGenericParameter || definitionName(type) in kPrimitives) return text;
    if (/^System\.(Decimal|Nullable`1)$/.test(definitionName(type))) return text;
    return this.#declarations.reference(type, 'box')! + this.#arguments(type, nullability);
  }

  /** A delegate: a function that JavaScript calls ('out') or makes ('in'). */
  delegate(type: Type, nullability: Nullability | null | undefined, direction: Direction): string {
    const invoke = invokeOf(type)!;
    const open = type.IsGenericType ? invokeOf(type.GetGenericTypeDefinition())! : invoke;
    const args = type.IsGenericType ? type.GetGenericArguments() : [];
    const value = (parameter: Parameter, declared: Parameter, way: Direction, isParameter: boolean): string => {
      const { ParameterType: formal } = declared;
      if (formal.IsGenericParameter) return this.of(args[formal.GenericParameterPosition], nullability?.GenericTypeArguments[formal.GenericParameterPosition], way);
      return isParameter ? this.parameter(parameter, way) : this.of(parameter.ParameterType, this.#reflection.nullability(parameter), way);
    };
    const formals = open.GetParameters();
    const parameters = invoke.GetParameters().map((parameter, index) =>
      `${parameterName(parameter.Name ?? `arg${index + 1}`)}: ${value(parameter, formals[index], opposite(direction), true)}`);
    const fn = `(${parameters.join(', ')}) => ${value(invoke.ReturnParameter, open.ReturnParameter, direction, false)}`;
    return direction === 'out' ? `clr.Delegate<${fn}>` : fn;
  }

  /** A parameter; those by reference are boxes. */
  parameter(parameter: Parameter, direction: Direction): string {
    const { ParameterType: type } = parameter;
    const nullability = this.#reflection.nullability(parameter);
    if (!type.IsByRef) return this.of(type, nullability, direction, true);
    const box = `clr.Box<${this.of(type.GetElementType(), nullability, 'out')}>`;
    return direction === 'in' && parameter.IsOut && !parameter.IsIn ? `Partial<${box}>` : box;
  }

  /** One element of a `params` array. */
  element(parameter: Parameter, direction: Direction): string {
    return this.of(parameter.ParameterType.GetElementType(), this.#reflection.nullability(parameter)?.ElementType, direction);
  }

  result(method: Method, direction: Direction): string {
    return this.of(method.ReturnType, this.#reflection.nullability(method.ReturnParameter), direction);
  }

  /** In parentheses where something is to follow. */
  grouped(text: string): string {
    return /=>|[|&]/.test(text.replace(/<[^<>]*(<[^<>]*>[^<>]*)*>/g, '')) || text.startsWith('readonly ') ? `(${text})` : text;
  }
}
