// What System.Net.Http imports: HttpClient over fetch. A request's state is one object that C# holds and hands back.
// Addresses that arrive here are of memory that C# pins until the call, or the task that it gave, is done.

import type { Memory } from '../memory.js';
import type { MemoryView } from './memory-view.js';

/** What C# takes for an abort that it asked for. */
const kAborted = 'AbortError';
/** The message by which C# knows that the request's body is not wanted any more. */
const kWriteRejected = 'BrowserHttpWriteStream.Rejected';

class HttpRequest {
  readonly #controller = new AbortController();
  #isAborted = false;
  #writer: WritableStreamDefaultWriter<Uint8Array> | undefined;
  #response: Response | undefined;
  #headers: [string, string][] = [];
  #reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  /** Of the body, what was received and not yet given to C#. */
  #rest: Uint8Array = new Uint8Array();

  async fetch(url: string, headerNames: string[], headerValues: string[], optionNames: string[], optionValues: unknown[], body?: BodyInit): Promise<void> {
    const headers = new Headers();
    headerNames.forEach((name, index) => headers.append(name, headerValues[index]));
    const options: RequestInit & Record<string, unknown> = { headers, body, signal: this.#controller.signal };
    if (body instanceof ReadableStream) options.duplex = 'half';
    optionNames.forEach((name, index) => { options[name] = optionValues[index]; });
    const response = await fetch(url, options);
    this.#headers = [...response.headers];
    this.#response = response;
  }

  /** The same with a body that write() and close() give bit by bit. */
  fetchStream(...request: [url: string, headerNames: string[], headerValues: string[], optionNames: string[], optionValues: unknown[]]): Promise<void> {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    this.#writer = writable.getWriter();
    for (const promise of [this.#writer.closed, this.#writer.ready]) promise.catch(() => {}); // write() tells
    return this.fetch(...request, readable);
  }

  async write(bytes: Uint8Array): Promise<void> {
    await this.#toBody((writer) => writer.write(bytes));
  }

  async close(): Promise<void> {
    await this.#toBody((writer) => writer.close());
  }

  async #toBody(use: (writer: WritableStreamDefaultWriter<Uint8Array>) => Promise<void>): Promise<void> {
    try {
      await this.#writer!.ready;
      await use(this.#writer!);
    } catch (cause) {
      throw new Error(kWriteRejected, { cause });
    }
  }

  abort(): void {
    if (this.#isAborted) return;
    this.#isAborted = true;
    const ignore = () => {};
    this.#writer?.abort().catch(ignore);
    this.#reader?.cancel().catch(ignore);
    if (!this.#controller.signal.aborted) this.#controller.abort(kAborted);
  }

  get type(): string | undefined {
    return this.#response?.type;
  }

  get status(): number {
    return this.#response?.status ?? 0;
  }

  headers(part: 0 | 1): string[] {
    return this.#headers.map((pair) => pair[part]);
  }

  /** Receives the whole body. */
  async receive(): Promise<number> {
    this.#rest = new Uint8Array(await this.#response!.arrayBuffer());
    return this.#rest.length;
  }

  /** Takes up to so many bytes of what was received. */
  take(count: number): Uint8Array {
    const taken = this.#rest.subarray(0, count);
    this.#rest = this.#rest.subarray(count);
    return taken;
  }

  /** Receives something, unless something is there; false at the end of the body. */
  async receiveSome(): Promise<boolean> {
    const { body } = this.#response!;
    if (!body) return false;
    if (!this.#reader) {
      this.#reader = body.getReader();
      this.#reader.closed.catch(() => {}); // read() tells
    }
    while (this.#rest.length === 0) {
      const { done, value } = await this.#reader.read();
      if (done && this.#isAborted) throw new Error('OperationCanceledException');
      if (done) return false;
      this.#rest = value;
    }
    return true;
  }
}

type FetchArguments = [url: string, headerNames: string[], headerValues: string[], optionNames: string[], optionValues: unknown[]];

export function httpFunctions(memory: Memory): Record<string, (...values: any[]) => unknown> {
  return {
    http_wasm_supports_streaming_request: supportsStreamingRequest,
    http_wasm_supports_streaming_response: () => typeof Response === 'function' && 'body' in Response.prototype && typeof ReadableStream === 'function',
    http_wasm_create_controller: () => {
      if (typeof fetch !== 'function') throw new Error('HttpClient wants the function fetch, which this host does not have.');
      return new HttpRequest();
    },
    http_wasm_abort: (request: HttpRequest) => request.abort(),
    http_wasm_fetch: (request: HttpRequest, ...rest: FetchArguments) => request.fetch(...rest),
    http_wasm_fetch_stream: (request: HttpRequest, ...rest: FetchArguments) => request.fetchStream(...rest),
    http_wasm_fetch_bytes: (request: HttpRequest, url: string, headerNames: string[], headerValues: string[], optionNames: string[], optionValues: unknown[], address: number, length: number) =>
      request.fetch(url, headerNames, headerValues, optionNames, optionValues, memory.bytes(address, length).slice()),
    http_wasm_transform_stream_write: (request: HttpRequest, address: number, length: number) => request.write(memory.bytes(address, length).slice()),
    http_wasm_transform_stream_close: (request: HttpRequest) => request.close(),
    http_wasm_get_response_type: (request: HttpRequest) => request.type,
    http_wasm_get_response_status: (request: HttpRequest) => request.status,
    http_wasm_get_response_header_names: (request: HttpRequest) => request.headers(0),
    http_wasm_get_response_header_values: (request: HttpRequest) => request.headers(1),
    http_wasm_get_response_length: (request: HttpRequest) => request.receive(),
    http_wasm_get_response_bytes: (request: HttpRequest, view: MemoryView) => {
      const bytes = request.take(view.length);
      view.set(bytes);
      return bytes.length;
    },
    http_wasm_get_streamed_response_bytes: async (request: HttpRequest, address: number, length: number) => {
      if (!await request.receiveSome()) return 0;
      const bytes = request.take(length);
      memory.bytes(address, length).set(bytes);
      return bytes.length;
    },
  };
}

/** A host without streams as bodies makes text of them, and says so in the content type; another never looks at `duplex`. */
function supportsStreamingRequest(): boolean {
  if (typeof globalThis.Request !== 'function' || typeof ReadableStream !== 'function' || typeof TransformStream !== 'function') return false;
  let isDuplexRead = false;
  const options = {
    method: 'POST',
    body: new ReadableStream(),
    get duplex() {
      isDuplexRead = true;
      return 'half';
    },
  };
  const hasContentType = new globalThis.Request('http://localhost', options as RequestInit).headers.has('Content-Type');
  return isDuplexRead && !hasContentType;
}
