// node serve.mjs [port]: the sample's page on http://127.0.0.1:8080. A web server of yours would hold the same files in
// one folder; here they are served from where the build puts them.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findClassLibrary } from 'leanclr';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.resolve(here, '../..');

/** Folders of the disk by the first part of the address; the longest prefix is looked at first. */
const folders = {
  '/leanclr/': [path.join(root, 'js/dist')],
  '/module/': [path.join(root, 'build/wasm-release')],
  '/app/': [path.join(here, 'CoreTests/bin/Release/net10.0')],
  '/class-library/': findClassLibrary() ?? [],
  '/': [here],
};
const types = {
  '.html': 'text/html', '.js': 'text/javascript', '.mjs': 'text/javascript', '.json': 'application/json',
  '.wasm': 'application/wasm', '.dll': 'application/octet-stream',
};

function locate(address) {
  const wanted = address.endsWith('/') ? `${address}index.html` : address;
  const prefix = Object.keys(folders).find((start) => wanted.startsWith(start));
  const name = wanted.slice(prefix.length);
  if (name.includes('..')) return undefined;
  const files = folders[prefix].map((folder) => path.join(folder, name));
  return files.find((file) => existsSync(file) && statSync(file).isFile());
}

/** Starts the server on 127.0.0.1; port 0 takes a free one. */
export function serve(port) {
  const server = createServer((request, response) => {
    const file = locate(decodeURIComponent(new URL(request.url, 'http://localhost').pathname));
    if (!file) return response.writeHead(404).end();
    const type = types[path.extname(file)] ?? 'application/octet-stream';
    response.writeHead(200, { 'content-type': type, 'content-length': statSync(file).size });
    return createReadStream(file).pipe(response);
  });
  return new Promise((resolve) => { server.listen(port, '127.0.0.1', () => resolve(server)); });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const server = await serve(Number(process.argv[2] ?? 8080));
  console.log(`http://127.0.0.1:${server.address().port}/`);
}
