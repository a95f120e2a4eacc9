// Where stdout and stderr go. The runtime writes bytes in whatever pieces; text targets get whole characters.

import type { OutputTarget } from './options.js';

export interface Output {
  write(bytes: Uint8Array): void;
  /** Hands over what is held back. */
  flush(): void;
}

/** An output over a target that the user gave. */
export function outputTo(target: OutputTarget): Output {
  if (typeof target !== 'function') {
    return { write: (bytes) => target.write(bytes.slice()), flush: () => {} };
  }
  const decoder = new TextDecoder();
  const emit = (text: string) => {
    if (text !== '') target(text);
  };
  return {
    write: (bytes) => emit(decoder.decode(bytes, { stream: true })),
    flush: () => emit(decoder.decode()),
  };
}

/** An output that hands whole lines to `print`, as the console wants them; what is left of a line comes with flush(). */
export function outputByLine(print: (line: string) => void): Output {
  let held = '';
  const text = outputTo((chunk) => {
    const lines = (held + chunk).split('\n');
    held = lines.pop()!;
    for (const line of lines) print(line);
  });
  const flush = () => {
    text.flush();
    if (held !== '') print(held);
    held = '';
  };
  return { write: text.write, flush };
}
