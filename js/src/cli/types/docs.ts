// XML documentation (App.xml, ECMA-334 annex D) as TSDoc comments. Read as far as compilers write it: elements and entities.

import { definitionName, type Event, type Field, type Method, type Property, type Type } from './reflection.js';

const kEntities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

export class Docs {
  readonly #members = new Map<string, string>();

  add(xml: string): void {
    for (const [, name, content] of xml.matchAll(/<member\s+name="([^"]*)"\s*>([\s\S]*?)<\/member>/g)) this.#members.set(decoded(name), content);
  }

  /** The lines of a comment, indented; [] where nothing is said. */
  comment(id: string, indent: string): string[] {
    const xml = this.#members.get(id);
    const lines = xml === undefined ? [] : sectionsOf(xml).join('\n').split('\n');
    if (lines.length === 0 || (lines.length === 1 && lines[0] === '')) return [];
    const safe = lines.map((line) => line.replaceAll('*/', '*\\/'));
    if (safe.length === 1) return [`${indent}/** ${safe[0]} */`];
    return [`${indent}/**`, ...safe.map((line) => `${indent} *${line === '' ? '' : ` ${line}`}`), `${indent} */`];
  }
}

function sectionsOf(xml: string): string[] {
  const sections: string[] = [];
  const each = (tag: string, use: (attributes: string, text: string) => string) => {
    for (const [, attributes, body] of xml.matchAll(new RegExp(`<${tag}((?:\\s[^>]*)?)(?<!/)>([\\s\\S]*?)</${tag}>`, 'g'))) {
      const text = textOf(body);
      if (text !== '') sections.push(use(attributes, text));
    }
  };
  const name = (attributes: string) => /name="([^"]*)"/.exec(attributes)?.[1] ?? '';
  each('summary', (_, text) => text);
  each('remarks', (_, text) => `@remarks ${text}`);
  each('value', (_, text) => `@remarks ${text}`);
  each('typeparam', (attributes, text) => `@typeParam ${name(attributes)} - ${text}`);
  each('param', (attributes, text) => `@param ${name(attributes)} - ${text}`);
  each('returns', (_, text) => `@returns ${text}`);
  each('exception', (attributes, text) => `@throws ${reference(/cref="([^"]*)"/.exec(attributes)?.[1] ?? '')}: ${text}`);
  each('example', (_, text) => `@example\n${text}`);
  return sections;
}

/** "M:Ns.Type.Method(System.Int32)" → "Ns.Type.Method" */
function reference(cref: string): string {
  return `\`${decoded(cref).replace(/^[A-Z!]:/, '').replace(/\(.*$/, '').replace(/`+\d+/g, '')}\``;
}

function decoded(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex?: string, decimal?: string, name = '') =>
    (hex ?? decimal) === undefined ? kEntities[name] ?? whole : String.fromCodePoint(parseInt((hex ?? decimal)!, hex ? 16 : 10)));
}

function textOf(xml: string): string {
  const code: string[] = [];
  const keep = (text: string) => `\u0001${code.push(text) - 1}\u0001`;
  const plain = xml
    .replace(/<code[^>]*>([\s\S]*?)<\/code>/g, (_, body: string) => `\n\n${keep(`\`\`\`\n${dedented(decoded(body))}\n\`\`\``)}\n\n`)
    .replace(/<(?:see|seealso)\s+cref="([^"]*)"[^>]*>(?:([^<]+)<\/(?:see|seealso)>)?/g, (_, cref: string, text?: string) => text ?? reference(cref))
    .replace(/<see\s+langword="([^"]*)"[^>]*>/g, '`$1`')
    .replace(/<see\s+href="([^"]*)"[^>]*>([^<]*)<\/see>/g, '$2 ($1)')
    .replace(/<(?:paramref|typeparamref)\s+name="([^"]*)"[^>]*>/g, '`$1`')
    .replace(/<c>([\s\S]*?)<\/c>/g, '`$1`')
    .replace(/<\/?para\s*\/?>/g, '\n\n')
    .replace(/<item>/g, '\n\n- ')
    .replace(/<[^>]*>/g, '');
  const paragraphs = plain.split(/\n\s*\n/).map((paragraph) => decoded(paragraph).replace(/\s+/g, ' ').trim()).filter((paragraph) => paragraph !== '');
  return paragraphs.join('\n\n').replace(/\u0001(\d+)\u0001/g, (_, index: string) => code[Number(index)]);
}

function dedented(text: string): string {
  const lines = text.replace(/^\s*\n|\s+$/g, '').split('\n');
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => /^\s*/.exec(line)![0].length));
  return lines.map((line) => line.slice(indent)).join('\n');
}

const dotted = (type: Type) => definitionName(type).replaceAll('+', '.');

/** A type inside of a member's id. */
function typeText(type: Type): string {
  if (type.IsGenericParameter) return `${type.IsGenericMethodParameter ? '``' : '`'}${type.GenericParameterPosition}`;
  if (type.IsByRef) return `${typeText(type.GetElementType())}@`;
  if (type.IsPointer) return `${typeText(type.GetElementType())}*`;
  if (type.IsArray) return typeText(type.GetElementType()) + (type.IsSZArray ? '[]' : `[${Array(type.GetArrayRank()).fill('0:').join(',')}]`);
  if (!type.IsGenericType) return dotted(type);
  const args = type.GetGenericArguments().map(typeText);
  return dotted(type).replace(/`(\d+)/g, (_, count: string) => `{${args.splice(0, Number(count)).join(',')}}`);
}

export const typeId = (type: Type): string => `T:${dotted(type)}`;

export function memberId(member: Field | Event | Property): string {
  const kind = 'FieldType' in member ? 'F' : 'EventHandlerType' in member ? 'E' : 'P';
  const parameters = 'PropertyType' in member ? member.GetIndexParameters() : [];
  return `${kind}:${dotted(member.DeclaringType)}.${member.Name}${list(parameters.map(({ ParameterType }) => ParameterType))}`;
}

export function methodId(method: Method, name = method.Name): string {
  const generic = method.IsGenericMethod ? `\`\`${method.GetGenericArguments().length}` : '';
  const result = /^op_(Im|Ex)plicit$/.test(name) ? `~${typeText(method.ReturnType)}` : '';
  return `M:${dotted(method.DeclaringType)}.${name.replace('.ctor', '#ctor')}${generic}${list(method.GetParameters().map(({ ParameterType }) => ParameterType))}${result}`;
}

function list(types: Type[]): string {
  return types.length === 0 ? '' : `(${types.map(typeText).join(',')})`;
}
