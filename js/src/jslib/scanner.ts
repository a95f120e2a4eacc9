// JavaScript taken apart into tokens, with brackets paired and what stands in braces known (block, object, function, class).
// What it is not: a parser. It knows as much grammar as it takes to tell a regular expression from a division and a key
// from a variable.

/** What is wrong with a .jslib file, and where. */
export class JslibError extends Error {
  override name = 'JslibError';

  constructor(readonly file: string, readonly line: number, reason: string, options?: ErrorOptions) {
    super(`${file}:${line}: ${reason}`, options);
  }
}

export type Kind = 'name' | 'number' | 'string' | 'template' | 'regex' | 'punctuator';
export type Braces = 'block' | 'object' | 'function' | 'class';

export interface Token {
  kind: Kind;
  text: string;
  start: number;
  end: number;
  line: number;
  /** A line break stands before it. */
  newline: boolean;
  /** Brackets: the index of the partner. */
  partner: number;
  /** Opening braces: what they enclose. */
  braces?: Braces;
  /** The index of the innermost bracket that it stands in; -1: none. */
  parent: number;
}

const identifierStart = /[\p{ID_Start}$_\\]/u;
const identifier = /[\p{ID_Continue}$_\u200c\u200d\\]/u;
const numberPattern = /(?:0[xX][\da-fA-F_]+n?|0[oO][0-7_]+n?|0[bB][01_]+n?|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?n?)/y;
/** Longest first. */
const punctuators = ['>>>=', '...', '===', '!==', '**=', '<<=', '>>=', '>>>', '&&=', '||=', '??=', '=>', '==', '!=', '<=', '>=', '&&', '||',
  '??', '?.', '++', '--', '+=', '-=', '*=', '/=', '%=', '&=', '|=', '^=', '<<', '>>', '**'];
/** Words that an expression follows. */
const beforeExpression = new Set(['return', 'typeof', 'case', 'in', 'of', 'delete', 'void', 'throw', 'new', 'instanceof', 'else', 'do', 'yield', 'await', 'default', 'extends']);
const control = new Set(['if', 'while', 'for', 'with', 'switch', 'catch']);
const closers: Record<string, string> = { '(': ')', '[': ']', '{': '}', '${': '}' };

export function scan(file: string, text: string): Token[] {
  return new Scanner(file, text).run();
}

/** Whether a token is a property's name behind a dot. */
export function isMember(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.text;
  return before === '.' || before === '?.' || before === '#';
}

class Scanner {
  readonly #file: string;
  readonly #text: string;
  readonly #tokens: Token[] = [];
  /** Indices of the brackets that are open. */
  readonly #open: number[] = [];
  #at = 0;
  #line = 1;
  #newline = false;

  constructor(file: string, text: string) {
    this.#file = file;
    this.#text = text;
  }

  run(): Token[] {
    for (this.#skip(); this.#at < this.#text.length; this.#skip()) this.#next();
    const open = this.#open.at(-1);
    if (open !== undefined) throw new JslibError(this.#file, this.#tokens[open].line, `'${this.#tokens[open].text}' is never closed`);
    return this.#tokens;
  }

  #fail(reason: string): never {
    throw new JslibError(this.#file, this.#line, reason);
  }

  /** White space and comments. */
  #skip(): void {
    const text = this.#text;
    for (;;) {
      const c = text[this.#at];
      if (c === '\n') {
        this.#line++;
        this.#newline = true;
        this.#at++;
      } else if (c !== undefined && /[\s\ufeff]/.test(c)) {
        this.#at++;
      } else if (c === '/' && text[this.#at + 1] === '/') {
        const end = text.indexOf('\n', this.#at);
        this.#at = end < 0 ? text.length : end;
      } else if (c === '/' && text[this.#at + 1] === '*') {
        const end = text.indexOf('*/', this.#at + 2);
        if (end < 0) this.#fail('the comment has no end');
        this.#advance(end + 2);
      } else {
        return;
      }
    }
  }

  /** Goes on to a place behind several lines, perhaps. */
  #advance(to: number): void {
    for (let i = this.#at; i < to; i++) {
      if (this.#text[i] !== '\n') continue;
      this.#line++;
      this.#newline = true;
    }
    this.#at = to;
  }

  #next(): void {
    const text = this.#text;
    const c = text[this.#at];
    if (c === '"' || c === "'") return this.#add('string', this.#stringEnd(c));
    if (c === '`') return this.#template('template', this.#at + 1);
    if (identifierStart.test(c)) return this.#add('name', this.#nameEnd());
    if (/\d/.test(c) || (c === '.' && /\d/.test(text[this.#at + 1] ?? ''))) {
      numberPattern.lastIndex = this.#at;
      numberPattern.exec(text);
      return this.#add('number', numberPattern.lastIndex);
    }
    if (c === '/' && this.#startsExpression()) return this.#add('regex', this.#regexEnd());
    if ('([{'.includes(c)) return this.#openBracket(c);
    if (')]}'.includes(c)) return this.#closeBracket(c);
    const long = punctuators.find((candidate) => text.startsWith(candidate, this.#at));
    const isTernary = long === '?.' && /\d/.test(text[this.#at + 2] ?? '');
    if (long && !isTernary) return this.#add('punctuator', this.#at + long.length);
    if (!';,<>+-*/%&|^!~?:=.@#'.includes(c)) this.#fail(`unexpected character '${c}'`);
    return this.#add('punctuator', this.#at + 1);
  }

  #add(kind: Kind, end: number): void {
    const token: Token = {
      kind, text: this.#text.slice(this.#at, end), start: this.#at, end, line: this.#line, newline: this.#newline, partner: -1, parent: this.#open.at(-1) ?? -1,
    };
    this.#tokens.push(token);
    this.#newline = false;
    this.#advance(end);
    this.#newline = false;
  }

  #nameEnd(): number {
    let end = this.#at + 1;
    while (end < this.#text.length && identifier.test(this.#text[end])) end++;
    return end;
  }

  #stringEnd(quote: string): number {
    const text = this.#text;
    for (let i = this.#at + 1; i < text.length; i++) {
      if (text[i] === quote) return i + 1;
      if (text[i] === '\n') break;
      if (text[i] === '\\') i += text[i + 1] === '\r' && text[i + 2] === '\n' ? 2 : 1;
    }
    return this.#fail('the string has no end');
  }

  #regexEnd(): number {
    const text = this.#text;
    let inClass = false;
    for (let i = this.#at + 1; i < text.length && text[i] !== '\n'; i++) {
      if (text[i] === '\\') i++;
      else if (text[i] === '[') inClass = true;
      else if (text[i] === ']') inClass = false;
      else if (text[i] === '/' && !inClass) {
        let end = i + 1;
        while (/[a-z]/.test(text[end] ?? '')) end++;
        return end;
      }
    }
    return this.#fail('the regular expression has no end');
  }

  /** A template up to its end or to the next `${`, which is a bracket like others. */
  #template(kind: 'template' | 'punctuator', from: number): void {
    const text = this.#text;
    for (let i = from; i < text.length; i++) {
      if (text[i] === '\\') {
        i++;
      } else if (text[i] === '`') {
        return this.#add('template', i + 1);
      } else if (text[i] === '$' && text[i + 1] === '{') {
        if (i > from || kind === 'template') this.#add('template', i);
        this.#open.push(this.#tokens.length);
        this.#add('punctuator', i + 2);
        this.#tokens.at(-1)!.parent = this.#open.at(-2) ?? -1;
        return;
      }
    }
    this.#fail('the template has no end');
  }

  #openBracket(c: string): void {
    const braces = c === '{' ? this.#bracesHere() : undefined;
    const index = this.#tokens.length;
    this.#add('punctuator', this.#at + 1);
    this.#tokens[index].braces = braces;
    this.#open.push(index);
  }

  #closeBracket(c: string): void {
    const open = this.#open.pop();
    if (open === undefined) this.#fail(`'${c}' closes nothing`);
    const opener = this.#tokens[open];
    if (closers[opener.text] !== c) this.#fail(`'${c}' stands where the '${opener.text}' of line ${opener.line} wants its '${closers[opener.text]}'`);
    opener.partner = this.#tokens.length;
    this.#add('punctuator', this.#at + 1);
    this.#tokens[opener.partner].partner = open;
    if (opener.text === '${') this.#template('punctuator', this.#at);
  }

  /** May an expression begin here, so that a slash begins a regular expression? */
  #startsExpression(): boolean {
    const at = this.#tokens.length - 1;
    const before = this.#tokens[at];
    if (!before) return true;
    if (before.kind === 'name') return beforeExpression.has(before.text) && !isMember(this.#tokens, at);
    if (before.kind !== 'punctuator') return false;
    if (before.text === ')') return this.#isControl(before.partner);
    if (before.text === '}') return before.partner >= 0 && this.#tokens[before.partner].braces !== 'object';
    return before.text !== ']' && before.text !== '++' && before.text !== '--';
  }

  /** Whether the parenthesis belongs to an `if` or its like. */
  #isControl(open: number): boolean {
    const before = this.#tokens[open - 1];
    const word = before?.text === 'await' ? this.#tokens[open - 2] : before;
    return word?.kind === 'name' && control.has(word.text) && !isMember(this.#tokens, open - 1);
  }

  #bracesHere(): Braces {
    const at = this.#tokens.length - 1;
    const before = this.#tokens[at];
    if (!before || before.text === ';' || before.text === '{' || before.text === '}') return before?.text === '{' && before.braces === 'object' ? 'object' : 'block';
    if (before.text === ')') return this.#isControl(before.partner) ? 'block' : 'function';
    if (before.text === '=>') return 'function';
    if (this.#isClassHead(at)) return 'class';
    if (before.text === ':') return this.#isLabelColon() ? 'block' : 'object';
    if (before.kind === 'punctuator') return before.text === ']' ? 'block' : 'object';
    if (before.kind !== 'name') return 'block';
    return beforeExpression.has(before.text) && !['else', 'do', 'default'].includes(before.text) ? 'object' : 'block';
  }

  #isLabelColon(): boolean {
    for (let at = this.#tokens.length - 2; at >= 0; at--) {
      const token = this.#tokens[at];
      if (token.parent !== (this.#open.at(-1) ?? -1)) continue;
      if (token.text === '?' || token.text === '{' || token.text === ',') return false;
      if (token.text === 'case' || token.text === 'default') return this.#tokens[token.parent]?.braces === 'block';
      if (token.text === ';' || token.text === '}') return false;
    }
    return false;
  }

  /** `class`, `class A`, `class A extends B.C` */
  #isClassHead(from: number): boolean {
    for (let at = from; at >= 0 && from - at < 12; at--) {
      const { kind, text } = this.#tokens[at];
      if (text === 'class' && !isMember(this.#tokens, at)) return true;
      if (kind !== 'name' && text !== '.' && text !== '(' && text !== ')') return false;
    }
    return false;
  }
}
