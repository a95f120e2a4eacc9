// PDBs reach the runtime from every kind of source, and only when they are wanted.
import { createServer } from 'node:http';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'chai';
import { failureOf, withHost } from './support/host.mjs';
import { hostTests } from './support/paths.mjs';

const at = (file) => path.join(hostTests.output, file);
const kLines = /HostTests\.Methods\.Inner\(String message\) in .*Methods\.cs:line \d+/;

/** The managed stack of an exception out of HostTests. */
async function stackFrom(assemblies, options = {}) {
  return withHost({ assemblies, ...options }, async (clr) => {
    await clr.load('HostTests');
    return (await failureOf(() => clr.call('HostTests.Methods::Throw', 'x'))).managedStack;
  });
}

/** Serves HostTests' folder; `requests` lists the files asked for. */
async function serve(use) {
  const requests = [];
  const server = createServer(({ url }, response) => {
    const file = at(path.basename(url));
    requests.push(path.basename(url));
    response.writeHead(existsSync(file) ? 200 : 404);
    response.end(existsSync(file) ? readFileSync(file) : undefined);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use(`http://127.0.0.1:${server.address().port}/`, requests);
  } finally {
    server.close();
  }
}

const files = (...names) => new Map(names.map((name) => [name, readFileSync(at(name))]));

describe('symbols', () => {
  it('lie beside the assembly in a folder', async () => expect(await stackFrom([hostTests.output])).to.match(kLines));

  it('or beside an assembly given by its path', async () =>
    expect(await stackFrom([hostTests.assembly, at('Dependency.dll')])).to.match(kLines));

  it('are given as bytes', async () =>
    expect(await stackFrom([files('HostTests.dll', 'HostTests.pdb', 'Dependency.dll')])).to.match(kLines));

  it('may be missing, broken, or of another build', async () => {
    const dlls = files('HostTests.dll', 'Dependency.dll');
    const others = { missing: undefined, empty: new Uint8Array(), broken: new Uint8Array(1000).fill(66), foreign: readFileSync(at('Dependency.pdb')) };
    for (const [name, bytes] of Object.entries(others)) {
      const sources = bytes ? [dlls, { name: 'HostTests.pdb', bytes }] : [dlls];
      const stack = await stackFrom(sources);
      expect(stack, name).to.match(/Methods\.Inner\(String message\)$/m).and.not.match(/:line/);
    }
  });

  it('are not downloaded unless asked for', () => serve(async (url, requests) => {
    expect(await stackFrom([url])).to.not.match(/:line/);
    expect(requests).to.include('HostTests.dll').and.not.include('HostTests.pdb');
  }));

  it('are downloaded with the assemblies when asked for', () => serve(async (url, requests) => {
    expect(await stackFrom([url], { symbols: true })).to.match(kLines);
    expect(requests.filter((file) => file.endsWith('.pdb'))).to.have.members(['HostTests.pdb', 'Dependency.pdb']);
  }));
});
