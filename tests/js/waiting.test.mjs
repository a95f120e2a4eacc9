// C# that blocks in its middle: its stack is put aside, and JavaScript, timers and other stacks go on.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'chai';
import { DeadlockError, DisposedError, InterruptedError, ManagedError } from 'leanclr';
import { classLibrary, createHost, failureOf, withHost } from './support/host.mjs';
import { hostTests, root } from './support/paths.mjs';

const run = (clr, what, options) => clr.runMain('HostTests', ['wait', what], options);
const key = (name) => `HostTests.Waiting::${name}`;

/** Until C#'s Block waits: Main may begin some turns after runMain(). */
async function untilBlocked(clr) {
  while (!clr.call(key('IsBlocked'))) await delay(1);
}

/** A runtime whose `Later` resolves by setTimeout to 100 times the id. */
async function withLater(use, options = {}) {
  const timers = [];
  let clr;
  const pinvokes = {
    '[host]Later': (id, milliseconds) => { timers.push(setTimeout(() => clr.call(key('Resolve'), id, id * 100), milliseconds)); },
    '[host]Between': () => clr.call(key('Block')),
  };
  await withHost({ pinvokes, ...options }, async (host) => {
    clr = host;
    try {
      await clr.load('HostTests');
      await use(clr);
    } finally {
      timers.forEach(clearTimeout);
    }
  });
}

describe('C# that blocks', () => {
  it('in Main goes on when JavaScript completes the task', () => withHost({}, async (clr) => {
    await clr.load('HostTests');
    const ended = run(clr, 'source');
    await untilBlocked(clr);
    expect(clr.call(key('Add'), 1, 2)).to.equal(3);
    expect(clr.call(key('Complete'), 42)).to.equal(true);
    expect(await ended).to.equal(42);
  }));

  it('in a sleep lets JavaScript go on', () => withHost({}, async (clr) => {
    await clr.load('HostTests');
    let ticks = 0;
    const timer = setInterval(() => { ticks++; }, 4); // due before the sleep ends, however late both are
    expect(await run(clr, 'sleep')).to.equal(4);
    clearInterval(timer);
    expect(ticks).to.be.greaterThan(0);
  }));

  it('in calls, several at once', () => withLater(async (clr) => {
    await clr.callAsync(key('Fetch'), 1);
    const values = await Promise.all([400, 5, 150].map((milliseconds) => clr.callAsync(key('Fetch'), milliseconds)));
    expect(values).to.deep.equal([200, 300, 400]);
    expect(clr.getType('HostTests.Waiting').Log).to.equal('1 5 150 400 ');
  }));

  it('in a hundred calls at once', () => withLater(async (clr) => {
    const values = await Promise.all(Array.from({ length: 100 }, (_, index) => clr.callAsync(key('Fetch'), index % 7)));
    expect(values).to.deep.equal(Array.from({ length: 100 }, (_, index) => (index + 1) * 100));
  }));

  for (const gcStress of [false, true]) {
    it(`keeps what its stack holds${gcStress ? ', under stress' : ''}`, () => withLater(async (clr) => {
      const texts = await Promise.all(['a', 'b'].map((text) => clr.callAsync(key('FetchText'), text)));
      expect(texts).to.deep.equal(['a! 100', 'b! 200']);
    }, { gcStress })).timeout(60_000);
  }

  it('in calls that need not wait, or whose results are no scalars', () => withLater(async (clr) => {
    expect(await clr.callAsync(key('Add'), 3, 4)).to.equal(7);
    expect(await clr.callAsync(key('FetchLater'))).to.equal(300);
    expect(String(await clr.callAsync(key('FetchDecimal')))).to.equal('300.5');
  }));

  it('in a method that reflection calls', () => withLater(async (clr) => {
    const error = await failureOf(() => clr.callAsync(key('ByReflection')));
    expect(error).to.be.instanceOf(ManagedError);
    expect(error.cause.managedMessage).to.match(/the stack cannot be suspended, because .*InternalInvoke/);
  }));

  it('on promises, and after awaiting one', () => withHost({
    pinvokes: { '[host]FetchTask': async (milliseconds) => { await delay(milliseconds); return 5; } },
  }, async (clr) => {
    await clr.load('HostTests');
    expect(await clr.callAsync(key('BlockAfterAwait'))).to.equal(15);
    expect(await clr.call(key('BlockAfterAwait'))).to.equal(15);
  }));

  it('throws what the task ended with', () => withLater(async (clr) => {
    clr.replacePInvoke('[host]Later', (id) => { setTimeout(() => clr.call(key('Reject'), id, 'no luck'), 1); });
    const error = await failureOf(() => clr.callAsync(key('Fetch'), 1));
    expect(error).to.be.instanceOf(ManagedError).with.property('type', 'System.AggregateException');
    expect(error.cause).to.have.property('managedMessage', 'no luck');
  }));

  it('in a call that JavaScript waits for throws', () => withLater(async (clr) => {
    const error = await failureOf(() => clr.call(key('Block')));
    expect(error).to.be.instanceOf(ManagedError).with.property('type', 'System.PlatformNotSupportedException');
    expect(error.managedMessage).to.include('callAsync');
    expect(clr.call(key('Failure'), false)).to.match(/^PlatformNotSupportedException: .*callAsync/);
  }));

  it('behind a native method throws, and names it', () => withLater(async (clr) => {
    const text = await clr.callAsync(key('Failure'), true);
    expect(text).to.include('PlatformNotSupportedException').and.include('HostTests.Waiting::Between()');
  }));

  it('holds its locks meanwhile', () => withHost({}, async (clr) => {
    await clr.load('HostTests');
    const ended = run(clr, 'holds the lock');
    await untilBlocked(clr);
    const error = await failureOf(() => clr.call(key('WithLock')));
    expect(error).to.have.property('type', 'System.PlatformNotSupportedException');
    const waits = clr.callAsync(key('WithLock'));
    await delay(5);
    clr.call(key('Complete'), 1);
    expect(await waits).to.equal(8);
    expect(await ended).to.equal(1);
  }));

  it('takes nothing by reference along', () => withLater(async (clr) => {
    const error = await failureOf(() => clr.callAsync(key('FetchInto'), { value: 0 }));
    expect(error).to.be.instanceOf(TypeError).with.property('message').that.includes('argument 1');
  }));

  it('throws from Main after a wait', () => withHost({}, async (clr) => {
    await clr.load('HostTests');
    const ended = failureOf(() => run(clr, 'throws'));
    await untilBlocked(clr);
    clr.call(key('Complete'), 1);
    expect(await ended).to.be.instanceOf(ManagedError).with.property('managedMessage', 'after a wait');
    expect(clr.text.stderr).to.match(/^Unhandled exception\. System\.InvalidOperationException: after a wait\n/);
    expect(await run(clr, 'sleep')).to.equal(4);
  }));

  it('ends with the run by Environment.Exit on another stack', () => withHost({}, async (clr) => {
    expect(await run(clr, 'exit')).to.equal(6);
    expect(await run(clr, 'sleep')).to.equal(4);
  }));

  it('ends with the run by what a job throws', () => withHost({}, async (clr) => {
    const error = await failureOf(() => run(clr, 'job throws'));
    expect(error).to.be.instanceOf(ManagedError).with.property('type', 'System.FormatException');
    expect(await run(clr, 'sleep')).to.equal(4);
  }));

  it('is found out when nothing can end it, when asked to', () => withHost({}, async (clr) => {
    const error = await failureOf(() => run(clr, 'finally', { whenIdle: 'fail' }));
    expect(error).to.be.instanceOf(DeadlockError);
    expect(clr.text.stdout).to.equal('finally\nfinally\n');
    expect(await run(clr, 'sleep')).to.equal(4);
  }));

  it('is found out in any case when Node has nothing left to do', () => {
    const cli = path.join(root, 'js/dist/cli.js');
    const folders = classLibrary();
    const copied = folders.length === 1 ? folders[0] : path.resolve(folders[0], '../../..');
    const result = spawnSync(process.execPath, [cli, 'run', '--pack', copied, hostTests.assembly, 'wait', 'finally'], { encoding: 'utf8', timeout: 60_000 });
    expect(result.stderr).to.include('Main waits for a task that nothing can complete');
    expect(result.stdout).to.equal('finally\nfinally\n');
    expect(result.status).to.equal(1);
  }).timeout(60_000);

  it('is stopped by a signal, with its finally blocks', () => withHost({}, async (clr) => {
    await clr.load('HostTests');
    const controller = new AbortController();
    const ended = failureOf(() => run(clr, 'finally', { signal: controller.signal }));
    await untilBlocked(clr);
    controller.abort('enough');
    const error = await ended;
    expect(error).to.be.instanceOf(InterruptedError).with.property('reason', 'abort');
    expect(clr.text.stdout).to.equal('finally\nfinally\n');
    expect(await run(clr, 'sleep')).to.equal(4);
  }));

  it('is stopped by the runtime\'s signal in calls', () => {
    const controller = new AbortController();
    return withLater(async (clr) => {
      const ended = failureOf(() => clr.callAsync(key('FetchByFinally')));
      await delay(10);
      controller.abort();
      expect(await ended).to.be.instanceOf(InterruptedError);
    }, { signal: controller.signal });
  });

  it('is stopped by a budget', () => withLater(async (clr) => {
    const error = await failureOf(() => clr.callAsync(key('FetchByFinally')));
    expect(error).to.be.instanceOf(InterruptedError).with.property('reason', 'budget');
    expect(clr.getType('HostTests.Waiting').Log).to.equal('finallyfinally');
    expect(await clr.callAsync(key('Fetch'), 1)).to.equal(200);
  }, { limits: { budget: { milliseconds: 300 } } }));

  it('is let go by dispose()', async () => {
    const clr = await createHost({ pinvokes: { '[host]Later': () => {} } });
    await clr.load('HostTests');
    const main = failureOf(() => run(clr, 'source')), call = failureOf(() => clr.callAsync(key('Fetch'), 1));
    await delay(20);
    clr.dispose();
    expect(await main).to.be.instanceOf(DisposedError);
    expect(await call).to.be.instanceOf(DisposedError);
  });
});
