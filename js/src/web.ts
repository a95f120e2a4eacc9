// The platform of pages and workers: everything is fetched, text goes to the console.

import { requireOk } from './download.js';
import { FetchError } from './errors.js';
import { outputByLine } from './output.js';
import type { Folder, Platform } from './platform.js';

/** A location as an address, relative to the page or worker. */
function addressOf(location: string | URL): URL {
  return new URL(location, globalThis.document?.baseURI ?? globalThis.location?.href);
}

export async function download(location: string | URL): Promise<Response> {
  const address = addressOf(location);
  try {
    return await fetch(address);
  } catch (cause) {
    throw new FetchError(`${address}: ${String(cause)}`, { cause });
  }
}

/** A folder of a web server. It cannot be listed: a file that is not there answers 404. */
export function webFolder(location: string | URL): Folder {
  const base = addressOf(location);
  if (!base.pathname.endsWith('/')) base.pathname += '/';
  return {
    async open(file) {
      const response = await download(new URL(encodeURIComponent(file), base));
      return response.status === 404 ? undefined : requireOk(response, file);
    },
  };
}

/** A message to itself: setTimeout waits 4 ms when it is called in a row. */
function soon(callback: () => void): () => void {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    port1.close();
    callback();
  };
  port2.postMessage(null);
  return () => port1.close();
}

export const web: Platform = {
  open: async (location) => requireOk(await download(location), location),
  folder: webFolder,
  soon,
  output: (fd) => outputByLine((line) => (fd === 2 ? console.error(line) : console.log(line))),
};
