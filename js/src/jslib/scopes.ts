// The variables of a file that it assigns to without declaring them: sloppy code makes globals of them, a module must have
// them before. Scopes are functions; a block's `let` counts as its function's.

import { isMember, type Token } from './scanner.js';

interface Scope {
  parent: Scope | undefined;
  declared: Set<string>;
}

const assignments = new Set(['=', '+=', '-=', '*=', '/=', '%=', '**=', '<<=', '>>=', '>>>=', '&=', '|=', '^=', '&&=', '||=', '??=']);
const declarators = new Set(['var', 'let', 'const']);
const words = new Set(['if', 'else', 'for', 'while', 'do', 'return', 'switch', 'case', 'break', 'continue', 'try', 'catch', 'finally', 'throw', 'function', 'var',
  'let', 'const', 'class', 'new', 'delete', 'typeof', 'void', 'in', 'of', 'instanceof', 'this', 'null', 'true', 'false', 'yield', 'async', 'await', 'with', 'debugger', 'super']);

/** Is the token a variable, no keyword, member or key? */
export function isVariable(tokens: readonly Token[], at: number): boolean {
  const { kind, text, parent } = tokens[at];
  if (kind !== 'name' || words.has(text) || isMember(tokens, at)) return false;
  const braces = tokens[parent]?.braces;
  const after = tokens[at + 1]?.text;
  if (braces === 'class') return false;
  if (braces !== 'object') return true;
  const before = tokens[at - 1].text;
  return !((before === '{' || before === ',') && after !== ',' && after !== '}' && after !== '=') && !(after === '(' && ['get', 'set', 'async', '*'].includes(before));
}

export function implicitGlobals(tokens: readonly Token[]): Set<string> {
  const scopes = scopesOf(tokens);
  for (let at = 0; at < tokens.length; at++) declare(tokens, at, scopes);
  const found = new Set<string>();
  for (let at = 0; at < tokens.length; at++) {
    if (!isVariable(tokens, at) || !isAssigned(tokens, at)) continue;
    let scope: Scope | undefined = scopes[at];
    while (scope && !scope.declared.has(tokens[at].text)) scope = scope.parent;
    if (!scope) found.add(tokens[at].text);
  }
  return found;
}

/** The scope of each token. The parameters of a function are in it. */
function scopesOf(tokens: readonly Token[]): Scope[] {
  const scopes: Scope[] = [];
  let scope: Scope = { parent: undefined, declared: new Set(['arguments']) };
  const left: Scope[] = [];
  tokens.forEach((token, at) => {
    const isBody = token.braces === 'function';
    if (isBody) {
      left.push(scope);
      scope = { parent: scope, declared: new Set() };
      for (let i = declareParameters(tokens, at, scope); i < at; i++) scopes[i] = scope;
    }
    scopes.push(scope);
    if (token.text === '}' && tokens[token.partner]?.braces === 'function') scope = left.pop()!;
  });
  return scopes;
}

/** Those in front of a function's body. Gives where they begin. */
function declareParameters(tokens: readonly Token[], body: number, scope: Scope): number {
  const last = tokens[body - 1].text === '=>' ? body - 2 : body - 1;
  if (tokens[last].kind === 'name') {
    scope.declared.add(tokens[last].text);
    return last;
  }
  for (let at = tokens[last].partner; at < last; at++) if (tokens[at].kind === 'name') scope.declared.add(tokens[at].text);
  const name = tokens[tokens[last].partner - 1];
  if (name?.kind === 'name') scope.declared.add(name.text); // a function knows itself by its name
  return tokens[last].partner;
}

function declare(tokens: readonly Token[], at: number, scopes: readonly Scope[]): void {
  const { kind, text } = tokens[at];
  const { declared } = scopes[at];
  if (text === '=>' && tokens[at + 1]?.braces !== 'function') declareParameters(tokens, at + 1, scopes[at]); // without a body of its own
  if (kind !== 'name' || isMember(tokens, at)) return;
  if ((text === 'function' || text === 'class') && tokens[at + 1]) {
    const name = tokens[tokens[at + 1].text === '*' ? at + 2 : at + 1];
    if (name?.kind === 'name') declared.add(name.text);
  } else if (text === 'catch' && tokens[at + 1]?.text === '(') {
    for (let i = at + 2; i < tokens[at + 1].partner; i++) if (tokens[i].kind === 'name') declared.add(tokens[i].text);
  } else if (declarators.has(text)) {
    declareAll(tokens, at, declared);
  }
}

/** `var a = 1, { b, c: d } = e, f` */
function declareAll(tokens: readonly Token[], keyword: number, declared: Set<string>): void {
  let at = keyword + 1;
  for (;;) {
    const first = tokens[at];
    if (!first) return;
    if (first.kind === 'name') declared.add(first.text);
    else if (first.partner > at) for (let i = at; i < first.partner; i++) if (isVariable(tokens, i)) declared.add(tokens[i].text);
    at = endOfDeclarator(tokens, first.partner > at ? first.partner + 1 : at + 1);
    if (tokens[at]?.text !== ',') return;
    at++;
  }
}

/** Where the comma, or whatever else ends a declarator, is. */
function endOfDeclarator(tokens: readonly Token[], from: number): number {
  for (let at = from; at < tokens.length; at++) {
    const { text, kind, newline, partner } = tokens[at];
    if (text === ',' || text === ';' || text === ')' || text === ']' || text === '}') return at;
    // A value behind a value in the next line: the statement has ended.
    if (newline && at > from && (kind !== 'punctuator' || text === '{') && endsValue(tokens, at - 1)) return at;
    if (partner > at) at = partner;
  }
  return tokens.length;
}

function endsValue(tokens: readonly Token[], at: number): boolean {
  const { kind, text } = tokens[at];
  return kind === 'punctuator' ? text === ')' || text === ']' || text === '}' || text === '++' || text === '--' : kind !== 'name' || !words.has(text) || ['this', 'null', 'true', 'false'].includes(text);
}

function isAssigned(tokens: readonly Token[], at: number): boolean {
  const after = tokens[at + 1];
  const before = tokens[at - 1]?.text;
  if (after && assignments.has(after.text)) return true;
  if (after && !after.newline && (after.text === '++' || after.text === '--')) return true;
  if (before === '++' || before === '--') return true;
  const { parent } = tokens[at];
  const isPattern = tokens[parent]?.text === '[' && tokens[tokens[parent].partner + 1]?.text === '=' && !(parent > 0 && endsValue(tokens, parent - 1));
  if (isPattern && (after?.text === ',' || after?.text === ']')) return true; // [a, b] = …
  const isFor = before === '(' && (tokens[at - 2]?.text === 'for' || tokens[at - 2]?.text === 'await');
  return isFor && (after?.text === 'in' || after?.text === 'of');
}
