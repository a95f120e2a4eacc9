// A web server on the loopback interface for the tests of HttpClient and ClientWebSocket.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';

/** Runs `use` with the server's address, "http://127.0.0.1:PORT"; `routes` answer by path, '*' where none does. */
export async function withServer(routes, use) {
  const server = createServer((request, response) => {
    const route = routes[new URL(request.url, 'http://x').pathname] ?? routes['*'];
    if (route) return route(request, response);
    return response.writeHead(404).end('not here');
  });
  const sockets = new Set();
  server.on('upgrade', (request, socket) => {
    sockets.add(socket);
    accept(request, socket);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  try {
    return await use(`http://127.0.0.1:${server.address().port}`);
  } finally {
    for (const socket of sockets) socket.destroy();
    server.closeAllConnections();
    server.close();
  }
}

export async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** A body in parts, some time apart. */
export async function inParts(response, parts) {
  response.writeHead(200, { 'content-type': 'text/plain' });
  for (const part of parts) {
    response.write(part);
    await delay(20);
  }
  response.end();
}

const Opcode = { Continuation: 0, Text: 1, Binary: 2, Close: 8, Ping: 9, Pong: 10 };

/** RFC 6455, as far as an echo wants it: messages go back as they came, "close CODE REASON" closes, "silence" says nothing. */
function accept(request, socket) {
  const key = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
  const protocol = request.headers['sec-websocket-protocol'];
  socket.write(['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${key}`,
    ...(protocol ? [`Sec-WebSocket-Protocol: ${protocol.split(',')[0].trim()}`] : []), '', ''].join('\r\n'));
  let pending = Buffer.alloc(0);
  let message = { opcode: 0, parts: [] };
  socket.on('error', () => {});
  socket.on('data', (data) => {
    pending = Buffer.concat([pending, data]);
    for (let frame = readFrame(pending); frame; frame = readFrame(pending)) {
      pending = pending.subarray(frame.size);
      if (frame.opcode === Opcode.Close) return void socket.end(frameOf(Opcode.Close, frame.payload));
      if (frame.opcode !== Opcode.Continuation) message = { opcode: frame.opcode, parts: [] };
      message.parts.push(frame.payload);
      if (frame.isFinal) answer(socket, message.opcode, Buffer.concat(message.parts));
    }
  });
}

function answer(socket, opcode, payload) {
  const [command, code, reason] = payload.length < 100 ? payload.toString().split(' ') : [];
  if (command === 'silence') return;
  if (command !== 'close') return void socket.write(frameOf(opcode, payload));
  const status = Buffer.alloc(2);
  status.writeUInt16BE(Number(code));
  socket.end(frameOf(Opcode.Close, Buffer.concat([status, Buffer.from(reason)])));
}

/** The first frame of what a client sent; undefined when it is not all there. */
function readFrame(bytes) {
  if (bytes.length < 2) return undefined;
  const short = bytes[1] & 0x7f;
  const head = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (bytes.length < head + 4) return undefined;
  const length = short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short;
  const size = head + 4 + length;
  if (bytes.length < size) return undefined;
  const mask = bytes.subarray(head, head + 4);
  const payload = bytes.subarray(head + 4, size).map((byte, index) => byte ^ mask[index & 3]);
  return { size, isFinal: (bytes[0] & 0x80) !== 0, opcode: bytes[0] & 0x0f, payload: Buffer.from(payload) };
}

function frameOf(opcode, payload) {
  const { length } = payload;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65536 ? 4 : 10);
  head[0] = 0x80 | opcode;
  head[1] = length < 126 ? length : length < 65536 ? 126 : 127;
  if (head.length === 4) head.writeUInt16BE(length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
  return Buffer.concat([head, payload]);
}
