// Tasks and promises, in both directions, and what C# objects and errors become when they cross several times.
import { expect } from 'chai';
import { createHost, failureOf } from './support/host.mjs';

function suite(title, options) {
  describe(title, () => {
    let clr;

    before(async () => {
      clr = await createHost(options);
      await clr.load('HostTests');
    });
    after(() => clr.dispose());

    const call = (name, ...args) => clr.call(`HostTests.Promises::${name}`, ...args);
    const later = (fn) => clr.replacePInvoke('HostTests.ValueExtern::Later', fn);

    it('an async function is a task of its result', async () => {
      later(async (value) => {
        await new Promise((resolve) => setTimeout(resolve, 1));
        return value * 2;
      });
      expect(await call('Await', 21)).to.equal('got 42');
      later((value) => value + 1);
      expect(await call('Await', 1), 'a value that is there already').to.equal('got 2');
      expect(await call('Several')).to.equal('2,3,4');
      clr.replacePInvoke('HostTests.ValueExtern::LaterText', async (text) => `${text} later`);
      expect(await call('AwaitText', 'now')).to.equal('now later!');
      clr.replacePInvoke('HostTests.ValueExtern::Done', async () => {});
      expect(await call('AwaitNothing')).to.equal(undefined);
    });

    it('a rejection, and a result that C# cannot hold, fault the task', async () => {
      later(async () => { throw new RangeError('not today'); });
      expect(await call('Await', 1)).to.equal('JSException: RangeError: not today');
      later(async () => 'text');
      expect(await call('Await', 1)).to.match(/^JSException: TypeError: .*HostTests.ValueExtern::Later: return value.*expected an integer/);
      later(() => Promise.reject('a text'));
      expect(await call('Await', 1)).to.equal('JSException: a text');
    });

    it('tasks are promises', async () => {
      expect(await call('Delayed', 5)).to.equal(5);
      expect(await call('Ready', 6)).to.equal(6);
      expect(await call('ReadyValue', 7)).to.equal(7);
      expect(await call('Points')).to.deep.equal([{ X: 1, Name: 'a' }]);
      const pending = call('Pending');
      call('Complete', 8);
      expect(await pending).to.equal(8);
    });

    it('a faulted or cancelled task rejects with its exception', async () => {
      const error = await failureOf(() => call('Failing'));
      expect(error).to.have.property('type', 'System.InvalidOperationException');
      expect(error.managedMessage).to.equal('it failed');
      expect((await failureOf(() => call('Cancelled'))).type).to.equal('System.Threading.Tasks.TaskCanceledException');
    });

    it('a promise may be an argument', async () => {
      expect(await call('AwaitGiven', Promise.resolve(1))).to.equal(2);
      const failure = new Error('given up');
      const error = await failureOf(() => call('AwaitGiven', Promise.reject(failure)));
      expect(error.cause).to.equal(failure);
      const promise = call('Delayed', 4);
      expect(await call('AwaitGiven', promise)).to.equal(5);
      expect(await call('AwaitGiven', 6)).to.equal(7);
    });

    it('an object of another class is no task', async () => {
      const other = new (clr.getType('[System.Private.CoreLib]System.Object'))();
      const error = await failureOf(() => call('AwaitGiven', other));
      expect(error.cause).to.be.instanceOf(TypeError).with.property('message').that.includes('AwaitGiven: argument 1');
    });

    it('a C# exception that passes through JavaScript is the same object', async () => {
      const through = (action) => clr.call('HostTests.ValueCalls::PassThrough', action);
      const error = await failureOf(() => through(() => clr.call('HostTests.ValueCalls::ThrowThrough', () => clr.call('HostTests.Methods::Throw', 'once'))));
      expect(error.type).to.equal('System.InvalidOperationException');
      expect(clr.call('HostTests.ValueCalls::Caught', error)).to.equal(true);
      const other = await failureOf(() => clr.call('HostTests.Methods::Throw', 'other'));
      expect(clr.call('HostTests.ValueCalls::Caught', other)).to.equal(false);
    });

    it('a JavaScript error that passes through C# is the cause, as the same object', async () => {
      const thrown = new EvalError('mine');
      const error = await failureOf(() => clr.call('HostTests.ValueCalls::PassThrough', () => { throw thrown; }));
      expect(error.cause).to.equal(thrown);
      expect(error.type).to.equal('System.Runtime.InteropServices.JavaScript.JSException');
      const again = await failureOf(() => clr.call('HostTests.ValueCalls::PassThrough', () => { throw error; }));
      expect(again.cause).to.equal(thrown);
      const given = await failureOf(() => clr.call('HostTests.ValueCalls::Throw', thrown));
      expect(given.cause).to.equal(thrown);
    });

    it('one stack has the lines of all crossings in the order of the calls', async () => {
      function innermost() { clr.call('HostTests.Methods::Throw', 'deep'); }
      function between() { clr.call('HostTests.ValueCalls::PassThrough', innermost); }
      function outermost() { clr.call('HostTests.ValueCalls::ThrowThrough', between); }
      const { stack } = await failureOf(() => outermost());
      const order = ['Methods.Inner', 'Methods.Throw', 'innermost', 'ValueCalls.PassThrough', 'between', 'ValueCalls.ThrowThrough', 'outermost'];
      const found = order.map((name) => stack.indexOf(name));
      expect(found.includes(-1), stack).to.equal(false);
      expect(found, stack).to.deep.equal(found.toSorted((a, b) => a - b));
      expect(order.map((name) => stack.split(name).length), stack).to.deep.equal(order.map(() => 2));
      expect(stack).to.match(/Methods\.Inner.*Methods\.cs:line \d+/);
    });

    it('of an error of JavaScript, too', async () => {
      function thrower() { throw new Error('js'); }
      function outermost() { clr.call('HostTests.ValueCalls::PassThrough', thrower); }
      const { stack } = await failureOf(() => outermost());
      const found = ['thrower', 'ValueCalls.PassThrough', 'outermost'].map((name) => stack.indexOf(name));
      expect(found.includes(-1), stack).to.equal(false);
      expect(found, stack).to.deep.equal(found.toSorted((a, b) => a - b));
    });
  });
}

suite('promises and errors');
suite('promises and errors under GC stress', { gcStress: true });

describe('what comes too late', () => {
  it('proxies, delegates, views and promises of a disposed runtime are DisposedErrors, and harm nobody', async () => {
    const clr = await createHost();
    await clr.load('HostTests');
    const game = new (clr.getType('HostTests.Game'))(), add = clr.call('HostTests.ValueCalls::Adder', 1);
    let view, settle;
    clr.registerPInvoke('HostTests.ValueExtern::Keep', (memory) => { view = memory; });
    clr.registerPInvoke('HostTests.ValueExtern::Later', () => new Promise((resolve) => { settle = resolve; }));
    clr.call('HostTests.ValueCalls::Keep');
    clr.call('HostTests.Promises::Await', 1);
    clr.dispose();
    for (const use of [() => game.Describe(), () => game.Level, () => { game.Level = 1; }, () => add(1), () => view.array, () => view.length, () => [...game.Players()]]) {
      expect(await failureOf(use)).to.have.property('name', 'DisposedError');
    }
    settle(5);
    add.dispose();
    view.dispose();
    game[Symbol.dispose]();
    await new Promise((resolve) => setTimeout(resolve, 5));
  });

  it('dispose() inside a call is refused, and the call goes on', async () => {
    const clr = await createHost();
    await clr.load('HostTests');
    let refused;
    const result = clr.call('HostTests.ValueCalls::Apply', (x) => {
      try {
        clr.dispose();
      } catch (error) {
        refused = error;
      }
      return x + 1;
    }, 1);
    expect(result).to.equal(2);
    expect(refused).to.have.property('kind', 'InvalidOperation');
    clr.dispose();
  });
});
