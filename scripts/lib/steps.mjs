// Steps with progress lines, and stamps: a step whose inputs have not changed since it last succeeded is skipped.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, root } from './paths.mjs';
import { StepError } from './run.mjs';

const kIgnored = new Set(['node_modules', 'bin', 'obj', 'build', '.git']);
const kProgressSeconds = 10;
const interactive = process.stdout.isTTY;

/** Runs one step: a line when it begins, signs of life while it goes on, its time when it ends. */
export async function step(title, body) {
  const started = Date.now();
  const seconds = () => ((Date.now() - started) / 1000).toFixed(1);
  let last = '';
  if (!interactive) console.log(`- ${title}`);
  const show = () => {
    const line = `- ${title} … ${seconds()} s ${last}`;
    if (interactive) process.stdout.write(`\r\x1b[K${line.slice(0, (process.stdout.columns ?? 100) - 1)}`);
    else console.log(`  ${line.slice(2)}`);
  };
  const timer = setInterval(show, interactive ? 200 : kProgressSeconds * 1000);
  try {
    const result = await body((line) => { last = line.trim().slice(0, 100); });
    clearInterval(timer);
    if (interactive) process.stdout.write('\r\x1b[K');
    console.log(interactive ? `- ${title} (${seconds()} s)` : `  done in ${seconds()} s`);
    return result;
  } catch (error) {
    clearInterval(timer);
    if (interactive) process.stdout.write('\n');
    throw error instanceof StepError ? new StepError(`${title}: failed\n${error.message}`) : error;
  }
}

function* filesUnder(file) {
  if (!existsSync(file)) return;
  if (!statSync(file).isDirectory()) {
    yield file;
    return;
  }
  for (const name of readdirSync(file).sort())
    if (!kIgnored.has(name)) yield* filesUnder(path.join(file, name));
}

/** A hash over the contents of files and folders (absolute paths) and over plain values. */
export function hashOf(inputs, values = []) {
  const hash = createHash('sha256');
  for (const input of inputs)
    for (const file of filesUnder(input)) {
      hash.update(`${path.relative(root, file)}\0`);
      hash.update(readFileSync(file));
    }
  hash.update(JSON.stringify(values));
  return hash.digest('hex');
}

/**
 * Runs the step unless its inputs are those of its last success and its outputs are there.
 * `inputs` and `outputs` are absolute paths, `values` whatever else decides the result. Gives whether it ran.
 */
export async function stampedStep(name, title, { inputs = [], values = [], outputs = [] }, body) {
  const stamp = build('stamps', name);
  const hash = hashOf(inputs, values);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash && outputs.every((file) => existsSync(file))) return false;
  rmSync(stamp, { force: true });
  await step(title, body);
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, hash);
  return true;
}

/** The end of a script: a StepError is a message, anything else a defect of ours. */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    console.error(error instanceof StepError ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
