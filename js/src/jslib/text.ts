// String literals as the texts that they mean, and places of a text exchanged for others.

export interface Edit {
  start: number;
  end: number;
  text: string;
}

/** The text with all edits done; they do not overlap. */
export function edited(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

const escapes: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', 0: '\0' };

/** What a literal means: 'a\n', "a", or a template without substitutions. */
export function unquoted(literal: string): string {
  return literal.slice(1, -1).replace(/\\(?:u\{([\da-fA-F]+)\}|u([\da-fA-F]{4})|x([\da-fA-F]{2})|\r\n|([^]))/g,
    (_, point?: string, unit?: string, byte?: string, one?: string) => {
      const code = point ?? unit ?? byte;
      if (code !== undefined) return String.fromCodePoint(parseInt(code, 16));
      return one === undefined || one === '\n' ? '' : escapes[one] ?? one;
    });
}
