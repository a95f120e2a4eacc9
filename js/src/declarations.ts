// What `leanclr types` adds to: interfaces that a generated .d.ts fills with an application's names (declaration merging), and
// the types that it writes in terms of. Types only; what they describe is values/ and js-interop/.

import type { JslibSource, LibrarySource } from './options.js';
import type { ExportTree } from './js-interop/exports.js';

/** What getType gives, by the names of types. */
export interface ManagedTypes {}

/** What loadLibrary wants, by the names of `DllImport` libraries. */
export interface Libraries {}

/** What setModuleImports wants, by the names of `[JSImport]` modules. */
export interface JSImports {}

/** What getAssemblyExports gives, by the names of assemblies. */
export interface AssemblyExports {}

/** A source for a library: functions are as its `extern` methods want them, where these are declared. */
export type LibraryFunctions<Name extends string> = Name extends keyof Libraries
  ? WebAssemblySource<Libraries[Name]> | Libraries[Name] | Promise<WebAssemblySource<Libraries[Name]> | Libraries[Name]>
  : LibrarySource;

/** The same for a library of which only some functions are replaced. */
export type SomeLibraryFunctions<Name extends string> = Name extends keyof Libraries ? Partial<Libraries[Name]> : LibrarySource;

/** To TypeScript everything is a WebAssembly.Module, which has no members: an object with one of the functions is none. */
type WebAssemblySource<Functions> = string | URL | ArrayBuffer | ArrayBufferView | Response | JslibSource | (WebAssembly.Module & { [Name in keyof Functions]?: never });

export type JSImportsOf<Name extends string> = Name extends keyof JSImports ? JSImports[Name] : object;
export type AssemblyExportsOf<Name extends string> = Name extends keyof AssemblyExports ? AssemblyExports[Name] : ExportTree;

declare const value: unique symbol;

/** A C# type as a class, whatever its members; `Value` is what crosses as its values. */
export interface ManagedClass<Instance, Value = Instance> {
  readonly fullName: string;
  readonly prototype: Instance;
  [Symbol.hasInstance](candidate: unknown): candidate is Instance;
  /** Only a type: nothing is there. */
  readonly [value]?: Value;
}

/** An argument for a type parameter. */
export type TypeArgument = string | { readonly fullName: string };

interface Primitives {
  'System.Boolean': boolean;
  'System.Char': string;
  'System.SByte': number;
  'System.Byte': number;
  'System.Int16': number;
  'System.UInt16': number;
  'System.Int32': number;
  'System.UInt32': number;
  'System.Int64': bigint;
  'System.UInt64': bigint;
  'System.Single': number;
  'System.Double': number;
  'System.String': string;
  'System.Guid': string;
  'System.Decimal': string;
  'System.DateTime': Date;
  'System.TimeSpan': number;
  'System.Object': unknown;
}

/** What values of a type argument are. */
export type TypeValue<Argument> =
  Argument extends keyof Primitives ? Primitives[Argument]
    : Argument extends keyof ManagedTypes ? ClassValue<ManagedTypes[Argument]>
      : ClassValue<Argument>;
type ClassValue<Class> = Class extends ManagedClass<any, infer Value> ? Value : any;

/** A C# event. */
export interface ManagedEvent<Handler> {
  add(handler: Handler): void;
  remove(handler: Handler): void;
}

/** A C# delegate as a function. */
export type Delegate<Signature> = Signature & Disposable & {
  /** Lets the delegate go; calls are a DisposedError from then on. Otherwise that happens when the function is collected. */
  dispose(): void;
};
