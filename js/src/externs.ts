// The `extern` methods of an assembly with what serves them: clr.externs and `leanclr externs`. Not here: the lookup, which
// is the runtime's (leanclr_list_externs in leanclr.h).

/** Whether a call would find its target, and one that fits. */
export type ExternState = 'bound' | 'missing' | 'mismatch';

/** An `extern` method of an assembly. */
export interface Extern {
  /** The full key under which a function can be registered for it. */
  readonly key: string;
  /** The library that its DllImport names. */
  readonly library: string;
  readonly entryPoint: string;
  readonly state: ExternState;
  /** What serves it: a C++ function, one known by its address (side modules), a JavaScript function; undefined: nothing. */
  readonly target: 'C++' | 'function' | 'JavaScript' | undefined;
  /** The key that the target is registered under; empty where there is none. */
  readonly registeredAs: string;
  /** What is wrong, where the state is not "bound". */
  readonly reason: string;
}

/** The lines that leanclr_list_externs gives. */
export function parseExterns(lines: string): Extern[] {
  return lines.split('\n').filter((line) => line !== '').map((line) => {
    const [key, library, entryPoint, state, target, registeredAs, reason] = line.split('\t');
    return { key, library, entryPoint, state: state as ExternState, target: (target || undefined) as Extern['target'], registeredAs, reason };
  });
}

/** A list for people: a line for each, what is wrong below it. */
export function formatExterns(externs: readonly Extern[]): string {
  return externs.map(({ key, state, target, registeredAs, reason }) =>
    `${state.padEnd('mismatch'.length)}  ${key}${target ? `  ← ${target} ${registeredAs}` : ''}${reason ? `\n          ${reason}` : ''}\n`).join('');
}
