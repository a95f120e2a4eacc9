// Reading a response to its end while telling how far it is.

import { FetchError } from './errors.js';
import type { Progress } from './options.js';

export type ReportProgress = (progress: Progress) => void;

/** The size that a response declares; unknown where the transfer is compressed, since Content-Length counts that. */
function declaredSize(response: Response): number | undefined {
  const length = response.headers.get('content-length');
  return length === null || response.headers.has('content-encoding') ? undefined : Number(length);
}

/** The same response with its bytes counted as they arrive. */
export function counted(response: Response, file: string, report: ReportProgress): Response {
  if (!response.body) return response;
  const total = declaredSize(response);
  let loaded = 0;
  const counter = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      loaded += chunk.length;
      report({ file, loaded, total });
      controller.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(counter), { headers: { 'content-type': 'application/wasm' } });
}

/** The bytes of a response, or bytes that are there already, reported as one step. */
export async function bytesOf(source: Uint8Array | Response, file: string, report: ReportProgress): Promise<Uint8Array> {
  if (source instanceof Uint8Array) {
    report({ file, loaded: source.length, total: source.length });
    return source;
  }
  return new Uint8Array(await counted(source, file, report).arrayBuffer());
}

/** Fails on a status other than success. */
export function requireOk(response: Response, location: string | URL): Response {
  if (!response.ok) throw new FetchError(`${response.url || location}: HTTP ${response.status} ${response.statusText}`.trim());
  return response;
}
