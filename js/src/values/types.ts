// C# types as JavaScript classes and their objects as proxies (clr.getType). A class is made when first asked for, out of what
// the type declares; its prototype's prototype is that of the base type, so `instanceof` holds. A proxy is an empty object of
// such a class with a handle (handles.ts): the same C# object is the same JavaScript object as long as that lives.

import { Status } from '../exports.js';
import { mismatch } from '../marshal.js';
import { managedCaller, signatureOf } from './calls.js';
import { constantOf, defaultsOf, type Defaults } from './defaults.js';
import { membersOf, type MethodMember } from './members.js';
import { addressOf, kBoxValue, newObject, readObject } from './objects.js';
import { choose, nameOf, type Overload } from './overloads.js';
import { parametersOf, typeOfText, type FieldShape, type Shape } from './shapes.js';
import type { Values } from './values.js';

/** A C# object. Its members are the type's. */
// `any`: what there is, the C# type says.
export interface ManagedObject extends Disposable {
  [member: string]: any;
}

/** A C# type as a class. */
export interface ManagedType {
  new(...args: any[]): any;
  /** The instance of a generic type with these arguments: types, or their names. */
  of(...types: (ManagedType | string)[]): ManagedType;
  /** "Ns.Type" */
  readonly fullName: string;
  [member: string]: any;
}

type Call = (self: number, args: unknown[]) => unknown;
interface Callable extends Overload {
  call: Call;
}

export class ManagedTypes {
  readonly #values: Values;
  readonly #byType = new Map<number, ManagedType>();
  readonly #typeOf = new WeakMap<object, number>();

  constructor(values: Values) {
    this.#values = values;
    values.proxyOf = (address) => this.#proxyOf(address);
  }

  /** Errors: what the runtime says when there is no such type. */
  named(name: string): ManagedType {
    return this.#classOf(this.#values.shapes.named(name));
  }

  #proxyOf(address: number): object {
    const { prototype } = this.#classOf(this.#values.memory.live().u32[address >>> 2]) as unknown as { prototype: object };
    return this.#values.refs.wrap(address, 'object', () => Object.create(prototype) as object);
  }

  #classOf(type: number): ManagedType {
    return this.#byType.get(type) ?? this.#makeClass(this.#values.shapes.of(type));
  }

  #makeClass(shape: Shape): ManagedType {
    const types = this;
    const { name, type, parent } = shape;
    let construct: ((args: unknown[]) => unknown) | undefined;
    const made = function (this: unknown, ...args: unknown[]): unknown {
      if (!new.target) throw new TypeError(`${name} is a class: new is missing`);
      construct ??= types.#makeConstructor(shape);
      return construct(args);
    } as unknown as ManagedType;
    this.#byType.set(type, made);
    this.#typeOf.set(made, type);
    const simple = name.slice(name.lastIndexOf('.') + 1);
    define(made, 'name', { value: simple });
    define(made, 'fullName', { value: name });
    define(made, 'of', { value: (...args: (ManagedType | string)[]) => this.#classOf(this.#values.shapes.instantiate(type, this.#typesOf(args))) });
    const base = parent === '' || shape.kind === 'V' ? undefined : this.#classOf(typeOfText(parent));
    if (base) {
      Object.setPrototypeOf(made, base);
      Object.setPrototypeOf(made.prototype, (base as unknown as { prototype: object }).prototype);
    }
    this.#addMembers(made, shape);
    return made;
  }

  #typesOf(types: readonly (ManagedType | string)[]): number[] {
    return types.map((type) => {
      const known = typeof type === 'string' ? this.#values.shapes.named(type) : this.#typeOf.get(type);
      if (known === undefined) throw new TypeError('A type argument is a type of getType() or its name.');
      return known;
    });
  }

  #addMembers(made: ManagedType, shape: Shape): void {
    const values = this.#values;
    const members = membersOf(values, shape.type);
    const { prototype } = made as unknown as { prototype: object };
    for (const isStatic of [true, false]) {
      const target = isStatic ? made : prototype;
      const groups = group(members.methods.filter((method) => method.isStatic === isStatic && method.name !== '.ctor'));
      for (const [name, methods] of groups) this.#addMethods(target, shape, name, methods);
      this.#addProperties(target, groups);
    }
    for (const field of members.fields) this.#addField(prototype, shape, field);
    for (const { name, text } of members.constants) define(made, values.jsName(name), { value: constantOf(text) });
    for (const field of members.staticFields) this.#addStaticField(made, shape, field);
    for (const text of members.interfaces) this.#addInterface(prototype, shape, typeOfText(text));
    if (shape.name === 'System.Object') this.#addCommon(prototype);
  }

  /** What every proxy has. */
  #addCommon(prototype: object): void {
    const { refs } = this.#values;
    const toString = this.#values.jsName('ToString');
    if (toString !== 'toString') define(prototype, 'toString', { value(this: ManagedObject) { return (this[toString] as () => string)(); } });
    if (!Symbol.dispose) return;
    define(prototype, Symbol.dispose, {
      value(this: object) {
        const ref = refs.of(this);
        if (ref) refs.release(ref);
      },
    });
  }

  /** Members that a class has through an interface alone, and iteration. */
  #addInterface(prototype: object, shape: Shape, type: number): void {
    const values = this.#values;
    const { name, definition } = values.shapes.of(type);
    if (definition === 'System.Collections.Generic.IAsyncEnumerable`1') {
      define(prototype, Symbol.asyncIterator, { value(this: object) { return iterateLater(values, this, type); } });
    }
    if (name === 'System.Collections.IEnumerable') {
      define(prototype, Symbol.iterator, { value(this: object) { return iterate(values, values.refs.of(this)!.address); } });
    }
    if (shape.kind === 'I') return;
    const groups = group(membersOf(values, type).methods.filter((method) => !method.isStatic));
    const missing = new Map(Array.from(groups).filter(([member]) => !(values.jsName(member) in prototype)));
    for (const [member, methods] of missing) this.#addMethods(prototype, values.shapes.of(type), member, methods);
    this.#addProperties(prototype, missing);
  }

  /** The overloads of one name, those of base types behind them. */
  #addMethods(target: object, shape: Shape, name: string, methods: readonly MethodMember[]): void {
    const values = this.#values;
    const types = this;
    const own = values.jsName(name);
    const isStatic = typeof target === 'function';
    const inherited = (target as Record<string, { overloads?: Callable[] } | undefined>)[own]?.overloads ?? [];
    let callables: Callable[] | undefined;
    const overloads = (): Callable[] => {
      if (callables) return callables;
      callables = methods.filter(({ typeParameters }) => typeParameters === 0).map((method) => this.#callable(shape, method));
      const known = new Set(callables.map(({ parameters }) => parameters.join()));
      return callables = [...callables, ...inherited.filter(({ parameters }) => !known.has(parameters.join()))];
    };
    const invoke = (self: unknown, candidates: Callable[], args: unknown[]) => {
      const [chosen, all] = choose(values, `${shape.name}.${name}`, candidates, args);
      return chosen.call(isStatic ? 0 : types.#self(self, shape, name), all);
    };
    const fn = function (this: unknown, ...args: unknown[]): unknown { return invoke(this, overloads(), args); };
    const of = (...args: (ManagedType | string)[]) => {
      const chosen = types.#typesOf(args);
      const instances = methods.filter(({ typeParameters }) => typeParameters === chosen.length)
        .map((method) => this.#callable(shape, { ...method, method: values.shapes.instantiateMethod(method.method, chosen) }));
      if (instances.length === 0) throw new TypeError(`${shape.name}.${name} does not take ${chosen.length} type arguments`);
      return function (this: unknown, ...rest: unknown[]): unknown { return invoke(this, instances, rest); };
    };
    define(fn, 'overloads', { get: overloads });
    define(fn, 'of', { value: of });
    define(fn, 'name', { value: own });
    define(target, own, { value: fn, writable: true });
  }

  /** The object that a method is called on. */
  #self(self: unknown, shape: Shape, name: string): number {
    const place = () => `${shape.name}.${name}: this`;
    const ref = this.#values.refs.of(self);
    if (!ref) throw mismatch(place, `a ${shape.name}`, self);
    const object = addressOf(ref, place);
    if (!this.#values.holds(shape.type, object)) throw mismatch(place, `a ${shape.name}`, self);
    return object;
  }

  #callable(shape: Shape, { name, method, isStatic }: MethodMember): Callable {
    const values = this.#values;
    const signature = signatureOf(values, method);
    const parameters = parametersOf(signature).slice(1).map(({ type }) => type);
    const describe = () => `${shape.name}::${name}(${parameters.map((type) => nameOf(values, type)).join(',')})`;
    const isBox = shape.kind === 'V';
    let call: Call | undefined;
    let defaults: Defaults | undefined;
    return {
      parameters, describe, defaults: () => defaults ??= defaultsOf(values, method),
      call: (self, args) => {
        call ??= managedCaller(values, { name: `${shape.name}.${name}`, method, signature, isInstance: !isStatic, isVirtual: !isStatic && !isBox });
        return call(isBox && !isStatic ? self + kBoxValue : self, args);
      },
    };
  }

  /** Properties, indexers and events, which are methods with certain names. */
  #addProperties(target: object, groups: ReadonlyMap<string, readonly MethodMember[]>): void {
    const jsName = (name: string) => this.#values.jsName(name);
    const methodNamed = (name: string) => (target as Record<string, (...args: unknown[]) => unknown>)[jsName(name)];
    for (const [name, methods] of groups) {
      const [, kind, property] = /^(get|set|add)_(.+)$/.exec(name) ?? [];
      if (kind === 'get' && methods.some(({ parameters }) => parameters > 0)) {
        define(target, 'item', { value: methodNamed(name) });
      } else if ((kind === 'get' || kind === 'set') && methods.some(({ parameters }) => parameters === (kind === 'get' ? 0 : 1))) {
        const old = propertyOf(target, jsName(property));
        define(target, jsName(property), { get: old?.get, set: old?.set, [kind]: methodNamed(name) });
      } else if (kind === 'add') {
        const add = methodNamed(name), remove = methodNamed(`remove_${property}`);
        define(target, jsName(property), { get(this: unknown) { return { add: add.bind(this), remove: remove?.bind(this) }; } });
      }
    }
  }

  #addField(prototype: object, shape: Shape, { name, offset, type }: FieldShape): void {
    const values = this.#values;
    const types = this;
    const place = () => `${shape.name}.${name}`;
    const at = (self: unknown) => types.#self(self, shape, name) + offset + (shape.kind === 'V' ? kBoxValue : 0);
    define(prototype, values.jsName(name), {
      get(this: unknown) { return values.fieldReader(type)(at(this)); },
      set(this: unknown, value: unknown) { values.fieldWriter(type, place)(at(this), value); },
    });
  }

  #addStaticField(made: ManagedType, shape: Shape, { name, offset, type }: FieldShape): void {
    const values = this.#values;
    const { instance } = values;
    const at = () => {
      const statics = instance.enter(() => instance.exports.leanclr_type_statics(instance.runtime, shape.type)) >>> 0;
      if (statics === 0) throw instance.error(Status.Error);
      return statics + offset;
    };
    define(made, values.jsName(name), {
      get: () => values.fieldReader(type)(at()),
      set: (value: unknown) => { values.fieldWriter(type, () => `${shape.name}.${name}`)(at(), value); },
    });
  }

  /** `new`: a proxy, or for a struct a plain object. */
  #makeConstructor(shape: Shape): (args: unknown[]) => unknown {
    const values = this.#values;
    const { stack, memory } = values;
    const callables = membersOf(values, shape.type).methods.filter(({ name }) => name === '.ctor').map((method) => this.#callable(shape, method));
    const isStruct = shape.kind === 'V';
    const read = isStruct ? values.fieldReader(`t${shape.type};`) : undefined;
    return (args) => {
      const kept = stack.pushZeroed(8);
      try {
        const isDefault = isStruct && args.length === 0;
        const [chosen, all] = isDefault ? [] : choose(values, `new ${shape.name}`, callables, args);
        const object = newObject(values, shape.type);
        memory.live().u32[kept >>> 2] = object;
        chosen?.call(object, all!);
        return read ? read(object + kBoxValue) : readObject(values, object);
      } finally {
        stack.pop(kept);
      }
    };
  }
}

/** An object as a JavaScript iterator. */
function* iterate(values: Values, address: number): Generator<unknown> {
  const method = (type: string, name: string): Call => {
    const member = membersOf(values, values.named(type)).methods.find((each) => each.name === name)!;
    return managedCaller(values, { name: `${type}.${name}`, method: member.method, signature: signatureOf(values, member.method), isInstance: true, isVirtual: true });
  };
  const enumerator = method('System.Collections.IEnumerable', 'GetEnumerator')(address, []) as object;
  const moveNext = method('System.Collections.IEnumerator', 'MoveNext'), current = method('System.Collections.IEnumerator', 'get_Current');
  const self = () => values.refs.of(enumerator)!.address;
  try {
    while (moveNext(self(), [])) yield current(self(), []);
  } finally {
    if (values.holds(values.named('System.IDisposable'), self())) method('System.IDisposable', 'Dispose')(self(), []);
  }
}

async function* iterateLater(values: Values, proxy: object, type: number): AsyncGenerator<unknown> {
  const { iterateAsync } = await import('./async-iteration.js');
  yield* iterateAsync(values, proxy, type);
}

/** A property as it is or is inherited: an override may have one half of it. */
function propertyOf(target: object, name: string): PropertyDescriptor | undefined {
  for (let owner: object | null = target; owner; owner = Object.getPrototypeOf(owner) as object | null) {
    const found = Object.getOwnPropertyDescriptor(owner, name);
    if (found) return found;
  }
  return undefined;
}

function group(methods: readonly MethodMember[]): Map<string, MethodMember[]> {
  const groups = new Map<string, MethodMember[]>();
  for (const method of methods) {
    const known = groups.get(method.name);
    if (known) known.push(method);
    else groups.set(method.name, [method]);
  }
  return groups;
}

function define(target: object, name: PropertyKey, descriptor: PropertyDescriptor): void {
  Object.defineProperty(target, name, { configurable: true, ...descriptor });
}
