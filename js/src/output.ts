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

/** A text target that hands whole lines to `print`, as the console wants them. */
export function byLine(print: (line: string) => void): (text: string) => void {
  let held = '';
  return (text) => {
    const lines = (held + text).split('\n');
    held = lines.pop()!;
    for (const line of lines) print(line);
  };
}
