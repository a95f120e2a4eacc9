// Failures on both sides of the border, and what the runtime is good for afterwards.
import { expect } from 'chai';
import { DisposedError, LeanClrError, ManagedError, RuntimeFaultError } from 'leanclr';
import { createHost, failureOf } from './support/host.mjs';

describe('errors', () => {
  let clr;
  beforeEach(async () => {
    clr = await createHost();
    await clr.load('HostTests');
  });
  afterEach(() => clr.dispose());

  it('a C# exception is a ManagedError with type, message and managed stack', async () => {
    const error = await failureOf(() => clr.call('HostTests.Methods::Throw', 'on purpose'));
    expect(error).to.be.instanceOf(ManagedError).and.instanceOf(LeanClrError);
    expect(error.type).to.equal('System.InvalidOperationException');
    expect(error.managedMessage).to.equal('on purpose');
    expect(error.message).to.equal('System.InvalidOperationException: on purpose');
    expect(error.managedStack).to.match(/HostTests\.Methods\.Inner\(String message\)[^]*HostTests\.Methods\.Throw/);
    expect(error.stack).to.include('HostTests.Methods.Inner').and.include('errors.test.mjs');
    expect(clr.call('HostTests.Methods::Add', 1, 2)).to.equal(3);
  });

  it('an inner exception is the cause', async () => {
    const error = await failureOf(() => clr.call('HostTests.Methods::Wrap', 'inside'));
    expect(error.type).to.equal('System.ArgumentException');
    expect(error.cause).to.be.instanceOf(ManagedError);
    expect(error.cause.type).to.equal('System.InvalidOperationException');
    expect(error.cause.managedMessage).to.equal('inside');
    expect(error.cause.managedStack).to.include('HostTests.Methods.Inner');
    expect(error.cause.cause).to.equal(undefined);
  });

  it('what a JavaScript function throws is a JSException in C#', () => {
    clr.registerPInvoke('HostTests.Extern::Failing', () => { throw new RangeError('too far'); });
    expect(clr.call('HostTests.Methods::Describe', 'failing'))
      .to.equal('System.Runtime.InteropServices.JavaScript.JSException: RangeError: too far');
  });

  it('and comes back through C# as the cause of a ManagedError', async () => {
    const thrown = new RangeError('too far');
    clr.registerPInvoke('HostTests.Extern::Failing', () => { throw thrown; });
    const error = await failureOf(() => clr.call('HostTests.Methods::CallFailing'));
    expect(error).to.be.instanceOf(ManagedError);
    expect(error.cause).to.equal(thrown);
    expect(error.managedStack).to.match(/errors\.test\.mjs[^]*HostTests\.Extern\.Failing|errors\.test\.mjs[^]*HostTests\.Methods\.CallFailing/);
  });

  for (const [what, thrown] of [['a text', 'plain'], ['null', null], ['an object without a text', Object.create(null)]]) {
    it(`${what} may be thrown too`, () => {
      clr.registerPInvoke('HostTests.Extern::Failing', () => { throw thrown; });
      expect(clr.call('HostTests.Methods::Describe', 'failing')).to.match(/^System\..*JSException: /);
    });
  }

  it('a C# exception passes through JavaScript to C#', () => {
    clr.registerPInvoke('HostTests.Extern::Failing', () => clr.call('HostTests.Methods::Throw', 'inside'));
    expect(clr.call('HostTests.Methods::Describe', 'failing')).to.include('inside');
  });

  it('an error of an output callback reaches the caller, and the runtime goes on', async () => {
    const failing = await createHost({ stdout: () => { throw new Error('the pipe is closed'); } });
    try {
      const error = await failureOf(() => failing.runMain('HostTests', ['both']));
      expect(error.message).to.equal('the pipe is closed');
      expect(failing.call('HostTests.Methods::Add', 1, 2)).to.equal(3);
    } finally {
      failing.dispose();
    }
  });

  it('a disposed runtime refuses everything by name', async () => {
    const add = clr.method('HostTests.Methods::Add');
    clr.dispose();
    clr.dispose();
    for (const use of [
      () => clr.call('HostTests.Methods::Add', 1, 2), () => add(1, 2), () => clr.method('HostTests.Methods::Add'),
      () => clr.registerPInvoke('A.B::C', () => {}), () => clr.replacePInvoke('A.B::C', () => {}),
      () => clr.unregisterPInvoke('A.B::C'), () => clr.listPInvokes(), () => clr.memory, () => clr.version,
      () => clr.load('HostTests'), () => clr.runMain('HostTests'),
    ]) {
      expect(await failureOf(use), use.toString()).to.be.instanceOf(DisposedError);
    }
  });

  it('a function that C# is waiting for cannot dispose the runtime', () => {
    let refused;
    clr.registerPInvoke('HostTests.Extern::Add', (a, b) => {
      try {
        clr.dispose();
      } catch (error) {
        refused = error;
      }
      return a + b;
    });
    expect(clr.call('HostTests.Methods::CallAdd', 1, 2)).to.equal(3);
    expect(refused).to.be.instanceOf(LeanClrError).with.property('message').that.includes('dispose()');
  });

  it('`using` disposes', () => {
    clr[Symbol.dispose]();
    expect(() => clr.memory).to.throw(DisposedError);
  });

  it('exceptions are errors of their own names', () => {
    expect(new RuntimeFaultError('x').name).to.equal('RuntimeFaultError');
    expect(String(new DisposedError())).to.match(/^DisposedError: /);
  });
});
