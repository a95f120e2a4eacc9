// Child processes: with their output in a log file, shown when they fail, or captured.
import { spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { build, root } from './paths.mjs';

const kTailLines = 40;
const kSignalNumbers = { SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGTERM: 15 };

/** A step that failed for a reason the reader can act on: printed without a stack. */
export class StepError extends Error {}

const environment = (extra) => ({ ...process.env, DOTNET_NOLOGO: '1', DOTNET_CLI_TELEMETRY_OPTOUT: '1', ...extra });

/**
 * Runs a command with its output in build/logs/LOG.log. On failure throws a StepError with the log's end.
 * `onLine` sees every line of output, for progress.
 */
export function runLogged(log, command, args, { cwd = root, env = {}, onLine } = {}) {
  const file = build('logs', `${log}.log`);
  mkdirSync(path.dirname(file), { recursive: true });
  const out = createWriteStream(file);
  out.write(`$ ${command} ${args.join(' ')}\n`);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] });
    const take = (chunk) => {
      out.write(chunk);
      const lines = chunk.toString().trim().split('\n');
      onLine?.(lines[lines.length - 1]);
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', (error) => reject(new StepError(`${command}: ${error.message}`)));
    child.on('close', (code) => out.end(() => {
      if (code === 0) return resolve();
      const tail = readFileSync(file, 'utf8').trimEnd().split('\n').slice(-kTailLines).join('\n');
      reject(new StepError(`${tail}\n${command} failed (exit code ${code}); all of its output: ${path.relative(root, file)}`));
    }));
  });
}

/**
 * Runs a command to its end and gives { code, stdout, stderr }; death by a signal is 128 + its number, as in a shell.
 * Past `timeout` milliseconds it is killed, and `timedOut` is set.
 */
export function capture(command, args, { cwd = root, env = {}, timeout = 0, input = '' } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env: environment(env) });
    const out = [], err = [];
    let timedOut = false;
    const timer = timeout > 0 && setTimeout(() => { timedOut = true; child.kill('SIGKILL'); }, timeout);
    child.stdout.on('data', (chunk) => out.push(chunk));
    child.stderr.on('data', (chunk) => err.push(chunk));
    child.stdin.on('error', () => {}); // the program may end without reading
    child.stdin.end(input);
    const done = (code) => {
      clearTimeout(timer);
      resolve({ code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString(), timedOut });
    };
    child.on('error', (error) => { err.push(Buffer.from(error.message)); done(127); });
    child.on('close', (code, signal) => done(code ?? 128 + (kSignalNumbers[signal] ?? 0)));
  });
}

/** Gives a function that runs the tasks handed to it, at most as many at once as there are processors. */
export function limiter(limit = availableParallelism()) {
  const waiting = [];
  let running = 0;
  const next = () => {
    if (running >= limit || waiting.length === 0) return;
    running++;
    const { task, resolve, reject } = waiting.shift();
    task().then(resolve, reject).finally(() => { running--; next(); });
  };
  return (task) => new Promise((resolve, reject) => { waiting.push({ task, resolve, reject }); next(); });
}
