// The .d.ts of assemblies: their public types as clr.getType gives them, what their [JSExport] methods are, and what
// JavaScript must supply for their libraries and [JSImport] modules. Types of other assemblies are declared where these mention
// them; what only those mention is a ManagedObject.

import type { Clr } from '../../node/index.js';
import { Docs, typeId } from './docs.js';
import { exportTree, importTrees, InteropTypes, libraryTrees, treeLines, usesInterop, type Tree } from './interop.js';
import { isRefined, isSame, linesOf, Members, type MemberSettings, type Table } from './members.js';
import { memberName, Names, typeName } from './names.js';
import { Reflection, definitionName, invokeOf, type Assembly, type Type } from './reflection.js';
import { ValueTypes, type Declarations } from './values.js';

export interface DocumentedAssembly {
  name: string;
  /** The XML documentation. */
  docs?: string;
}

type Kind = 'object' | 'struct' | 'box';

/** The text of the .d.ts. */
export function generate(clr: Clr, assemblies: readonly DocumentedAssembly[], settings: MemberSettings): string {
  return new Generator(clr, assemblies, settings).text();
}

class Generator implements Declarations {
  readonly #clr: Clr;
  readonly #reflection: Reflection;
  readonly #assemblies: { name: string; assembly: Assembly }[];
  readonly #names = new Names();
  readonly #docs = new Docs();
  readonly #values: ValueTypes;
  readonly #members: Members;
  /** Names by kind and definition. */
  readonly #declared = new Map<string, string>();
  readonly #pending: { type: Type; kind: Kind; name: string }[] = [];
  /** Lines by namespace. */
  readonly #scopes = new Map<string, string[]>();
  readonly #classes: string[] = [];
  /** Whether what is mentioned becomes declared. */
  #follows = true;

  constructor(clr: Clr, assemblies: readonly DocumentedAssembly[], settings: MemberSettings) {
    this.#clr = clr;
    this.#reflection = new Reflection(clr);
    this.#assemblies = assemblies.map(({ name }) => ({ name, assembly: this.#reflection.assembly(name) }));
    for (const { docs } of assemblies) if (docs !== undefined) this.#docs.add(docs);
    this.#values = new ValueTypes(this.#names, this.#reflection, this);
    this.#members = new Members(this.#values, this.#reflection, settings);
  }

  text(): string {
    const types = this.#assemblies.flatMap(({ assembly }) => assembly.GetTypes().filter(isExported));
    types.sort((a, b) => a.GetGenericArguments().length - b.GetGenericArguments().length);
    for (const type of types) this.#names.of(type); // before those of other assemblies
    for (const type of types) this.#addExported(type);
    this.#drain();
    const libraries = this.#section('Libraries', this.#merged(({ name, assembly }) => libraryTrees(this.#clr.externs(name), assembly, this.#values)));
    const interop = new InteropTypes(this.#names, this.#reflection);
    const imports = this.#section('JSImports', this.#merged(({ assembly }) => (usesInterop(assembly) ? importTrees(assembly, interop, this.#reflection) : new Map())));
    const exported = this.#section('AssemblyExports', this.#merged(({ name, assembly }) => {
      const tree = usesInterop(assembly) ? exportTree(assembly, interop, this.#reflection) : {};
      return new Map(Object.keys(tree).length > 0 ? [[name, tree]] : []);
    }));
    this.#drain();
    return this.#file([...this.#interface('ManagedTypes', this.#classes), ...libraries, ...imports, ...exported]);
  }

  #merged(treesOf: (assembly: { name: string; assembly: Assembly }) => Map<string, Tree>): Map<string, Tree> {
    const all = new Map<string, Tree>();
    for (const assembly of this.#assemblies) for (const [name, tree] of treesOf(assembly)) all.set(name, { ...all.get(name), ...tree });
    return all;
  }

  #section(name: string, trees: Map<string, Tree>): string[] {
    return this.#interface(name, Array.from(trees).flatMap(([key, tree]) =>
      [`    ${JSON.stringify(key)}: {`, ...treeLines(tree, this.#docs, '      '), '    };']));
  }

  #interface(name: string, lines: readonly string[]): string[] {
    return lines.length === 0 ? [] : [`  interface ${name} {`, ...lines, '  }'];
  }

  #file(augmentation: readonly string[]): string {
    const names = this.#assemblies.map(({ name }) => `${name}.dll`).join(' ');
    const lines = [`// Written by leanclr types ${names}`, "import type * as clr from 'leanclr';"];
    for (const [scope, content] of Array.from(this.#scopes).sort(([a], [b]) => (a < b ? -1 : 1))) {
      if (scope === '') lines.push('', ...content.map((line) => line.replace(/^ {2}/, '').replace(/^(interface|type) /, 'export $1 ')));
      else lines.push('', `export declare namespace ${scope} {`, ...content, '}');
    }
    const aliases = Array.from(this.#names.hidden);
    const text = [...lines, ...(augmentation.length > 0 ? ['', "declare module 'leanclr' {", ...augmentation, '}'] : []), '', 'export {};', ''].join('\n');
    return aliases.reduce((all, root) => throughAlias(all, root), text);
  }

  reference(type: Type, kind: Kind): string | undefined {
    const definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
    const key = `${kind} ${definitionName(definition)}`;
    const known = this.#declared.get(key);
    if (known !== undefined || (kind === 'object' && !this.#follows) || !(kind !== 'object' || type.IsVisible)) return known;
    return this.#declare(definition, kind);
  }

  inside(type: Type, body: () => void): void {
    const follows = this.#follows;
    this.#follows &&= this.#isOwn(type);
    body();
    this.#follows = follows;
  }

  #declare(type: Type, kind: Kind): string {
    const named = this.#names.of(type);
    const own = kind === 'box' ? { scope: named.scope, name: this.#names.unique(named.scope, `${named.name}Object`) } : named;
    const name = this.#names.text(own);
    this.#declared.set(`${kind} ${definitionName(type)}`, name);
    this.#pending.push({ type, kind, name: own.name });
    return name;
  }

  /** Declares what is mentioned, of other assemblies without what those mention. */
  #drain(): void {
    for (let next = this.#pending.shift(); next; next = this.#pending.shift()) {
      const { type, kind, name } = next;
      this.#follows = this.#isOwn(type);
      if (type.IsEnum) this.#addEnum(type, name);
      else if (kind === 'struct') this.#addInterface(type, name, this.#members.fields(type), undefined);
      else this.#addObject(type, name);
      this.#follows = true;
    }
  }

  #isOwn(type: Type): boolean {
    return this.#assemblies.some(({ assembly }) => assembly.FullName === type.Assembly.FullName);
  }

  #addExported(type: Type): void {
    if (invokeOf(type)) return this.#addDelegate(type);
    const isStruct = type.IsValueType;
    const isStaticClass = type.IsAbstract && !type.IsInterface && type.IsSealed;
    const name = isStaticClass ? this.#names.text(this.#names.of(type)) : this.reference(type, isStruct ? 'struct' : 'object')!;
    this.#drain();
    this.#addClass(type, isStaticClass ? undefined : name);
  }

  #lines(scope: string): string[] {
    let lines = this.#scopes.get(scope);
    if (!lines) this.#scopes.set(scope, lines = []);
    return lines;
  }

  #addDelegate(type: Type): void {
    const { scope, name } = this.#names.of(type);
    this.#lines(scope).push(...this.#docs.comment(typeId(type), '  '), `  type ${name}${typeParameters(type)} = ${this.#values.delegate(type, undefined, 'in')};`);
  }

  #addEnum(type: Type, name: string): void {
    const { scope } = this.#names.of(type);
    const literals = type.GetFields(8 | 16).map((field) => field.GetRawConstantValue()).map((value) => (typeof value === 'bigint' ? `${value}n` : String(value)));
    const isOpen = literals.length === 0 || this.#reflection.has(type, 'System.FlagsAttribute');
    const underlying = /Int64$/.test(type.GetEnumUnderlyingType().FullName!) ? 'bigint' : 'number';
    const text = isOpen ? underlying : Array.from(new Set(literals)).join(' | ');
    this.#lines(scope).push(...this.#docs.comment(typeId(type), '  '), `  type ${name} = ${text};`);
  }

  /** Proxies: what a type has over its base type. */
  #addObject(type: Type, name: string): void {
    const { scope } = this.#names.of(type);
    const self = this.#names.text({ scope, name }) + typeParameters(type);
    const base = type.IsInterface ? this.#objectType(type) : type.BaseType;
    if (base) this.#baseName(base); // members may mention it
    const table = this.#members.instance(type, self);
    if (type.IsInterface && base) for (const [key, member] of this.#members.instance(base, self)) if (!table.has(key)) table.set(key, member);
    this.#addInterface(type, name, table, base ?? undefined);
  }

  #objectType(type: Type): Type {
    return this.#reflection.attribute('System.Object') ?? type;
  }

  #addInterface(type: Type, name: string, table: Table, base: Type | undefined): void {
    const { scope } = this.#names.of(type);
    const lines = this.#lines(scope);
    let heritage = '';
    let inherited: Table = new Map();
    if (base) {
      const parent = this.#baseName(base);
      inherited = this.#members.instance(base, this.#names.text({ scope, name }) + typeParameters(type));
      const changed = Array.from(table).filter(([key, member]) => inherited.has(key) && !isRefined(member, inherited.get(key)!)).map(([key]) => key);
      const keys = changed.map((key) => (key.startsWith('[') ? `typeof ${key.slice(1, -1)}` : JSON.stringify(key)));
      heritage = ` extends ${keys.length > 0 ? `${this.#names.global('Omit')}<${parent}, ${keys.join(' | ')}>` : parent}`;
    }
    lines.push(...this.#docs.comment(typeId(type), '  '), `  interface ${name}${typeParameters(type)}${heritage} {`);
    for (const [key, member] of table) {
      const old = inherited.get(key);
      if (!old || !isSame(member, old)) lines.push(...linesOf(key, member, this.#docs, '    '));
    }
    lines.push('  }');
  }

  /** A base type's name: those are always declared. */
  #baseName(base: Type): string {
    const follows = this.#follows;
    this.#follows = true;
    const name = base.FullName === 'System.Object' ? this.reference(base, 'object')! : this.#values.of(base, kNotNull, 'out');
    this.#follows = follows;
    return name;
  }

  /** What getType gives. */
  #addClass(type: Type, instance: string | undefined): void {
    const { scope, name } = this.#names.of(type);
    const own = this.#names.unique(scope, `${name}Constructor`);
    const parameters = typeParameters(type);
    const value = instance === undefined ? 'unknown' : instance + parameters;
    const table = this.#members.static(type);
    const known = ['fullName', 'prototype'].filter((key) => table.has(key)).map((key) => JSON.stringify(key));
    const heritage = `clr.ManagedClass<${type.IsValueType ? `unknown, ${value}` : value}>`;
    const lines = this.#lines(scope);
    lines.push(`  interface ${own}${parameters} extends ${known.length > 0 ? `${this.#names.global('Omit')}<${heritage}, ${known.join(' | ')}>` : heritage} {`);
    if (!type.IsAbstract && !type.IsEnum) {
      for (const each of this.#members.constructors(type, value)) {
        lines.push(...this.#docs.comment(each.docs, '    '), `    new(${each.parameters}): ${each.result};`);
      }
    }
    for (const [key, member] of table) lines.push(...linesOf(key, member, this.#docs, '    '));
    lines.push('  }');
    this.#drain();
    const full = this.#names.text({ scope, name: own });
    this.#classes.push(`    ${memberName(definitionName(type))}: ${type.IsGenericTypeDefinition ? genericClass(type, full) : full};`);
  }
}

const kNotNull = { ReadState: 1, WriteState: 1, ElementType: null, GenericTypeArguments: [] };

/** Public, with a name that can be written. */
function isExported(type: Type): boolean {
  return type.IsVisible && !type.IsByRefLike && /^[\p{ID_Continue}`$]+$/u.test(type.Name);
}

function typeParameters(type: Type): string {
  return type.IsGenericTypeDefinition ? `<${type.GetGenericArguments().map(({ Name }) => typeName(Name)).join(', ')}>` : '';
}

/** The definition of a generic type, whose instances `of` gives. */
function genericClass(type: Type, name: string): string {
  const parameters = type.GetGenericArguments().map(({ Name }) => typeName(Name));
  const list = (text: (parameter: string) => string) => parameters.map(text).join(', ');
  return `{ readonly fullName: string; of<${list((each) => `${each} extends clr.TypeArgument`)}>(${list((each) => `${each[0].toLowerCase()}${each.slice(1)}Type: ${each}`)}): ` +
    `${name}<${list((each) => `clr.TypeValue<${each}>`)}> }`;
}

/** Has every reference to a namespace go through a name for it that no inner one hides. */
function throughAlias(text: string, root: string): string {
  const alias = `$${root}`;
  const escaped = root.replaceAll('$', '\\$');
  const lines = text.split('\n').map((line) => (/^(export declare namespace|\s*\*|\s*\/\*\*|\/\/)/.test(line) ? line
    : line.replace(new RegExp(`(?<![\\w$.'"\`])${escaped}\\.(?=[\\w$])`, 'g'), `${alias}.`)));
  lines.splice(2, 0, `import ${alias} = ${root};`);
  return lines.join('\n');
}
