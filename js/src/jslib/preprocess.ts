// What Emscripten's compiler does to a JavaScript library before it is JavaScript: lines with #if, and {{{ macros }}}. Its
// settings are those of a release build without threads; one that is not known is 0. Lines keep their numbers.

import { JslibError, scan, type Token } from './scanner.js';
import { edited, unquoted, type Edit } from './text.js';

type Value = number | string | boolean;

const settings: Record<string, Value> = { WASM: 1, WASM_BIGINT: 1, POINTER_SIZE: 4, POINTER_BITS: 32, STACK_ALIGN: 16, ENVIRONMENT_MAY_BE_WEB: 1, ENVIRONMENT_MAY_BE_NODE: 1, ENVIRONMENT_MAY_BE_WORKER: 1, SUPPORT_BIG_ENDIAN: 0, MODULARIZE: 1, true: true, false: false };

/** The lines that #if, #ifdef, #ifndef, #elif and #else leave; the others are empty. */
export function chooseLines(file: string, text: string): string {
  /** Of each #if that is open: whether what stands here is wanted, whether a branch was, the line. */
  const open: { on: boolean; done: boolean; line: number }[] = [];
  const lines = text.split('\n').map((line, index) => {
    const [, directive, rest] = /^\s*#(if|ifdef|ifndef|elif|else|endif|error|warning|include)\b\s*(.*?)\s*$/.exec(line) ?? [];
    const outer = open.slice(0, -1).every(({ on }) => on);
    const wanted = outer && (open.at(-1)?.on ?? true);
    if (directive === undefined) return wanted ? line : '';
    const holds = () => Boolean(new Expression(file, index + 1, rest).value());
    if (directive.startsWith('if')) {
      const on = wanted && (directive === 'if' ? holds() : (rest in settings) === (directive === 'ifdef'));
      open.push({ on, done: on, line: index + 1 });
    } else if (directive === 'error' || directive === 'include') {
      if (wanted) throw new JslibError(file, index + 1, directive === 'error' ? `#error ${rest}` : `#include ${rest}: there are no files to include`);
    } else if (directive !== 'warning') {
      const last = open.at(-1);
      if (!last) throw new JslibError(file, index + 1, `#${directive} without #if`);
      if (directive === 'endif') open.pop();
      else last.on = outer && !last.done && (directive === 'else' || holds());
      last.done ||= last.on;
    }
    return '';
  });
  const last = open.at(-1);
  if (last) throw new JslibError(file, last.line, '#if without #endif');
  return lines.join('\n');
}

/** A condition: settings, numbers, texts, ! && || == != < > <= >= + -, defined(). */
class Expression {
  readonly #tokens: Token[];
  #at = 0;

  constructor(readonly file: string, readonly line: number, readonly text: string) {
    this.#tokens = scan(file, text);
  }

  value(): Value {
    const result = this.#binary(0);
    if (this.#at < this.#tokens.length) this.#fail();
    return result;
  }

  #fail(): never {
    throw new JslibError(this.file, this.line, `the condition '${this.text}' is not understood`);
  }

  #take(text: string): boolean {
    if (this.#tokens[this.#at]?.text !== text) return false;
    this.#at++;
    return true;
  }

  static readonly #levels: Record<string, (a: any, b: any) => Value>[] = [
    { '||': (a, b) => a || b },
    { '&&': (a, b) => a && b },
    { '==': (a, b) => a == b, '!=': (a, b) => a != b, '===': (a, b) => a === b, '!==': (a, b) => a !== b },
    { '<': (a, b) => a < b, '>': (a, b) => a > b, '<=': (a, b) => a <= b, '>=': (a, b) => a >= b },
    { '+': (a, b) => a + b, '-': (a, b) => a - b },
  ];

  #binary(level: number): Value {
    if (level === Expression.#levels.length) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const operator = this.#tokens[this.#at]?.text ?? '';
      if (!Object.hasOwn(Expression.#levels[level], operator)) return left;
      this.#at++;
      left = Expression.#levels[level][operator](left, this.#binary(level + 1));
    }
  }

  #unary(): Value {
    if (this.#take('!')) return !this.#unary();
    if (this.#take('-')) return -Number(this.#unary());
    if (this.#take('(')) {
      const value = this.#binary(0);
      if (!this.#take(')')) this.#fail();
      return value;
    }
    const token = this.#tokens[this.#at++];
    if (token?.kind === 'number') return Number(token.text);
    if (token?.kind === 'string') return unquoted(token.text);
    if (token?.kind !== 'name') return this.#fail();
    if (token.text !== 'defined') return settings[token.text] ?? 0;
    const name = this.#take('(') ? this.#tokens[this.#at++]?.text : undefined;
    if (name === undefined || !this.#take(')')) return this.#fail();
    return name in settings;
  }
}

/** The code that stands for a macro, from the codes of its arguments. */
const macros: Record<string, (...args: string[]) => string | undefined> = {
  // Of old the pointer was the call's first argument.
  makeDynCall: (sig, pointer) => (sig === undefined ? undefined : pointer === undefined ? `__leanclr.dynamic(${JSON.stringify(sig)})` : `__leanclr.dynamic(${JSON.stringify(sig)}, ${pointer})`),
  makeGetValue: (pointer, offset, type) => type && `getValue((${pointer}) + (${offset}), ${JSON.stringify(type)})`,
  makeSetValue: (pointer, offset, value, type) => type && `setValue((${pointer}) + (${offset}), ${value}, ${JSON.stringify(type)})`,
  makeHEAPView: (type, start, end) => end && `HEAP${type}.subarray((${start}) >> ${Math.log2(parseInt(/\d+/.exec(type)?.[0] ?? '8', 10) / 8)}, (${end}) >> ${Math.log2(parseInt(/\d+/.exec(type)?.[0] ?? '8', 10) / 8)})`,
  from64: () => '',
  to64: (value) => value,
  from64Expr: (value) => value,
  runtimeKeepalivePush: () => '',
  runtimeKeepalivePop: () => '',
  makeMalloc: (_, size) => size && `_malloc(${size})`,
};

/** Without {{{ macros }}} where code stands; in texts and comments they are left alone. */
export function expandMacros(file: string, text: string): string {
  const edits: Edit[] = [];
  const tokens = scan(file, text);
  for (let at = 0; at + 2 < tokens.length; at++) {
    const braces = tokens.slice(at, at + 3);
    if (!braces.every(({ text: brace, start }, index) => brace === '{' && start === braces[0].start + index)) continue;
    const [outer, , inner] = braces;
    const last = tokens[outer.partner];
    if (tokens[inner.partner].start + 2 !== last.start) continue;
    const code = expansion(file, text, tokens, at + 3, inner.partner);
    const breaks = text.slice(outer.start, last.end).split('\n').length - code.split('\n').length;
    edits.push({ start: outer.start, end: last.end, text: code + '\n'.repeat(Math.max(breaks, 0)) });
    at = outer.partner;
  }
  return edited(text, edits);
}

/** The code for the tokens of a macro. */
function expansion(file: string, text: string, tokens: readonly Token[], from: number, to: number): string {
  const whole = text.slice(tokens[from].start, tokens[to].start).trim();
  const fail = (): never => {
    throw new JslibError(file, tokens[from].line, `the macro {{{ ${whole} }}} is not known; known are settings and ${Object.keys(macros).join(', ')}`);
  };
  const name = tokens[from].text;
  if (to === from + 1) {
    if (tokens[from].kind === 'number') return name;
    return Object.hasOwn(settings, name) || /^[A-Z_\d]+$/.test(name) ? JSON.stringify(settings[name] ?? 0) : fail();
  }
  const open = from + 1;
  if (!Object.hasOwn(macros, name) || tokens[open].text !== '(' || tokens[open].partner !== to - 1) return fail();
  const args: string[] = [];
  for (let at = open + 1, start = at; at < to; at++) {
    const isEnd = at === to - 1;
    if (!isEnd && (tokens[at].text !== ',' || tokens[at].parent !== open)) continue;
    if (at > start) args.push(at === start + 1 && tokens[start].kind === 'string' ? unquoted(tokens[start].text) : text.slice(tokens[start].start, tokens[at - 1].end));
    start = at + 1;
  }
  return macros[name](...args) ?? fail();
}
