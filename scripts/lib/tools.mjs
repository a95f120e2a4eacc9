// The tools that the build needs: what is on PATH, what apt can install, and the command to name otherwise.
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';
import { capture, runLogged, StepError } from './run.mjs';

/** The file that a shell would run for this command, or undefined. */
export function onPath(command) {
  for (const folder of (process.env.PATH ?? '').split(path.delimiter)) {
    const file = path.join(folder, command);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {} // not here
  }
  return undefined;
}

const parts = (version) => version.split('.').map(Number);
export function atLeast(version, needed) {
  const have = parts(version), need = parts(needed);
  for (let i = 0; i < need.length; i++)
    if ((have[i] ?? 0) !== need[i]) return (have[i] ?? 0) > need[i];
  return true;
}

/** The first version number that `command --version` prints, or undefined where there is no such command. */
async function versionOf(command) {
  if (!onPath(command)) return undefined;
  const { stdout, stderr } = await capture(command, ['--version']);
  return /\d+(\.\d+)+/.exec(stdout + stderr)?.[0] ?? '0';
}

// Debian's packages; `needed` is the oldest version that will do.
const kTools = {
  cmake: { commands: ['cmake'], needed: '3.25', packages: ['cmake'] },
  compiler: { commands: ['c++'], packages: ['g++'] },
  ninja: { commands: ['ninja'], packages: ['ninja-build'] },
  emscripten: { commands: ['emcc'], needed: '3.1.6', packages: ['emscripten'] },
  chromium: { commands: ['chromium', 'chromium-browser', 'google-chrome'], packages: ['chromium'] },
  firefox: { commands: ['firefox-esr', 'firefox'], packages: ['firefox-esr'] },
};

/** The file of a browser, "chromium" or "firefox"; undefined where it is not installed. */
export const browserPath = (name) => kTools[name].commands.map(onPath).find(Boolean);

/** The Debian packages that bring what is missing or too old among these tools. */
export async function missingPackages(names) {
  const packages = [];
  for (const name of names) {
    const { commands, needed, packages: wanted } = kTools[name];
    const command = commands.find(onPath);
    const version = command && needed ? await versionOf(command) : needed;
    if (!command || (needed && !atLeast(version, needed))) packages.push(...wanted);
  }
  return packages;
}

/** Installs Debian packages, as root or through sudo; where neither is possible, the error names the command. */
export async function aptInstall(packages, onLine) {
  const isRoot = process.getuid?.() === 0;
  const sudo = isRoot ? [] : ['sudo', '-n'];
  const command = `${isRoot ? '' : 'sudo '}apt-get update && ${isRoot ? '' : 'sudo '}apt-get install -y ${packages.join(' ')}`;
  const allowed = isRoot || (onPath('sudo') && (await capture('sudo', ['-n', 'true'])).code === 0);
  if (!existsSync('/usr/bin/apt-get') || !allowed)
    throw new StepError(`missing: ${packages.join(', ')}. Install them with\n  ${command}\nand run this again.`);
  const apt = (log, args) => {
    const [first, ...rest] = [...sudo, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    return runLogged(log, first, rest, { onLine });
  };
  await apt('apt-update', ['update']);
  await apt('apt-install', ['install', '-y', '--no-install-recommends', ...packages]);
}

/** Fails, with the way to mend it, unless Node and the .NET SDK are new enough. */
export async function requireNodeAndDotnet() {
  if (!atLeast(process.versions.node, '20.19'))
    throw new StepError(`Node ${process.versions.node} is too old: 20.19 or newer is needed (https://nodejs.org).`);
  const sdk = await versionOf('dotnet');
  if (!sdk || !atLeast(sdk, '10.0'))
    throw new StepError(`${sdk ? `the .NET SDK ${sdk} is too old` : 'there is no dotnet on PATH'}: the .NET 10 SDK is needed.\n` +
      'Install it with\n  curl -sSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0');
}
