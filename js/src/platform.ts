// What differs between Node and pages: how a location is read and where text goes. One value of this type is the only
// thing that index.ts and node/index.ts hand to the rest.

import type { Output } from './output.js';

/** A folder of assemblies. */
export interface Folder {
  /** The file's bytes, or a response to read them from; undefined when there is no such file. */
  open(file: string): Promise<Uint8Array | Response | undefined>;
  /** The same at once, where the platform can. */
  openNow?(file: string): Uint8Array | undefined;
  /** The names of its files, where the platform can list. */
  list?(): string[];
}

export interface Platform {
  /** Reads a file or address. Throws FetchError naming it. */
  open(location: string | URL): Promise<Uint8Array | Response>;
  /** The same at once, where the platform can; undefined when there is no such file. */
  openNow?(location: string): Uint8Array | undefined;
  folder(location: string | URL): Folder;
  /** A buffer whose bytes may be anything, where that is cheaper than a cleared one. */
  newBuffer?(bytes: number): ArrayBuffer;
  /** Where a runtime's stdout (1) or stderr (2) goes when the user says nothing. */
  output(fd: 1 | 2): Output;
  /** Calls back in a task of its own, after what waits already, so that nothing starves. Gives what cancels it. */
  soon(callback: () => void): () => void;
  /** Calls back when the host has nothing left to do, where that can be known. Gives what cancels it. */
  whenExhausted?(callback: () => void): () => void;
}
