// Limits and stops: what C# may use, and what is left of a runtime in which it wanted more.
import { performance } from 'node:perf_hooks';
import { expect } from 'chai';
import { DisposedError, InterruptedError, OutOfMemoryError, RuntimeFaultError, StackOverflowError } from 'leanclr';
import { createHost, failureOf, withHost } from './support/host.mjs';

const kBudget = 40;
/** What is promised, and what a machine that does other things besides may add. */
const kLate = 10, kBusy = 60;
/** A busy machine may take away the processor in one try, not in all. */
const kTries = 5;

/** A loaded runtime whose calls have a budget. */
const withBudget = (budget, use) => withHost({ limits: { budget } }, async (clr) => {
  await clr.load('HostTests');
  clr.registerPInvoke('HostTests.Extern::Nothing', () => {});
  clr.call('HostTests.Limits::Count'); // whatever a first call has to do
  return use(clr);
});
const works = (clr) => expect(clr.call('HostTests.Limits::Add', 40, 2)).to.equal(42);

describe('a budget', () => {
  const endless = {
    Endless: 'a loop', Caught: 'a loop in a try block', InFinally: 'a finally block', FinallyOfStop: 'a finally block that a stop runs',
    InFilter: 'a filter', InStaticConstructor: 'a static constructor', Natives: 'natives', Allocations: 'allocations',
    HostCalls: 'calls to JavaScript', Sleeping: 'a sleep',
  };
  for (const [method, what] of Object.entries(endless)) {
    it(`of milliseconds stops ${what}`, async () => {
      let soonest = Infinity;
      for (let tries = 0; tries < kTries && soonest > kBudget + kLate + kBusy; tries++) {
        await withBudget({ milliseconds: kBudget }, async (clr) => {
          const start = performance.now();
          const error = await failureOf(() => clr.call(`HostTests.Limits::${method}`));
          const taken = performance.now() - start;
          expect(error).to.be.instanceOf(InterruptedError).with.property('reason', 'budget');
          expect(error.message).to.equal(`the budget of ${kBudget} ms is used up`);
          expect(taken).to.be.at.least(kBudget - 1);
          soonest = Math.min(soonest, taken);
          works(clr);
          expect(clr.call('HostTests.Limits::Count')).to.be.at.least(0);
        });
      }
      expect(soonest).to.be.at.most(kBudget + kLate + kBusy);
    });
  }

  it('of instructions stops at the same place every time', () => withBudget({ instructions: 1_000_000 }, async (clr) => {
    const counts = [];
    for (let i = 0; i < 3; i++) {
      const error = await failureOf(() => clr.call('HostTests.Limits::Endless'));
      expect(error).to.be.instanceOf(InterruptedError).with.property('message', 'the budget of 1000000 instructions is used up');
      counts.push(clr.call('HostTests.Limits::Count'));
    }
    expect(counts[0]).to.be.within(900_000, 1_000_001);
    expect(counts[2] - counts[1]).to.equal(counts[1] - counts[0]);
  }));

  it('lets finally blocks give locks back', () => withBudget({ milliseconds: kBudget }, async (clr) => {
    await failureOf(() => clr.call('HostTests.Limits::Unlocking'));
    expect(clr.call('HostTests.Limits::IsLocked')).to.equal(false);
  }));

  it('leaves a static constructor to whoever comes next', () => withBudget({ milliseconds: kBudget }, async (clr) => {
    await failureOf(() => clr.call('HostTests.Limits::InStaticConstructor'));
    expect(clr.call('HostTests.Limits::InStaticConstructor')).to.equal(2); // the second time there is nothing to wait for
  }));

  it('is no business of the next call', () => withBudget({ milliseconds: kBudget }, async (clr) => {
    for (let i = 0; i < 3; i++) {
      await failureOf(() => clr.call('HostTests.Limits::Endless'));
      works(clr);
    }
  }));

  it('is shared with what JavaScript calls on the way', () => withBudget({ milliseconds: kBudget }, async (clr) => {
    let inner;
    clr.replacePInvoke('HostTests.Extern::Nothing', () => {
      try {
        clr.call('HostTests.Limits::Endless');
      } catch (error) {
        inner = error; // JavaScript may catch it, C# goes no further nevertheless
      }
    });
    const error = await failureOf(() => clr.call('HostTests.Limits::HostCalls'));
    expect(inner).to.be.instanceOf(InterruptedError);
    expect(error).to.be.instanceOf(InterruptedError);
    works(clr);
  }));

  it('holds for a run with its waits', () => withHost({}, async (clr) => {
    for (const [what, budget] of [['yields', { milliseconds: kBudget }], ['loop', { milliseconds: kBudget }], ['source', { milliseconds: kBudget }], ['yields', { instructions: 100_000 }]]) {
      const error = await failureOf(() => clr.runMain('HostTests', ['task', what], { budget }));
      expect(error, what).to.be.instanceOf(InterruptedError).with.property('reason', 'budget');
    }
    works(clr);
    expect(await clr.runMain('HostTests', ['task', 'delay'])).to.equal(3);
  }));
});

describe('a signal', () => {
  it('stops a run that waits', () => withHost({}, async (clr) => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('enough')), 20);
    const error = await failureOf(() => clr.runMain('HostTests', ['task', 'source'], { signal: controller.signal }));
    expect(error).to.be.instanceOf(InterruptedError).with.property('reason', 'abort');
    expect(error.cause).to.have.property('message', 'enough');
    expect(await clr.runMain('HostTests', ['task', 'delay'], { signal: new AbortController().signal })).to.equal(3);
  }));

  it('stops a run that works', () => withHost({}, async (clr) => {
    const error = await failureOf(() => clr.runMain('HostTests', ['task', 'yields'], { signal: AbortSignal.timeout(30) }));
    expect(error).to.be.instanceOf(InterruptedError).with.property('reason', 'abort');
    works(clr);
  }));

  it('that is aborted already starts nothing', () => withHost({}, async (clr) => {
    const error = await failureOf(() => clr.runMain('HostTests', ['exit', '7'], { signal: AbortSignal.abort() }));
    expect(error).to.be.instanceOf(InterruptedError);
    expect(clr.text.stdout).to.equal('');
  }));

  it('stops a runtime for good', async () => {
    const controller = new AbortController();
    const clr = await createHost({ signal: controller.signal });
    await clr.load('HostTests');
    clr.registerPInvoke('HostTests.Extern::Nothing', () => controller.abort());
    expect(await failureOf(() => clr.call('HostTests.Limits::HostCalls'))).to.be.instanceOf(InterruptedError);
    expect(await failureOf(() => clr.call('HostTests.Limits::Count'))).to.be.instanceOf(InterruptedError);
    expect(await failureOf(() => clr.runMain('HostTests'))).to.be.instanceOf(InterruptedError);
    clr.dispose();
    expect(await failureOf(() => clr.call('HostTests.Limits::Count'))).to.be.instanceOf(DisposedError);
  });

  it('stops the loading', async () => {
    const controller = new AbortController();
    const created = failureOf(() => createHost({ signal: controller.signal }));
    controller.abort(new Error('no more'));
    expect(await created).to.be.instanceOf(InterruptedError).with.nested.property('cause.message', 'no more');
  });
});

describe('the stack', () => {
  it('ends endless recursion with an error that C# does not see', () => withHost({}, async (clr) => {
    await clr.load('HostTests');
    for (let i = 0; i < 2; i++) {
      const error = await failureOf(() => clr.call('HostTests.Limits::Recurse'));
      expect(error).to.be.instanceOf(StackOverflowError).with.property('message').that.includes('HostTests.Limits::Deeper(System.Int32)');
      works(clr);
    }
    expect(clr.call('HostTests.Limits::Count')).to.equal(0);
  }));

  it('has the size asked for', () => withHost({ limits: { stack: 1 << 16 } }, async (clr) => {
    await clr.load('HostTests');
    expect(await failureOf(() => clr.call('HostTests.Limits::Recurse'))).to.be.instanceOf(StackOverflowError);
    works(clr);
  }));

  it('is not the engine\'s when C# and JavaScript call each other', () => withHost({}, async (clr) => {
    await clr.load('HostTests');
    clr.registerPInvoke('HostTests.Extern::Reenter', (depth) => clr.call('HostTests.Methods::Reenter', depth));
    expect(clr.call('HostTests.Methods::Reenter', 150)).to.equal(150);
    const error = await failureOf(() => clr.call('HostTests.Methods::Reenter', 1_000_000));
    expect(error).to.be.instanceOf(StackOverflowError).with.property('message').that.includes('nest too deep');
    works(clr);
  }));
});

describe('memory', () => {
  it('is too little to start with', async () => {
    const error = await failureOf(() => createHost({ limits: { memory: 4 << 20 } }));
    expect(error).to.be.instanceOf(OutOfMemoryError);
  });

  for (const size of [10, 1_000, 100_000, 5_000_000]) {
    it(`ends with an OutOfMemoryException in C#, by objects of ${size} bytes`, () => withHost({ limits: { memory: 32 << 20 } }, async (clr) => {
      await clr.load('HostTests');
      for (let i = 0; i < 2; i++) expect(clr.call('HostTests.Limits::Fill', size)).to.match(/^OutOfMemoryException after/);
      works(clr);
      expect(clr.memory.inUse).to.be.at.most(32 << 20);
    }));
  }
});

describe('limits', () => {
  it('are whole numbers within reason', async () => {
    for (const limits of [{ memory: -1 }, { memory: 1.5 }, { stack: 1000 }, { stack: 2 ** 30 }, { memory: '1' }]) {
      expect(await failureOf(() => createHost({ limits })), JSON.stringify(limits)).to.be.instanceOf(RangeError);
    }
  });

  it('make no runtime unusable', () => withHost({ limits: { budget: { milliseconds: 20 } } }, async (clr) => {
    await clr.load('HostTests');
    for (const method of ['InStaticConstructor', 'Endless', 'Recurse', 'FinallyOfStop', 'InFilter', 'Allocations']) {
      expect(await failureOf(() => clr.call(`HostTests.Limits::${method}`))).not.to.be.instanceOf(RuntimeFaultError);
    }
    works(clr);
  }));
});
