// C#'s timers, jobs and tasks in the event loop of JavaScript.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { DeadlockError, DisposedError, ManagedError } from 'leanclr';
import { classLibrary, createHost, failureOf, withHost } from './support/host.mjs';
import { hostTests, root } from './support/paths.mjs';

const run = (clr, what, options) => clr.runMain('HostTests', ['task', what], options);

describe('the event loop', () => {
  it('goes on in JavaScript while Main waits', () => withHost({}, async (clr) => {
    await clr.load('HostTests');
    let ticks = 0;
    const timer = setInterval(() => { ticks++; }, 5); // due before C#'s timer, however late both are
    expect(await run(clr, 'delay')).to.equal(3);
    clearInterval(timer);
    expect(ticks).to.be.greaterThan(0);
  }));

  it('goes on in JavaScript while Main never stops yielding', () => withHost({}, async (clr) => {
    const controller = new AbortController();
    const ended = failureOf(() => run(clr, 'yields', { signal: controller.signal }));
    for (let i = 0; i < 5; i++) await delay(1);
    controller.abort();
    await ended;
  }));

  it('lets JavaScript complete the task that Main waits for', () => withHost({}, async (clr) => {
    await clr.load('HostTests');
    const timer = setInterval(() => clr.call('HostTests.Tasks::Complete', 42) && clearInterval(timer), 5);
    expect(await run(clr, 'source')).to.equal(42);
  }));

  it('goes on after a call that leaves something pending', () => withHost({}, async (clr) => {
    await clr.load('HostTests');
    clr.call('HostTests.Tasks::StartTicking', 5);
    expect(clr.call('HostTests.Tasks::Ticks')).to.equal(0);
    for (let i = 0; i < 200 && clr.call('HostTests.Tasks::Ticks') < 5; i++) await delay(5);
    expect(clr.call('HostTests.Tasks::Ticks')).to.equal(5);
  }));

  it('ends a run by what a job throws', () => withHost({}, async (clr) => {
    const error = await failureOf(() => run(clr, 'job throws'));
    expect(error).to.be.instanceOf(ManagedError).with.property('type', 'System.InvalidOperationException');
    expect(clr.text.stderr).to.match(/^Unhandled exception\. System\.InvalidOperationException: later\n/);
    expect(await run(clr, 'delay')).to.equal(3);
  }));

  it('ends a run by what Main throws after a wait', () => withHost({}, async (clr) => {
    const error = await failureOf(() => run(clr, 'throws'));
    expect(error).to.be.instanceOf(ManagedError).with.property('managedMessage', 'after a delay');
    expect(clr.text.stderr).to.match(/^Unhandled exception\. System\.InvalidOperationException: after a delay\n(.*\n)* {3}at Program\.<Main>\(String\[\] args\)\n$/);
  }));

  it('ends a run by Environment.Exit in a job', () => withHost({}, async (clr) => {
    expect(await run(clr, 'exit')).to.equal(5);
    expect(clr.call('HostTests.Limits::Add', 1, 2)).to.equal(3);
  }));

  it('has one run at a time', () => withHost({}, async (clr) => {
    await clr.load('HostTests');
    const first = run(clr, 'source');
    const error = await failureOf(() => run(clr, 'delay'));
    expect(error).to.have.property('kind', 'InvalidOperation');
    expect(clr.call('HostTests.Tasks::Complete', 3)).to.equal(true);
    expect(await first).to.equal(3);
  }));

  it('tells a run that nothing can end, when asked to', () => withHost({}, async (clr) => {
    const error = await failureOf(() => run(clr, 'source', { whenIdle: 'fail' }));
    expect(error).to.be.instanceOf(DeadlockError);
    expect(await run(clr, 'delay')).to.equal(3);
  }));

  it('tells it in any case when Node has nothing left to do', () => {
    const cli = path.join(root, 'js/dist/cli.js');
    const folders = classLibrary();
    const copied = folders.length === 1 ? folders[0] : path.resolve(folders[0], '../../..');
    const result = spawnSync(process.execPath, [cli, 'run', '--pack', copied, hostTests.assembly, 'task', 'source'], { encoding: 'utf8', timeout: 60_000 });
    expect(result.stderr).to.include('Main waits for a task that nothing can complete');
    expect(result.status).to.equal(1);
  }).timeout(60_000);

  it('rejects a run whose runtime is disposed of', async () => {
    const clr = await createHost();
    const ended = failureOf(() => run(clr, 'source'));
    await delay(20);
    clr.dispose();
    expect(await ended).to.be.instanceOf(DisposedError);
  });
});
