// leanclr types App.dll: the .d.ts compiles under the strictest settings, lets right code through and wrong code not, and says
// what is so: the code that it lets through does at run time what its types promise.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { build } from 'esbuild';
import { withHost } from './support/host.mjs';
import { hostTests, interopTests, root, wasm } from './support/paths.mjs';

const output = path.join(root, 'build/types');
const file = (name) => path.join(output, `${name}.d.ts`);
const leanclr = (args, options) => spawnSync(process.execPath, [path.join(root, 'js/dist/cli.js'), ...args], { encoding: 'utf8', ...options });
const types = (...args) => leanclr(['types', ...args, '--wasm', wasm]);
const tsc = (...files) => spawnSync(process.execPath, [
  path.join(root, 'node_modules/typescript/bin/tsc'), '--noEmit', '--strict', '--exactOptionalPropertyTypes', '--noImplicitOverride', '--target', 'es2022',
  '--lib', 'es2023,dom,esnext.disposable', '--types', 'node', '--module', 'nodenext', ...files,
], { encoding: 'utf8' });
const consumer = (name) => path.join(root, 'tests/js/types', name);

describe('leanclr types', () => {
  let text;
  before(() => {
    mkdirSync(output, { recursive: true });
    for (const { assembly, name } of [hostTests, interopTests]) {
      const { status, stderr } = types(assembly, '-o', file(name));
      expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' });
    }
    text = readFileSync(file('HostTests'), 'utf8');
  });

  it('is clean, and serves code that has the right types', () => {
    expect(tsc(file('HostTests'), file('InteropTests'), consumer('declared.ts')).stdout).to.equal('');
  });

  it('refuses code that has wrong ones', () => {
    const { status, stdout } = tsc(file('HostTests'), consumer('declared-wrong.ts'));
    expect(status).to.not.equal(0);
    expect(stdout).to.match(/declared-wrong\.ts\(4,\d+\).*\n/).and.match(/declared-wrong\.ts\(7,\d+\): .*'Create' does not exist/);
  });

  it('is true at run time', async () => {
    const bundled = path.join(output, 'declared.mjs');
    await build({ entryPoints: [consumer('declared.ts')], outfile: bundled, format: 'esm', target: 'es2022', logLevel: 'warning' });
    const { use } = await import(bundled);
    await withHost({}, async (clr) => {
      await clr.load('HostTests');
      expect(await use(clr)).to.deep.equal(['sailed 5', '2.5', 'null 0', '0 HostTests.Declared.Size', 'Orpheus', 'true 0', 'Argo 5', '!!!', '2 Met true', 'water', '6',
        '4 8 at 3 0.5', '4', '0', '12 5 3 3 a 0.894', '0', '1', '1', '3']);
    });
  });

  it('has the XML documentation', () => {
    expect(text).to.include('  /**\n   * A ship & its crew.\n   *\n   * It sails.\n   * @remarks Ends a comment: *\\/\n   */\n  interface Ship');
    expect(text).to.include('     * @param to - Where to.\n').and.include('     * @returns How long it takes.\n');
    expect(text).to.include('@throws `System.ArgumentException`: The name is empty.');
    expect(text).to.match(/\* Adds\.\n\s+\* @param a - The first\.\n\s+\*\/\n\s+readonly Add: /);
  });

  it('declares no more of the class library than the assembly mentions', () => {
    expect(text).to.include('    GetType(): clr.ManagedObject;').and.not.include('interface MemberInfo');
  });

  it('--camel-case names members as createRuntime with camelCase does', async () => {
    const { stdout } = types(hostTests.assembly, '--camel-case', '--stdout');
    expect(stdout).to.include('    sail(to: HostTests.Declared.Place').and.include('    x: number;').and.not.include('    Sail(');
  });

  it('writes App.d.ts in the current folder', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'leanclr-types-'));
    try {
      expect(leanclr(['types', hostTests.assembly, '--wasm', wasm], { cwd: folder }).status).to.equal(0);
      expect(readFileSync(path.join(folder, 'HostTests.d.ts'), 'utf8')).to.equal(text);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('every member that it declares for a class is there', () => withHost({}, async (clr) => {
    await clr.load('HostTests');
    const members = (name) => new RegExp(`  interface ${name} [^]*?\\n  }`).exec(text)[0].match(/(?<=^ {4}(?:readonly )?)[\w$]+(?=[(:])/gm);
    const ship = new (clr.getType('HostTests.Declared.Ship'))('x');
    for (const name of members('Ship')) expect(name in ship, name).to.equal(true);
    for (const name of members('ShipConstructor').filter((each) => each !== 'new')) expect(name in clr.getType('HostTests.Declared.Ship'), name).to.equal(true);
  }));

  for (const command of ['types', 'run', 'externs']) {
    it(`${command}: what is no assembly is named as such`, () => {
      const package_ = path.join(root, 'package.json');
      expect(leanclr([command, package_])).to.include({ status: 1, stderr: `leanclr: ${package_}: not a .NET assembly\n` });
      expect(leanclr([command, path.join(root, 'js')])).to.include({ status: 1, stderr: `leanclr: ${path.join(root, 'js')}: not a .NET assembly, a folder\n` });
      expect(leanclr([command, 'NoSuch.dll'])).to.include({ status: 1, stderr: 'leanclr: NoSuch.dll: no such file\n' });
    });
  }
});
