// Files of Unity's .jslib kind → the text of one JavaScript module. The files' code stays as it is, in a function; around it
// stand variables for what Emscripten puts around it: views of the memory, helpers, other library functions by their
// C names, $objects. Code that stands in texts (`$x: 'new Map()'`, `f__postset: 'f.init()'`) becomes functions, so that
// nothing is compiled from texts later.
//
// The module's default export takes the environment and gives JslibModule (link.ts). This file knows no runtime: the command
// and the host share it.

import { kDecoration, kHostNames } from './names.js';
import { chooseLines, expandMacros } from './preprocess.js';
import { JslibError, isMember, scan, type Token } from './scanner.js';
import { implicitGlobals, isVariable } from './scopes.js';
import { edited, unquoted, type Edit } from './text.js';

export { JslibError };

export interface JslibFile {
  /** Its name, for messages. */
  file: string;
  text: string;
}

export interface ConvertOptions {
  /** More variables that somebody supplies: `imports`, and what other files define. */
  names?: Iterable<string>;
  /** Stack traces show the file's name and lines: of one file that is not to be saved. */
  isForNow?: boolean;
}

/** An identifier, not as strictly as the standard has it. */
const kName = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
const kReserved = new Set(['__leanclr', 'mergeInto', 'LibraryManager', 'addToLibrary', 'autoAddDeps', 'arguments', 'eval', 'this']);

export function convertJslib(files: readonly JslibFile[], { names = [], isForNow = false }: ConvertOptions = {}): string {
  const prepared = files.map(({ file, text }) => {
    const code = withCode(file, expandMacros(file, chooseLines(file, text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'))));
    return { file, code, tokens: scan(file, code) };
  });
  const supplied = new Set<string>(names);
  for (const { tokens } of prepared) for (const name of definedNames(tokens)) supplied.add(name);
  const variables = new Set<string>();
  const globals = new Set<string>();
  for (const { tokens } of prepared) {
    for (let at = 0; at < tokens.length; at++) if (isVariable(tokens, at) && isSupplied(tokens[at].text, supplied)) variables.add(tokens[at].text);
    for (const name of implicitGlobals(tokens)) globals.add(name);
  }
  const list = [...variables].filter((name) => !kReserved.has(name)).sort();
  const unsupplied = [...globals].filter((name) => !variables.has(name) && !kReserved.has(name)).sort();
  const accessors = list.map((name) => `${name}: [() => ${name}, (v) => { ${name} = v; }]`).join(', ');
  const head = `export const jslib = 1; export default (__leanclr) => { ${list.length > 0 ? `let ${list.join(', ')}; ` : ''}return { ` +
    `names: { ${accessors} }, globals: ${JSON.stringify(unsupplied)}, files: [`;
  const separator = isForNow ? '' : '\n';
  const bodies = prepared.map(({ file, code }) =>
    `${separator}{ file: ${JSON.stringify(file)}, load(mergeInto, LibraryManager, addToLibrary, autoAddDeps, DEFAULT_LIBRARY_FUNCS_TO_INCLUDE) { ${separator}${code}\n} },`);
  const url = isForNow ? `//# sourceURL=${files[0].file.replace(/\s/g, '_')}\n` : '';
  return `${head}${bodies.join('')}${separator}] }; };\n${url}`;
}

function isSupplied(name: string, supplied: ReadonlySet<string>): boolean {
  return kHostNames.has(name) || supplied.has(name) || /^dynCall_\w/.test(name) || (/^_[\p{ID_Start}_$]/u.test(name) && name !== '__leanclr');
}

/** The variables behind the keys of the file's libraries, and behind what `__deps` names. */
function* definedNames(tokens: readonly Token[]): Generator<string> {
  for (let at = 0; at < tokens.length; at++) {
    const { kind, text } = tokens[at];
    if (kind === 'string' && text[1] === '$' && kName.test(text.slice(2, -1))) yield text.slice(2, -1);
    const key = keyAt(tokens, at);
    if (key?.startsWith('$') && !kDecoration.test(key) && kName.test(key.slice(1))) yield key.slice(1);
  }
}

/** The key of a property of a library object: one that stands in no other braces. */
function keyAt(tokens: readonly Token[], at: number): string | undefined {
  const { kind, text, parent } = tokens[at];
  if (kind !== 'name' && kind !== 'string') return undefined;
  if (tokens[parent]?.braces !== 'object' || ![',', '{', 'async', 'get', '*'].includes(tokens[at - 1].text)) return undefined;
  for (let outer = tokens[parent].parent; outer >= 0; outer = tokens[outer].parent) if (tokens[outer].text === '{') return undefined;
  return kind === 'string' ? unquoted(text) : text;
}

/** The same with code in the place of texts that are code; and what only sloppy code may write, as modules write it. */
function withCode(file: string, text: string): string {
  const tokens = scan(file, text);
  const edits: Edit[] = [];
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    const key = codeKey(tokens, at);
    const literal = key === undefined ? undefined : literalAt(tokens, at + 2);
    if (literal) {
      const place = { start: tokens[at + 2].start, end: tokens[literal.last].end };
      if (key!.endsWith('__postset')) edits.push({ ...place, text: `() => { ${literal.value}\n}` });
      else if (literal.value !== '') edits.push({ ...place, text: `__leanclr.code(${JSON.stringify(literal.value)}, () => (${literal.value.replace(/^=/, '').replace(/;\s*$/, '')}\n))` });
      at = literal.last;
    } else if (token.text === 'with' && token.kind === 'name' && tokens[at + 1]?.text === '(' && !isMember(tokens, at) && tokens[token.parent]?.braces !== 'object') {
      throw new JslibError(file, token.line, 'a `with` statement cannot stand in a module');
    } else if (token.kind === 'number' && /^0\d+$/.test(token.text)) {
      edits.push({ start: token.start, end: token.end, text: /[89]/.test(token.text) ? String(Number(token.text)) : `0o${token.text.slice(1)}` });
    } else if (token.kind === 'string' && /\\[0-7]/.test(token.text)) {
      edits.push({ start: token.start, end: token.end, text: withoutOctal(token.text) });
    }
  }
  return edited(text, edits);
}

/** The key whose value may be code in a text: `$name: '…'`, `f__postset: '…'`, `library.f__postset = '…'`. */
function codeKey(tokens: readonly Token[], at: number): string | undefined {
  const separator = tokens[at + 1]?.text;
  if (separator === '=') return tokens[at].kind === 'name' && isMember(tokens, at) && tokens[at].text.endsWith('__postset') ? tokens[at].text : undefined;
  const key = separator === ':' ? keyAt(tokens, at) : undefined;
  if (key === undefined) return undefined;
  return key.endsWith('__postset') || (key.startsWith('$') && !kDecoration.test(key)) ? key : undefined;
}

/** 'a' + "b" + `c` */
function literalAt(tokens: readonly Token[], first: number): { value: string; last: number } | undefined {
  let value = '';
  for (let at = first; at < tokens.length; at += 2) {
    const { kind, text } = tokens[at];
    if (kind !== 'string' && !(kind === 'template' && text.endsWith('`') && text.length > 1)) return undefined;
    value += unquoted(text);
    const after = tokens[at + 1];
    if (after?.text === '+') continue;
    return after === undefined || [',', '}', ';'].includes(after.text) || after.newline ? { value, last: at } : undefined;
  }
  return undefined;
}

function withoutOctal(literal: string): string {
  return literal.replace(/\\([0-7]{1,3}|[^])/g, (escape, code: string, at: number, all: string) =>
    (!/^[0-7]/.test(code) || (code === '0' && !/\d/.test(all[at + 2])) ? escape : `\\x${parseInt(code, 8).toString(16).padStart(2, '0')}`));
}
