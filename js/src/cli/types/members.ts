// The members of a C# type as getType gives them, by their JavaScript names: what a class declares itself, over what its base
// type has, and what it has through an interface alone.

import { memberId, methodId, type Docs } from './docs.js';
import { memberName, parameterName, typeName } from './names.js';
import { definitionName, kDeclared, type Event, type Field, type Method, type Parameter, type Property, type Reflection, type Type } from './reflection.js';
import { kNever, type ValueTypes } from './values.js';

export interface Signature {
  /** What tells overloads apart. */
  parameters: string;
  result: string;
  /** Of a generic method: its type parameters. */
  generics: string;
  docs: string;
}

/** Something with a name: overloads of a method, or one value. */
export type Member =
  | { kind: 'method'; signatures: Signature[]; self: string }
  | { kind: 'value'; get?: string; set?: string; docs: string };
export type Table = Map<string, Member>;

export interface MemberSettings {
  camelCase: boolean;
}

export class Members {
  readonly #values: ValueTypes;
  readonly #reflection: Reflection;
  readonly #camelCase: boolean;

  constructor(values: ValueTypes, reflection: Reflection, { camelCase }: MemberSettings) {
    this.#values = values;
    this.#reflection = reflection;
    this.#camelCase = camelCase;
  }

  jsName(name: string): string {
    return this.#camelCase ? name[0].toLowerCase() + name.slice(1) : name;
  }

  /** All instance members, the base types' included. `self`: the text of the type for `this`. */
  instance(type: Type, self: string): Table {
    const table: Table = type.BaseType ? this.instance(type.BaseType, self) : new Map();
    this.#declared(type, false, self, table);
    for (const each of type.IsInterface ? [type, ...type.GetInterfaces()] : type.GetInterfaces()) this.#throughInterface(type, each, self, table);
    if (type.FullName === 'System.Object') {
      table.set('toString', { kind: 'method', self, signatures: [{ parameters: '', result: 'string', generics: '', docs: '' }] });
      table.set('[Symbol.dispose]', { kind: 'method', self, signatures: [{ parameters: '', result: 'void', generics: '', docs: '' }] });
    }
    return table;
  }

  /** All static members but System.Object's. */
  static(type: Type): Table {
    const { BaseType: base } = type;
    const table: Table = base && base.FullName !== 'System.Object' && !type.IsValueType ? this.static(base) : new Map();
    this.#declared(type, true, '', table);
    return table;
  }

  /** What a plain object has for a struct, private fields too. */
  fields(type: Type): Table {
    const table: Table = new Map();
    for (const field of type.GetFields(4 | 16 | 32)) {
      const name = field.Name.replace(/^<(.*)>k__BackingField$/, '$1');
      const buffer = this.#reflection.argumentsOf(field, 'System.Runtime.CompilerServices.FixedBufferAttribute');
      const text = buffer ? this.#values.elements(buffer[0] as Type, undefined, 'out')
        : this.#values.of(field.FieldType, this.#reflection.nullability(field), 'out');
      table.set(this.jsName(name), { kind: 'value', get: text, set: text, docs: name === field.Name ? memberId(field) : memberId(field).replace(/^F:(.*)\.<(.*)>k__BackingField$/, 'P:$1.$2') });
    }
    return table;
  }

  #throughInterface(type: Type, contract: Type, self: string, table: Table): void {
    const name = definitionName(contract);
    if (name === 'System.Collections.IEnumerable') {
      const typed = type.GetInterfaces().concat(type).find((each) => definitionName(each) === 'System.Collections.Generic.IEnumerable`1');
      const element = typed ? this.#values.boxed(typed.GetGenericArguments()[0], kNotNull) : 'unknown';
      this.#iterator(table, self, '[Symbol.iterator]', 'IterableIterator', element);
    }
    if (name === 'System.Collections.Generic.IAsyncEnumerable`1') {
      this.#iterator(table, self, '[Symbol.asyncIterator]', 'AsyncIterableIterator', this.#values.of(contract.GetGenericArguments()[0], kNotNull, 'out'));
    }
    const missing: Table = new Map();
    this.#declared(contract, false, self, missing);
    for (const [member, value] of missing) if (!table.has(member)) table.set(member, value);
  }

  #iterator(table: Table, self: string, name: string, iterator: string, element: string): void {
    const result = `${this.#values.names.global(iterator)}<${element}>`;
    table.set(name, { kind: 'method', self, signatures: [{ parameters: '', result, generics: '', docs: '' }] });
  }

  /** What a type declares itself; its overloads stand before those of base types, which they hide. */
  #declared(type: Type, isStatic: boolean, self: string, table: Table): void {
    const own: Table = new Map();
    this.#values.inside(type, () => this.#addDeclared(own, type, isStatic, self, table));
    for (const [name, member] of own) {
      const inherited = table.get(name);
      if (member.kind === 'method' && inherited?.kind === 'method') {
        const known = new Set(member.signatures.map(typesOf));
        member.signatures.push(...inherited.signatures.filter((each) => !known.has(typesOf(each))));
      }
      table.set(name, member);
    }
  }

  #addDeclared(own: Table, type: Type, isStatic: boolean, self: string, inherited: Table): void {
    for (const method of type.GetMethods(kDeclared)) {
      if (method.IsStatic === isStatic && !(method.IsSpecialName && /^(get|set|add|remove)_/.test(method.Name))) {
        const name = this.jsName(method.Name), formals = method.GetParameters();
        this.#addMethod(own, name, this.#signature(method), self);
        const hasList = formals.length > 0 && this.#isList(formals[formals.length - 1]);
        if (hasList) this.#addMethod(own, name, this.#signature(method, undefined, true), self);
      }
    }
    for (const property of type.GetProperties(kDeclared)) this.#addProperty(own, property, isStatic, self, inherited);
    for (const event of type.GetEvents(kDeclared)) this.#addEvent(own, event, isStatic);
    for (const field of type.GetFields(kDeclared)) if (field.IsStatic === isStatic) this.#addField(own, field);
  }

  /** A `params` array. */
  #isList(parameter: Parameter): boolean {
    return parameter.ParameterType.IsSZArray && this.#reflection.has(parameter, 'System.ParamArrayAttribute');
  }

  /** With those that take the elements of a `params` array. */
  constructors(type: Type, result: string): Signature[] {
    const found = type.GetConstructors(4 | 16).flatMap((constructor) => {
      const formals = constructor.GetParameters();
      const ways = formals.length > 0 && this.#isList(formals[formals.length - 1]) ? [false, true] : [false];
      return ways.map((rest) => ({ ...this.#signature(constructor, methodId(constructor, '.ctor'), rest), result }));
    });
    const usable = found.filter(({ parameters }) => !hasNever(parameters));
    if (type.IsValueType && !usable.some(({ parameters }) => parameters === '')) usable.unshift({ parameters: '', result, generics: '', docs: '' });
    return usable;
  }

  #signature(method: Method, docs = methodId(method), rest = false): Signature {
    const formals = method.GetParameters();
    const last = formals[formals.length - 1];
    const isList = rest && last && this.#isList(last);
    const required = formals.findLastIndex((parameter) => !parameter.IsOptional && !(isList && parameter === last));
    const parameters = formals.map((parameter, index) => {
      const name = parameterName(parameter.Name ?? `arg${index + 1}`);
      if (isList && parameter === last) return `...${name}: ${this.#values.grouped(this.#values.element(parameter, 'in'))}[]`;
      return `${name}${index > required ? '?' : ''}: ${this.#values.parameter(parameter, 'in')}`;
    });
    const generics = method.IsGenericMethod ? method.GetGenericArguments().map(({ Name }) => typeName(Name)).join(', ') : '';
    const result = method.ReturnType ? this.#values.result(method, 'out') : 'void';
    return { parameters: parameters.join(', '), result, generics, docs };
  }

  #addMethod(table: Table, name: string, signature: Signature, self: string): void {
    if (hasNever(signature.parameters) || signature.result === kNever) return;
    const known = table.get(name);
    if (known?.kind === 'method') known.signatures.push(signature);
    else table.set(name, { kind: 'method', self, signatures: [signature] });
  }

  #addProperty(table: Table, property: Property, isStatic: boolean, self: string, inherited: Table): void {
    const getter = property.GetGetMethod(), setter = property.GetSetMethod();
    if ((getter ?? setter)?.IsStatic !== isStatic) return;
    if (property.GetIndexParameters().length > 0) {
      if (getter) this.#addMethod(table, 'item', this.#signature(getter, memberId(property)), self);
      if (setter) this.#addMethod(table, this.jsName(`set_${property.Name}`), this.#signature(setter, memberId(property)), self);
      return;
    }
    const nullability = this.#reflection.nullability(property);
    const name = this.jsName(property.Name);
    const known = inherited.get(name);
    const old = known?.kind === 'value' ? known : undefined;
    const get = getter ? this.#values.of(property.PropertyType, nullability, 'out') : old?.get;
    const set = setter ? this.#values.of(property.PropertyType, nullability, 'in') : old?.set;
    if (get === kNever || set === kNever) return;
    table.set(name, { kind: 'value', get, set, docs: memberId(property) });
  }

  #addEvent(table: Table, event: Event, isStatic: boolean): void {
    if (event.GetAddMethod()?.IsStatic !== isStatic) return;
    const handler = this.#values.delegate(event.EventHandlerType, this.#reflection.nullability(event), 'in');
    table.set(this.jsName(event.Name), { kind: 'value', get: `clr.ManagedEvent<${handler}>`, docs: memberId(event) });
  }

  #addField(table: Table, field: Field): void {
    if (field.Name === 'value__') return;
    if (field.IsLiteral) {
      table.set(this.jsName(field.Name), { kind: 'value', get: literal(field.GetRawConstantValue(), field.FieldType.FullName === 'System.Single'), docs: memberId(field) });
      return;
    }
    const nullability = this.#reflection.nullability(field);
    const get = this.#values.of(field.FieldType, nullability, 'out');
    const set = field.IsInitOnly ? undefined : this.#values.of(field.FieldType, nullability, 'in');
    if (get !== kNever) table.set(this.jsName(field.Name), { kind: 'value', get, set, docs: memberId(field) });
  }
}

const kNotNull = { ReadState: 1, WriteState: 1, ElementType: null, GenericTypeArguments: [] };

/** The type of a constant: its value, where TypeScript can write that. */
function literal(value: unknown, isSingle: boolean): string {
  if (typeof value === 'number') return isSingle || !Number.isFinite(value) || Object.is(value, -0) ? 'number' : String(value);
  return typeof value === 'bigint' ? `${value}n` : value === null ? 'null' : JSON.stringify(value);
}

const hasNever = (parameters: string) => /: never\b/.test(parameters);

/** The types of a signature's parameters, whatever their names. */
function typesOf({ parameters, generics }: Signature): string {
  return `${generics}|${parameters.replace(/(^|, )(?:\.\.\.)?[\p{ID_Continue}$]+\??: /gu, '$1')}`;
}

/** A member's lines in an interface. */
export function linesOf(name: string, member: Member, docs: Docs, indent: string): string[] {
  const key = name.startsWith('[') ? name : memberName(name);
  if (member.kind === 'value') {
    const comment = docs.comment(member.docs, indent);
    const { get, set } = member;
    if (get === set) return [...comment, `${indent}${key}: ${get};`];
    if (set === undefined) return [...comment, `${indent}readonly ${key}: ${get};`];
    return get === undefined ? [...comment, `${indent}set ${key}(value: ${set});`]
      : [...comment, `${indent}get ${key}(): ${get};`, `${indent}set ${key}(value: ${set});`];
  }
  if (member.signatures.every(({ generics }) => generics === '')) {
    return member.signatures.flatMap((each) => [...docs.comment(each.docs, indent), `${indent}${key}(${each.parameters}): ${each.result};`]);
  }
  const inner = `${indent}  `;
  const lines = member.signatures.flatMap(({ parameters, result, generics, docs: id }) => {
    const comment = docs.comment(id, inner);
    if (generics === '') return [...comment, `${inner}(${parameters}): ${result};`];
    const names = generics.split(', ');
    const self = member.self === '' ? '' : `this: ${member.self}${parameters === '' ? '' : ', '}`;
    return [...comment, `${inner}of<${names.map((each) => `${each} extends clr.TypeArgument`).join(', ')}>(` +
      `${names.map((each) => `${each[0].toLowerCase()}${each.slice(1)}Type: ${each}`).join(', ')}): (${self}${parameters}) => ${result};`];
  });
  return [`${indent}readonly ${key}: {`, ...lines, `${indent}};`];
}

/** Whether what a base type has under a name holds for a derived type's member as it is. */
export function isRefined(own: Member, base: Member): boolean {
  if (own.kind !== base.kind) return false;
  if (own.kind === 'value' || base.kind === 'value') return own.kind === 'value' && base.kind === 'value' && own.get === base.get && own.set === base.set;
  return base.signatures.every((each) => own.signatures.some((mine) =>
    typesOf(mine) === typesOf(each) && (mine.result === each.result || each.result === `${mine.result} | null`)));
}

export function isSame(own: Member, base: Member): boolean {
  if (own.kind === 'method' && base.kind === 'method') {
    return own.signatures.length === base.signatures.length && isRefined(own, base) && isRefined(base, own);
  }
  return isRefined(own, base);
}
