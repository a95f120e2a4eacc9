// What JavaScript supplies and gets beside getType: the `extern` methods of each DllImport library, and the methods of
// [JSImport] and [JSExport], whose types are Microsoft's.

import type { Extern } from '../../node/index.js';
import { methodId, type Docs } from './docs.js';
import { memberName, parameterName, type Names } from './names.js';
import { Flags, invokeOf, kAllDeclared, type Assembly, type Method, type Nullability, type Parameter, type Reflection, type Type } from './reflection.js';
import type { Direction, ValueTypes } from './values.js';

const kInterop = 'System.Runtime.InteropServices.JavaScript';

/** Functions by name, or namespaces of them. */
export interface Tree {
  [name: string]: Tree | { text: string; comment: string };
}

export function treeLines(tree: Tree, docs: Docs, indent: string): string[] {
  return Object.entries(tree).flatMap(([name, item]) => (isFunction(item)
    ? [...docs.comment(item.comment, indent), `${indent}readonly ${memberName(name)}: ${item.text};`]
    : [`${indent}readonly ${memberName(name)}: {`, ...treeLines(item, docs, `${indent}  `), `${indent}};`]));
}

function isFunction(item: Tree[string]): item is { text: string; comment: string } {
  return typeof item.text === 'string';
}

/** Adds a function; of several under one name all must be served. */
function add(tree: Tree, path: readonly string[], text: string, comment: string): void {
  let scope = tree;
  for (const part of path.slice(0, -1)) {
    if (scope[part] && isFunction(scope[part])) return;
    scope = (scope[part] ??= {}) as Tree;
  }
  const name = path[path.length - 1], known = scope[name];
  if (known && !isFunction(known)) return;
  if (known && known.text !== text) known.text = `${known.text.startsWith('((') ? known.text : `(${known.text})`} & (${text})`;
  else if (!known) scope[name] = { text, comment };
}

/** What each library must have, by the library's name. */
export function libraryTrees(externs: readonly Extern[], assembly: Assembly, values: ValueTypes): Map<string, Tree> {
  const libraries = new Map<string, Tree>();
  const seen = new Set<string>();
  for (const { key, library, entryPoint } of externs) {
    const [, typeName, methodName] = /^(?:\[[^\]]*\])?(.*)::([^(]*)/.exec(key) ?? [];
    const type = typeName === undefined ? null : assembly.GetType(typeName);
    if (!type || library === '' || seen.has(`${typeName}::${methodName}`)) continue;
    seen.add(`${typeName}::${methodName}`);
    const name = library.replace(/\.dll$/i, '');
    const tree = libraries.get(name) ?? {};
    libraries.set(name, tree);
    for (const method of type.GetMethods(kAllDeclared)) {
      if (method.Name === methodName && isExtern(method)) add(tree, [entryPointOf(externs, key, method, entryPoint)], externText(method, values), outerId(method, type));
    }
  }
  return libraries;
}

const kPInvokeImpl = 0x2000;
const isExtern = ({ Attributes }: Method) => (Attributes & kPInvokeImpl) !== 0;

/** Overloads may have entry points of their own. */
function entryPointOf(externs: readonly Extern[], key: string, method: Method, otherwise: string): string {
  const start = key.replace(/\(.*$/, '(');
  const count = method.GetParameters().length;
  const fits = externs.filter((each) => each.key.startsWith(start) && each.key.slice(start.length, -1).split(',').filter((part) => part !== '').length === count);
  return fits.length === 1 ? fits[0].entryPoint : otherwise;
}

function externText(method: Method, values: ValueTypes): string {
  const parameters = method.GetParameters().map((parameter, index) => `${nameOf(parameter, index)}: ${values.parameter(parameter, 'out')}`);
  return `(${parameters.join(', ')}) => ${values.result(method, 'in')}`;
}

/** The generated code of LibraryImport calls its parameters "__name_native". */
function nameOf({ Name }: Parameter, index: number): string {
  return parameterName(Name?.replace(/^__(.+)_native$/, '$1') ?? `arg${index + 1}`);
}

/** What LibraryImport generates stands inside the method that is documented. */
function outerId(method: Method, type: Type): string {
  const outer = /^<(\w+)>g__/.exec(method.Name)?.[1];
  const found = outer === undefined ? method : type.GetMethods(kAllDeclared).find(({ Name }) => Name === outer);
  return methodId(found ?? method);
}

/** The methods of an assembly that have [JSImport] or [JSExport]. */
function* attributed(assembly: Assembly, attribute: string, reflection: Reflection): Generator<Method> {
  const name = `${kInterop}.${attribute}`;
  for (const type of assembly.GetTypes()) {
    for (const method of type.GetMethods(kAllDeclared & ~Flags.Instance)) if (reflection.has(method, name, kInterop)) yield method;
  }
}

export const usesInterop = (assembly: Assembly): boolean => assembly.GetReferencedAssemblies().some(({ Name }) => Name === kInterop);

/** What setModuleImports wants, by the module's name. */
export function importTrees(assembly: Assembly, types: InteropTypes, reflection: Reflection): Map<string, Tree> {
  const modules = new Map<string, Tree>();
  for (const method of attributed(assembly, 'JSImportAttribute', reflection)) {
    const [fn, module] = reflection.argumentsOf(method, `${kInterop}.JSImportAttribute`) as [string, string?];
    if (module === undefined) continue; // of globalThis
    const tree = modules.get(module) ?? {};
    modules.set(module, tree);
    add(tree, fn.split('.'), types.functionOf(method, 'out'), methodId(method));
  }
  return modules;
}

export function exportTree(assembly: Assembly, types: InteropTypes, reflection: Reflection): Tree {
  const tree: Tree = {};
  for (const method of attributed(assembly, 'JSExportAttribute', reflection)) {
    const path = method.DeclaringType.FullName!.split(/[.+]/);
    add(tree, [...path, method.Name], types.functionOf(method, 'in'), methodId(method));
  }
  return tree;
}

const kScalars: Record<string, string> = {
  'System.Void': 'void', 'System.Boolean': 'boolean', 'System.Char': 'string', 'System.Byte': 'number', 'System.Int16': 'number', 'System.Int32': 'number',
  'System.Int64': 'number', 'System.Single': 'number', 'System.Double': 'number', 'System.IntPtr': 'number', 'System.Void*': 'number',
};
const kArrays: Record<string, string> = { 'System.Byte': 'Uint8Array', 'System.Int32': 'Int32Array', 'System.Single': 'Float32Array', 'System.Double': 'Float64Array' };

/** The types of [JSImport] and [JSExport], by declared type and JSMarshalAs. */
export class InteropTypes {
  readonly #names: Names;
  readonly #reflection: Reflection;

  constructor(names: Names, reflection: Reflection) {
    this.#names = names;
    this.#reflection = reflection;
  }

  /** `direction`: of the parameters. */
  functionOf(method: Method, direction: Direction): string {
    const opposite = direction === 'in' ? 'out' : 'in';
    const text = (parameter: Parameter, way: Direction) => this.#of(parameter.ParameterType, this.#reflection.nullability(parameter), way, this.#isBigInt(parameter));
    const parameters = method.GetParameters().map((parameter, index) => `${nameOf(parameter, index)}: ${text(parameter, direction)}`);
    return `(${parameters.join(', ')}) => ${text(method.ReturnParameter, opposite)}`;
  }

  /** JSMarshalAs<JSType.BigInt>, also inside of a Promise or Function. */
  #isBigInt(parameter: Parameter): boolean {
    return Array.from(parameter.GetCustomAttributesData()).some(({ AttributeType }) =>
      AttributeType.Name === 'JSMarshalAsAttribute`1' && AttributeType.ToString().includes('BigInt'));
  }

  #of(type: Type, nullability: Nullability | null | undefined, direction: Direction, bigInt: boolean): string {
    const global = (name: string) => this.#names.global(name);
    const orNull = (text: string) => {
      if (direction === 'in') return `${text} | null | undefined`;
      return nullability?.ReadState === 1 ? text : `${text} | null`;
    };
    const name = type.IsPointer ? 'System.Void*' : type.IsGenericType ? type.GetGenericTypeDefinition().FullName! : type.FullName!;
    if (name === 'System.Int64' && bigInt) return 'bigint';
    if (kScalars[name]) return kScalars[name];
    const args = type.IsGenericType ? type.GetGenericArguments() : [];
    const argument = (index: number, way: Direction) => this.#of(args[index], nullability?.GenericTypeArguments[index], way, bigInt);
    switch (name) {
      case 'System.String': return orNull('string');
      case 'System.Object': return 'unknown';
      case 'System.DateTime': case 'System.DateTimeOffset': return global('Date');
      case 'System.Nullable`1': return `${argument(0, direction)} | null${direction === 'in' ? ' | undefined' : ''}`;
      case 'System.Exception': return orNull(global('Error'));
      case `${kInterop}.JSObject`: return orNull('object');
      case 'System.Threading.Tasks.Task': return `${global('Promise')}<void>`;
      case 'System.Threading.Tasks.Task`1': return `${global('Promise')}<${argument(0, direction)}>`;
      case 'System.Span`1': case 'System.ArraySegment`1': return 'clr.InteropMemoryView';
    }
    if (type.IsArray) return orNull(this.#array(type.GetElementType(), nullability?.ElementType, direction, bigInt));
    if (invokeOf(type)) return orNull(`(${this.#delegate(name, args.length, (index, way) => argument(index, way), direction)})`);
    return 'unknown';
  }

  #array(element: Type, nullability: Nullability | null | undefined, direction: Direction, bigInt: boolean): string {
    const arrayClass = kArrays[element.FullName ?? ''];
    const text = this.#of(element, nullability, direction, bigInt);
    const list = /[|]/.test(text) ? `(${text})[]` : `${text}[]`;
    if (!arrayClass) return direction === 'in' ? `readonly ${list}` : list;
    return direction === 'in' ? `${this.#names.global(arrayClass)} | readonly ${list}` : this.#names.global(arrayClass);
  }

  /** Action and Func: JavaScript calls what it gets, and is called with what it gives. */
  #delegate(name: string, count: number, argument: (index: number, way: Direction) => string, direction: Direction): string {
    const hasResult = name.startsWith('System.Func`');
    const inward = direction === 'out' ? 'in' : 'out';
    const parameters = Array.from({ length: hasResult ? count - 1 : count }, (_, index) => `arg${index + 1}: ${argument(index, inward)}`);
    return `(${parameters.join(', ')}) => ${hasResult ? argument(count - 1, direction) : 'void'}`;
  }
}
