// HttpClient and ClientWebSocket of the class library, over fetch and WebSocket, against a server on the loopback interface.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { failureOf } from './support/host.mjs';
import { withInterop } from './support/interop.mjs';
import { bodyOf, inParts, withServer } from './support/server.mjs';

const allBytes = Buffer.from(Array.from({ length: 100000 }, (_, index) => index % 251));
const routes = {
  '/hello': (_request, response) => response.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', 'x-custom': ['a', 'b'] }).end('Grüße €'),
  '/bytes': (_request, response) => response.end(allBytes),
  '/echo': async (request, response) => response.end([request.method, request.headers['content-type'], request.headers['x-asked'], request.headers.authorization, await bodyOf(request)].join(' ')),
  '/parts': (_request, response) => inParts(response, ['one', 'three', 'x']),
  '/never': () => {},
  '/stuck': (_request, response) => { response.writeHead(200).write('some'); },
  '/broken': (request) => request.socket.destroy(),
  '/fails': (_request, response) => response.writeHead(503).end(),
};
const withHttp = (use) => withServer(routes, (address) => withInterop((exports) => use(exports, address)));

describe('HttpClient', () => {
  it('gets: status, headers, text', () => withHttp(async ({ Http }, address) => {
    expect(await Http.Get(`${address}/hello`)).to.equal('200 text/plain; charset=utf-8 a, b Grüße €');
    expect(await Http.Get(`${address}/nothing`)).to.equal('404  - not here');
  }));

  it('gets bytes', () => withHttp(async ({ Http }, address) => {
    const bytes = Buffer.from(await Http.Bytes(`${address}/bytes`), 'base64');
    expect(bytes.equals(allBytes)).to.equal(true);
  }));

  it('posts text and headers', () => withHttp(async ({ Http }, address) => {
    expect(await Http.Post(`${address}/echo`, 'Körper')).to.equal('POST text/plain; charset=utf-8 yes Bearer token Körper');
  }));

  it('reads a body as it comes', () => withHttp(async ({ Http }, address) => {
    expect(await Http.Stream(`${address}/parts`)).to.equal('one|thre|e|x|');
  }));

  it('has many requests at once', () => withHttp(async ({ Http }, address) => {
    const texts = await Promise.all(Array.from({ length: 30 }, (_, index) => Http.Post(`${address}/echo`, `${index}`)));
    expect(texts.map((text) => Number(text.split(' ').at(-1)))).to.deep.equal(Array.from({ length: 30 }, (_, index) => index));
  }));

  it('is canceled, before and within the body', () => withHttp(async ({ Http }, address) => {
    expect(await Http.Cancel(`${address}/never`, 20, false)).to.equal('canceled True');
    expect(await Http.Cancel(`${address}/stuck`, 60, true)).to.equal('canceled True');
  }));

  it('fails as HttpRequestException', () => withHttp(async ({ Http }, address) => {
    expect(await Http.Fail(`${address}/broken`)).to.equal('HttpRequestException  JSException');
    expect(await Http.Fail(`${address}/fails`)).to.equal('HttpRequestException 503 ');
    expect(await Http.Fail('http://127.0.0.1:1/')).to.equal('HttpRequestException  JSException');
  }));

  it('sends a body as it is made', () => withHttp(async ({ Http }, address) => {
    const sent = await Http.Upload(`${address}/echo`, 20);
    expect(sent).to.equal(`POST    ${Array.from({ length: 20 }, (_, index) => `${index};`).join('')}`);
  }));
});

describe('ClientWebSocket', () => {
  const withSocket = (use) => withServer({}, (address) => withInterop((exports) => use(exports, address.replace('http', 'ws'))));

  // Before version 22 Node has WebSocket behind a flag only.
  if (typeof WebSocket !== 'function') {
    it('works where the host has WebSocket', () => {
      const { status, stdout, stderr } = spawnSync(process.execPath, ['--experimental-websocket', '--no-warnings',
        fileURLToPath(import.meta.resolve('mocha/bin/mocha.js')), fileURLToPath(import.meta.url), '--grep', 'ClientWebSocket'], { encoding: 'utf8' });
      expect(status, stdout + stderr).to.equal(0);
      expect(stdout).to.match(/[5-9] passing/);
    });

    it('is a clear error elsewhere', () => withSocket(async ({ Sockets }, address) => {
      const error = await failureOf(() => Sockets.Fail(address));
      expect(error.message).to.equal('ClientWebSocket wants the class WebSocket, which this host does not have (Node has it from version 22 on).');
    }));
    return;
  }

  it('sends and receives: text, bytes, parts', () => withSocket(async ({ Sockets }, address) => {
    expect(await Sockets.Echo(address)).to.equal('None;Open echo;Text 1 text €;Binary 1 binary;Text 1 in two;Text 3 longer than the buffer that receives it;Closed 1000 done');
  }));

  it('is closed by the server', () => withSocket(async ({ Sockets }, address) => {
    expect(await Sockets.Closed(address, 1000)).to.equal('Close 1  CloseReceived 1000 bye');
    expect(await Sockets.Closed(address, 4001)).to.equal('bye CloseReceived 4001 bye');
  }));

  it('a connection that fails is a WebSocketException', () => withSocket(async ({ Sockets }) => {
    expect(await Sockets.Fail('ws://127.0.0.1:1/')).to.equal('Faulted Closed');
  }));

  it('a receive is canceled', () => withSocket(async ({ Sockets }, address) => {
    expect(await Sockets.Cancel(address)).to.equal('canceled Aborted');
  }));

  it('many messages, and large ones', () => withSocket(async ({ Sockets }, address) => {
    expect(await Sockets.Many(address, 200, 300000)).to.equal('200 True');
  }));
});
