// What System.Net.WebSockets.Client imports: ClientWebSocket over WebSocket. Addresses that arrive here are of memory that C#
// pins until the task is done; a promise of null is a task that is done already.

import type { Memory } from '../memory.js';

/** WebSocketMessageType */
const MessageType = { Text: 0, Binary: 1, Close: 2 } as const;

/** More than this in the socket's own buffer, and a send waits until it has gone out. */
const kMostBuffered = 65536;
const kLongestPause = 1000;

interface Message {
  type: number;
  rest: Uint8Array;
}

interface Waiter {
  resolve(): void;
  reject(error: Error): void;
}

/** A receive that waits for a message. */
interface Receiver extends Waiter {
  address: number;
  length: number;
}

type Settled = Promise<void> | null;
/** The task is done. */
const kDone = null;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A socket's state; C# holds the socket itself, whose close_status it reads. */
class Connection {
  readonly #socket: WebSocket;
  readonly #memory: Memory;
  /** Where C# reads of a receive: the number of bytes, the type, whether the message ends. */
  readonly #status: number;
  #opening: Waiter | undefined;
  #error: Error | undefined;
  #isAborted = false;
  #isCloseSent = false;
  /** Parts of a message that is not ended yet. */
  #parts: Uint8Array[] = [];
  #partsType: number = MessageType.Text;
  readonly #messages: Message[] = [];
  readonly #receivers: Receiver[] = [];
  readonly #closers: Waiter[] = [];
  readonly #senders = new Set<Waiter>();

  constructor(socket: WebSocket, memory: Memory, status: number) {
    this.#socket = socket;
    this.#memory = memory;
    this.#status = status;
    socket.binaryType = 'arraybuffer';
    const on = (name: string, action: (event: any) => void) => socket.addEventListener(name, (event) => { if (!this.#isAborted) action(event); });
    on('open', () => this.#opening?.resolve());
    on('message', ({ data }: MessageEvent<string | ArrayBuffer>) => this.#receiveMessage(data));
    on('error', ({ message }: Event & { message?: string }) => this.#fail(new Error(message ? `WebSocket error: ${message}` : 'WebSocket error')));
    on('close', (event: CloseEvent) => this.#closed(event));
  }

  /** WebSocket.readyState, which is Open as long as messages are left. */
  get state(): number {
    const { readyState } = this.#socket;
    return readyState === WebSocket.CLOSED && this.#messages.length > 0 ? WebSocket.OPEN : readyState;
  }

  open(): Settled {
    if (this.#error) return Promise.reject(this.#error);
    if (this.#socket.readyState === WebSocket.OPEN) return kDone;
    return new Promise((resolve, reject) => { this.#opening = { resolve, reject }; });
  }

  send(address: number, length: number, type: number, isEnd: boolean): Settled {
    if (this.#error) return Promise.reject(this.#error);
    if (this.#isAborted || this.#isCloseSent) return Promise.reject(new Error('InvalidState: The WebSocket is not connected.'));
    if (this.#socket.readyState === WebSocket.CLOSED) return kDone; // closed by the server: C# learns of it when it receives
    if (this.#parts.length === 0) this.#partsType = type; // a message has its first part's type
    this.#parts.push(this.#memory.bytes(address, length).slice());
    if (!isEnd) return kDone;
    const message = joined(this.#parts);
    this.#parts = [];
    this.#socket.send(this.#partsType === MessageType.Text ? decoder.decode(message) : message as Uint8Array<ArrayBuffer>);
    return this.#socket.bufferedAmount < kMostBuffered ? kDone : this.#sent();
  }

  /** When the socket has passed on what it buffers. */
  #sent(): Promise<void> {
    return new Promise((resolve, reject) => {
      const sender = { resolve, reject };
      this.#senders.add(sender);
      const look = (pause: number) => {
        const { bufferedAmount, readyState } = this.#socket;
        if (bufferedAmount === 0) resolve();
        else if (readyState !== WebSocket.OPEN && readyState !== WebSocket.CLOSING) reject(new Error(`InvalidState: ${readyState} The WebSocket is not connected.`));
        else if (this.#senders.has(sender)) return void setTimeout(look, pause, Math.min(pause * 1.5, kLongestPause));
        this.#senders.delete(sender);
      };
      setTimeout(look, 0, 1);
    });
  }

  receive(address: number, length: number): Settled {
    if (this.#error) return Promise.reject(this.#error);
    if (this.#messages.length > 0) {
      this.#give(address, length);
      return kDone;
    }
    if (this.#isAborted || this.#socket.readyState === WebSocket.CLOSED) {
      this.#tell(0, MessageType.Close, true);
      return kDone;
    }
    return new Promise((resolve, reject) => { this.#receivers.push({ address, length, resolve, reject }); });
  }

  close(code: number, reason: string | null, waits: boolean): Settled {
    if (this.#isAborted || this.#isCloseSent || this.#socket.readyState === WebSocket.CLOSED) return kDone;
    if (this.#error) return Promise.reject(this.#error);
    this.#isCloseSent = true;
    const closed = new Promise<void>((resolve, reject) => { this.#closers.push({ resolve, reject }); });
    this.#socket.close(code, reason ?? undefined);
    if (waits) return closed;
    closed.catch(() => {}); // nobody waits for it
    return kDone;
  }

  abort(): void {
    if (this.#isAborted || this.#isCloseSent) return;
    this.#isAborted = true;
    this.#reject(new Error('OperationCanceledException'));
    this.#socket.close(1000, 'Connection was aborted.');
  }

  #receiveMessage(data: string | ArrayBuffer): void {
    const isText = typeof data === 'string';
    this.#messages.push({ type: isText ? MessageType.Text : MessageType.Binary, rest: isText ? encoder.encode(data) : new Uint8Array(data) });
    while (this.#receivers.length > 0 && this.#messages.length > 0) {
      const receiver = this.#receivers.shift()!;
      this.#give(receiver.address, receiver.length);
      receiver.resolve();
    }
  }

  /** As much of the first message as fits. */
  #give(address: number, length: number): void {
    const message = this.#messages[0];
    const part = message.rest.subarray(0, length);
    this.#memory.bytes(address, part.length).set(part);
    message.rest = message.rest.subarray(part.length);
    const isEnd = message.rest.length === 0;
    if (isEnd) this.#messages.shift();
    this.#tell(part.length, message.type, isEnd);
  }

  #tell(count: number, type: number, isEnd: boolean): void {
    this.#memory.live().i32.set([count, type, isEnd ? 1 : 0], this.#status >>> 2);
  }

  #closed({ code, reason }: CloseEvent): void {
    Object.assign(this.#socket, { close_status: code, close_status_description: reason });
    this.#opening?.reject(new Error(reason || 'The WebSocket was closed before it was open.'));
    for (const closer of this.#closers.splice(0)) closer.resolve();
    for (const receiver of this.#receivers.splice(0)) {
      this.#tell(0, MessageType.Close, true);
      receiver.resolve();
    }
  }

  #fail(error: Error): void {
    this.#error = error;
    this.#reject(error);
  }

  #reject(error: Error): void {
    const waiters = [...this.#closers.splice(0), ...this.#senders, ...this.#receivers.splice(0)];
    this.#senders.clear();
    for (const waiter of waiters) waiter.reject(error);
    this.#opening?.reject(error);
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0];
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

export function webSocketFunctions(memory: Memory): Record<string, (...values: any[]) => unknown> {
  const connections = new WeakMap<WebSocket, Connection>();
  const of = (socket: WebSocket) => connections.get(socket)!;
  return {
    ws_wasm_create: (uri: string, protocols: string[] | null, status: number) => {
      if (typeof WebSocket !== 'function') throw new Error('ClientWebSocket wants the class WebSocket, which this host does not have (Node has it from version 22 on).');
      const socket = new WebSocket(uri, protocols ?? undefined);
      connections.set(socket, new Connection(socket, memory, status));
      return socket;
    },
    ws_wasm_open: (socket: WebSocket) => of(socket).open()?.then(() => socket) ?? Promise.resolve(socket),
    ws_wasm_send: (socket: WebSocket, address: number, length: number, type: number, isEnd: boolean) => of(socket).send(address, length, type, isEnd),
    ws_wasm_receive: (socket: WebSocket, address: number, length: number) => of(socket).receive(address, length),
    ws_wasm_close: (socket: WebSocket, code: number, reason: string | null, waits: boolean) => of(socket).close(code, reason, waits),
    ws_wasm_abort: (socket: WebSocket | null) => { if (socket) of(socket).abort(); }, // null: it could not be made
    ws_get_state: (socket: WebSocket) => of(socket).state,
  };
}
