// The platform of Node: paths and file: URLs are read from disk, other addresses fetched, text goes to the process's
// streams, synchronously, so that nothing is lost when the process ends.

import { existsSync, readdirSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { FetchError } from '../errors.js';
import type { Folder, Platform } from '../platform.js';
import { web, webFolder } from '../web.js';

/** The path behind a location; undefined where it is an address to fetch. */
function pathOf(location: string | URL): string | undefined {
  const text = String(location);
  if (text.startsWith('file:')) return fileURLToPath(text);
  return location instanceof URL || /^[a-z][a-z0-9+.-]+:/i.test(text) ? undefined : text;
}

/** At once: a promise of the file's content costs several turns of the event loop, a good part of a short run. */
function read(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new FetchError(`${file}: ${reasonOf(cause)}`, { cause });
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}

function diskFolder(folder: string): Folder {
  let names: Map<string, string>;
  try {
    names = new Map(readdirSync(folder).map((name) => [name.toLowerCase(), name]));
  } catch (cause) {
    throw new FetchError(`${folder}: ${isMissing(cause) ? 'no such folder' : reasonOf(cause)}`, { cause });
  }
  const locate = (file: string) => {
    const name = names.get(file.toLowerCase());
    return name === undefined ? undefined : path.join(folder, name);
  };
  return {
    async open(file) {
      const found = locate(file);
      return found === undefined ? undefined : read(found);
    },
    openNow(file) {
      const found = locate(file);
      return found === undefined ? undefined : readFileSync(found);
    },
    list: () => [...names.values()],
  };
}

const kRetryDelayMs = 1;
const retryGate = new Int32Array(new SharedArrayBuffer(4));

/** Writes all of it. A pipe whose reader is slow answers EAGAIN, one whose reader has left EPIPE. */
export function writeFully(fd: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.length;) {
    try {
      written += writeSync(fd, bytes, written);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(retryGate, 0, 0, kRetryDelayMs);
    }
  }
}

export const node: Platform = {
  async open(location) {
    const file = pathOf(location);
    return file === undefined ? web.open(location) : read(file);
  },
  openNow(location) {
    const file = pathOf(location);
    return file !== undefined && existsSync(file) ? readFileSync(file) : undefined;
  },
  folder(location) {
    const folder = pathOf(location);
    return folder === undefined ? webFolder(location) : diskFolder(folder);
  },
  newBuffer: (bytes) => Buffer.allocUnsafeSlow(bytes).buffer as ArrayBuffer,
  output: (fd) => ({ write: (bytes) => writeFully(fd, bytes), flush: () => {} }),
  soon(callback) {
    const immediate = setImmediate(callback);
    return () => clearImmediate(immediate);
  },
  whenExhausted(callback) {
    process.once('beforeExit', callback);
    return () => process.off('beforeExit', callback);
  },
};
