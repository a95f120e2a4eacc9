// What the tests' pages load, from where the build puts it, on the loopback interface.
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { classLibrary } from '../../js/support/host.mjs';
import { library } from '../../js/support/native.mjs';
import { hostTests, interopTests, modules, nativeTests, root, wasm } from '../../js/support/paths.mjs';
import { withServer } from '../../js/support/server.mjs';
import { testScript } from './bundle.mjs';

const types = { '.js': 'text/javascript', '.mjs': 'text/javascript', '.wasm': 'application/wasm', '.html': 'text/html' };

/** Folders by the first part of the address. */
const folders = {
  leanclr: [path.join(root, 'js/dist')], module: [modules], mocha: [path.join(root, 'node_modules/mocha')], page: [path.join(root, 'tests/browser/support/page')],
  tests: [path.join(root, 'tests')], 'class-library': classLibrary(),
  ...Object.fromEntries([hostTests, interopTests, nativeTests].map(({ name, output }) => [name, [output]])),
};

function send(response, type, content) {
  // The class library is fetched for every runtime.
  response.writeHead(200, { 'content-type': types[type] ?? 'application/octet-stream', 'cache-control': 'max-age=600' }).end(content);
}

function sendFile(request, response) {
  const [, first, ...rest] = new URL(request.url, 'http://x').pathname.split('/');
  const files = (folders[first] ?? []).map((folder) => path.join(folder, ...rest));
  const file = files.find((name) => existsSync(name) && statSync(name).isFile());
  if (file) return send(response, path.extname(file), readFileSync(file));
  return response.writeHead(404).end();
}

const kTestsPage = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>tests</title><script src="/mocha/mocha.js"></script><script type="module" src="/page/run.mjs"></script>';
const kEmptyPage = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>empty</title>';
const kPolicy = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'";

const site = {
  '/': (_request, response) => send(response, '.html', kEmptyPage),
  '/tests.html': (_request, response) => send(response, '.html', kTestsPage),
  '/policy.html': (_request, response) => response.writeHead(200, { 'content-type': 'text/html', 'content-security-policy': kPolicy }).end(kEmptyPage),
  '/leanclr.wasm': (_request, response) => send(response, '.wasm', readFileSync(wasm)),
  async '*'(request, response) {
    const [, test] = /^\/tests\/js\/([\w-]+)\.test\.mjs$/.exec(request.url) ?? [];
    const [, name] = /^\/libraries\/(\w+)\.wasm$/.exec(request.url) ?? [];
    if (test) send(response, '.mjs', await testScript(test));
    else if (name) send(response, '.wasm', readFileSync(library(name)));
    else sendFile(request, response);
  },
};

/** Runs `use` with the address of the site; `routes` come before its own. */
export const withSite = (use, routes = {}) => withServer({ ...site, ...routes }, use);
