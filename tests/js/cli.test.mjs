// npx leanclr run App.dll: exit code and streams as `dotnet App.dll` has them.
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'chai';
import { pack } from 'leanclr';
import { classLibrary } from './support/host.mjs';
import { hostTests, root, wasm } from './support/paths.mjs';

const cli = path.join(root, 'js/dist/cli.js');
const settings = { encoding: 'utf8', maxBuffer: 64 << 20, env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1', TZ: 'UTC' } };
const leanclr = (...args) => spawnSync(process.execPath, [cli, ...args], settings);
const run = (...args) => leanclr('run', '--wasm', wasm, hostTests.assembly, ...args);
const dotnet = (...args) => spawnSync('dotnet', [hostTests.assembly, ...args], settings);

/** What a shell's $? holds: 128 + the signal for a process that a signal ended. */
const shellCode = ({ status, signal }) => (signal === 'SIGABRT' ? 134 : status);

describe('leanclr run', () => {
  for (const args of [
    [],
    ['plain', 'two words', '', 'üñí 🦉', '--option=value', '--help', '--', '-v', '"quoted"', 'Other.dll'],
    ['exit', '7'],
    ['exit', '0'],
    ['both'],
    ['dependency'],
    ['much'],
  ]) {
    it(`${JSON.stringify(args).slice(0, 70)} as dotnet has it`, () => {
      const [ours, theirs] = [run(...args), dotnet(...args)];
      expect({ code: shellCode(ours), stdout: ours.stdout, stderr: ours.stderr })
        .to.deep.equal({ code: shellCode(theirs), stdout: theirs.stdout, stderr: theirs.stderr });
    });
  }

  it('an unhandled exception: its text on stderr, exit code of an abort', () => {
    const [ours, theirs] = [run('throw'), dotnet('throw')];
    const withoutLines = (text) => text.replace(/ in .*:line \d+$/gm, '').trim();
    expect(shellCode(ours)).to.equal(134);
    expect(shellCode(theirs)).to.equal(134);
    expect(ours.stdout).to.equal(theirs.stdout);
    expect(withoutLines(ours.stderr)).to.equal(withoutLines(theirs.stderr));
  });

  it('loses nothing when the reader of a pipe is slow', async () => {
    const child = spawn(process.execPath, [cli, 'run', '--wasm', wasm, hostTests.assembly, 'much'], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve) => { setTimeout(resolve, 300); });
    let size = 0;
    for await (const chunk of child.stdout) {
      size += chunk.length;
      if (size < 200_000) await new Promise((resolve) => { setTimeout(resolve, 1); });
    }
    expect(size).to.equal(20_000 * 100);
  });

  it('under GC stress the same', () => {
    const { status, stdout } = leanclr('run', '--wasm', wasm, '--gc-stress', hostTests.assembly, 'a');
    expect({ status, stdout }).to.deep.equal({ status: 0, stdout: '<a>\n' });
  });

  it('--help and --version', () => {
    expect(leanclr('--help').stdout).to.include('run <app>');
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    expect(leanclr('--version').stdout).to.include(version);
  });

  it('a file that is not there is named, with exit code 1', () => {
    const { status, stderr } = leanclr('run', 'NoSuchApp.dll');
    expect(status).to.equal(1);
    expect(stderr).to.equal('leanclr: NoSuchApp.dll: no such file\n');
  });

  it('an unknown command or option is named, with exit code 1', () => {
    expect(leanclr('frobnicate')).to.include({ status: 1, stderr: 'leanclr: unknown command frobnicate; see leanclr --help\n' });
    expect(leanclr('run', '--frobnicate', 'App.dll')).to.have.property('status', 1);
  });

  it('without an app it says what is missing', () => {
    const { status, stderr } = leanclr('run');
    expect(status).to.equal(1);
    expect(stderr).to.match(/^leanclr: .*run/);
  });

  describe('the class library', () => {
    let folder;
    beforeEach(() => { folder = mkdtempSync(path.join(tmpdir(), 'leanclr-cli-')); });
    afterEach(() => rmSync(folder, { recursive: true }));

    const runIn = (where, env, ...args) => spawnSync(process.execPath,
      [cli, 'run', '--wasm', wasm, ...args, path.join(where, 'HostTests.dll'), 'x'], { ...settings, env: { ...settings.env, ...env } });

    it('beside the app wins over the restored one', () => {
      cpSync(hostTests.output, folder, { recursive: true });
      for (const library of classLibrary()) cpSync(library, folder, { recursive: true, filter: (file) => !/\.(wasm|js|map|a|symbols)$/.test(file) });
      const { status, stdout } = runIn(folder, { NUGET_PACKAGES: path.join(folder, 'none'), PATH: '' });
      expect({ status, stdout }).to.deep.equal({ status: 0, stdout: '<x>\n' });
    });

    it('of another version is refused by name', () => {
      cpSync(hostTests.output, folder, { recursive: true });
      const bytes = readFileSync(path.join(classLibrary()[0], 'System.Private.CoreLib.dll'));
      const version = Buffer.from(pack.version, 'utf16le');
      for (let at = bytes.indexOf(version); at >= 0; at = bytes.indexOf(version, at + 1)) bytes.write('10.0.98', at, 'utf16le');
      writeFileSync(path.join(folder, 'System.Private.CoreLib.dll'), bytes);
      const { status, stderr } = runIn(folder);
      expect(status).to.equal(1);
      expect(stderr).to.match(/^leanclr: System\.Private\.CoreLib\.dll is of version 10\.0\.98/).and.include(`${pack.id} ${pack.version}`);
    });

    it('given with --pack is taken from a NuGet package or a plain folder', () => {
      const packageFolder = path.resolve(classLibrary()[0], '../../..');
      expect(runIn(hostTests.output, {}, '--pack', packageFolder).stdout).to.equal('<x>\n');
      mkdirSync(path.join(folder, 'plain'));
      expect(runIn(hostTests.output, {}, '--pack', path.join(folder, 'plain')).stderr).to.include('plain: there is no class library');
    });

    it('that cannot be restored: the reason and the tool to install', () => {
      copyFileSync(hostTests.assembly, path.join(folder, 'HostTests.dll'));
      const { status, stderr } = runIn(folder, { NUGET_PACKAGES: path.join(folder, 'none'), PATH: '' });
      expect(status).to.equal(1);
      expect(stderr).to.include(`Restoring the class library, ${pack.id} ${pack.version}`).and.include('install the .NET 10 SDK');
    });
  });
});

describe('leanclr externs', () => {
  const externs = (...args) => leanclr('externs', ...args, '--wasm', wasm, hostTests.assembly);

  it('lists what an assembly imports, and fails while something is missing', () => {
    const { status, stdout } = externs();
    expect(status).to.equal(1);
    expect(stdout).to.match(/^missing {3}\[host\]HostTests\.Extern::Add\(System\.Int32,System\.Int32\)$/m);
    expect(stdout).to.contain("Register a function under '[HostTests]HostTests.Extern::Add(System.Int32,System.Int32)'");
  });

  it('--json is for programs', () => {
    const add = JSON.parse(externs('--json').stdout).find(({ key }) => key.startsWith('[host]HostTests.Extern::Add('));
    expect(add).to.include({ library: 'host', entryPoint: 'Add', state: 'missing' });
  });
});
