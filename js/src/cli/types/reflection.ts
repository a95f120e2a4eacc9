// .NET's reflection as the generator sees it: proxies of getType, with the members that it asks for. The runtime's own
// metadata reader and NullabilityInfoContext answer; nothing is read a second time.

import type { Clr } from '../../node/index.js';

export interface Type {
  readonly Name: string;
  readonly Namespace: string | null;
  readonly FullName: string | null;
  readonly Assembly: Assembly;
  readonly BaseType: Type | null;
  readonly DeclaringType: Type | null;
  readonly IsVisible: boolean;
  readonly IsByRef: boolean;
  readonly IsByRefLike: boolean;
  readonly IsPointer: boolean;
  readonly IsFunctionPointer: boolean;
  readonly IsArray: boolean;
  readonly IsSZArray: boolean;
  readonly IsEnum: boolean;
  readonly IsInterface: boolean;
  readonly IsAbstract: boolean;
  readonly IsSealed: boolean;
  readonly IsValueType: boolean;
  readonly IsGenericType: boolean;
  readonly IsGenericTypeDefinition: boolean;
  readonly IsGenericParameter: boolean;
  readonly IsGenericMethodParameter: boolean;
  readonly GenericParameterPosition: number;
  GetElementType(): Type;
  GetEnumUnderlyingType(): Type;
  GetGenericTypeDefinition(): Type;
  GetGenericArguments(): Type[];
  GetArrayRank(): number;
  GetInterfaces(): Type[];
  GetMethods(flags: number): Method[];
  GetConstructors(flags: number): Method[];
  GetProperties(flags: number): Property[];
  GetEvents(flags: number): Event[];
  GetFields(flags: number): Field[];
  GetMethod(name: string): Method;
  IsDefined(attribute: Type, inherit: boolean): boolean;
  ToString(): string;
}

export interface Assembly {
  GetTypes(): Type[];
  GetType(name: string): Type | null;
  GetReferencedAssemblies(): { Name: string }[];
  readonly FullName: string;
}

export interface Attribute {
  readonly AttributeType: Type;
  readonly ConstructorArguments: Iterable<{ Value: unknown }>;
}

export interface Parameter {
  readonly Name: string | null;
  readonly ParameterType: Type;
  readonly IsOut: boolean;
  readonly IsIn: boolean;
  readonly IsOptional: boolean;
  IsDefined(attribute: Type, inherit: boolean): boolean;
  GetCustomAttributesData(): Iterable<Attribute>;
}

export interface Method {
  readonly Name: string;
  readonly IsStatic: boolean;
  readonly IsSpecialName: boolean;
  readonly IsPublic: boolean;
  readonly IsGenericMethod: boolean;
  readonly DeclaringType: Type;
  readonly ReturnType: Type;
  readonly ReturnParameter: Parameter;
  readonly Attributes: number;
  GetParameters(): Parameter[];
  GetGenericArguments(): Type[];
  GetCustomAttributesData(): Iterable<Attribute>;
  IsDefined(attribute: Type, inherit: boolean): boolean;
}

export interface Property {
  readonly Name: string;
  readonly PropertyType: Type;
  readonly DeclaringType: Type;
  GetGetMethod(): Method | null;
  GetSetMethod(): Method | null;
  GetIndexParameters(): Parameter[];
}

export interface Event {
  readonly Name: string;
  readonly EventHandlerType: Type;
  readonly DeclaringType: Type;
  GetAddMethod(): Method | null;
}

export interface Field {
  readonly Name: string;
  readonly FieldType: Type;
  readonly DeclaringType: Type;
  readonly IsStatic: boolean;
  readonly IsPublic: boolean;
  readonly IsLiteral: boolean;
  readonly IsInitOnly: boolean;
  GetRawConstantValue(): unknown;
  GetCustomAttributesData(): Iterable<Attribute>;
}

/** What the annotations say of a type and its parts. */
export interface Nullability {
  /** 0 unknown, 1 not null, 2 may be null. */
  readonly ReadState: number;
  readonly WriteState: number;
  readonly ElementType: Nullability | null;
  readonly GenericTypeArguments: Nullability[];
}

/** BindingFlags */
export const Flags = { Instance: 4, Static: 8, Public: 16, NonPublic: 32, DeclaredOnly: 2 } as const;
export const kDeclared = Flags.DeclaredOnly | Flags.Public | Flags.Instance | Flags.Static;
export const kAllDeclared = kDeclared | Flags.NonPublic;

export class Reflection {
  readonly #nullability: { Create(of: object): Nullability };
  readonly #attributes = new Map<string, Type | undefined>();
  readonly #clr: Clr;

  constructor(clr: Clr) {
    this.#clr = clr;
    this.#nullability = new (clr.getType('[System.Private.CoreLib]System.Reflection.NullabilityInfoContext'))();
  }

  assembly(name: string): Assembly {
    return this.#clr.getType('[System.Private.CoreLib]System.Reflection.Assembly').Load(name);
  }

  /** What the annotations say of a parameter, property, field or event; undefined where they cannot be read. */
  nullability(of: Parameter | Property | Field | Event): Nullability | undefined {
    try {
      return this.#nullability.Create(of);
    } catch {
      return undefined; // of a trimmed or unusual attribute: nothing is known
    }
  }

  /** An attribute's type, of CoreLib unless an assembly is given; undefined where it is not there. */
  attribute(name: string, assembly = 'System.Private.CoreLib'): Type | undefined {
    if (!this.#attributes.has(name)) this.#attributes.set(name, this.assembly(assembly).GetType(name) ?? undefined);
    return this.#attributes.get(name);
  }

  has(target: { IsDefined(attribute: Type, inherit: boolean): boolean }, name: string, assembly?: string): boolean {
    const attribute = this.attribute(name, assembly);
    return attribute !== undefined && target.IsDefined(attribute, false);
  }

  /** The constructor arguments of an attribute. */
  argumentsOf(target: { GetCustomAttributesData(): Iterable<Attribute> }, name: string): unknown[] | undefined {
    for (const { AttributeType, ConstructorArguments } of target.GetCustomAttributesData()) {
      if (definitionName(AttributeType) === name) return Array.from(ConstructorArguments, ({ Value }) => Value);
    }
    return undefined;
  }
}

/** "System.Collections.Generic.List`1", whatever the arguments. */
export function definitionName(type: Type): string {
  const definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
  return definition.FullName ?? definition.Name;
}

/** A delegate type's Invoke. */
export function invokeOf(type: Type): Method | undefined {
  return type.BaseType?.FullName === 'System.MulticastDelegate' ? type.GetMethod('Invoke') : undefined;
}
