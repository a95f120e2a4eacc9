// Who keeps whom alive across [JSImport] and [JSExport], and which object is the same.
import { expect } from 'chai';
import { collectUntil } from './support/gc.mjs';
import { withInterop } from './support/interop.mjs';

describe('objects across [JSImport] and [JSExport]', () => {
  it('a JSObject reads and writes properties', () => withInterop(({ Objects }) => {
    const object = { name: 'n', count: 3, ratio: 0.5, flag: true, bytes: new Uint8Array([1, 2]), inner: { name: 'i' } };
    expect(Objects.Describe(object)).to.equal('True;False;string;undefined;n;3;0.5;True;1,2;i;null;0');
    const target = {}, inner = {};
    Objects.Set(target, inner);
    expect(target).to.deep.equal({ flag: true, count: -7, ratio: 0.25, name: 'set', bytes: new Uint8Array([1, 2, 3]), inner: {} });
    expect(target.inner).to.equal(inner);
  }));

  it('a getter that throws is a JSException, and the same error outside', () => withInterop(({ Objects }) => {
    const error = new RangeError('mine');
    expect(() => Objects.Describe({ get name() { throw error; } })).to.throw(RangeError).that.equals(error);
  }));

  it('an object has one JSObject, a frozen one too', () => withInterop(({ Objects }) => {
    const object = {}, frozen = Object.freeze({});
    expect([Objects.Same(object, object), Objects.Same(object, {}), Objects.Same(frozen, frozen), Objects.Same(frozen, object)]).to.deep.equal([true, false, true, false]);
  }));

  it('a JSObject is disposed of once, and used no more', () => withInterop(({ Objects }) => {
    const object = {};
    expect(Objects.Disposal(object)).to.equal('False True ObjectDisposedException');
    expect(Objects.Same(object, object)).to.equal(true);
  }));

  it('a C# object has one proxy, which knows it', () => withInterop(({ Objects }) => {
    const thing = Objects.Make('thing');
    expect(Objects.Last()).to.equal(thing);
    expect(Objects.NameOf(thing)).to.equal('thing');
    expect(() => Objects.Same(thing, thing)).to.throw(TypeError, 'expected an object of JavaScript\'s (JSObject)');
    thing.dispose();
    expect(thing.isDisposed).to.equal(true);
    expect(() => Objects.NameOf(thing)).to.throw(TypeError, 'argument 1: expected a value, or a live proxy of a C# object');
    const again = Objects.Last();
    expect(again).not.to.equal(thing);
    expect(Objects.NameOf(again)).to.equal('thing');
  }));

  it('JavaScript\'s collector frees C# objects', () => withInterop(async ({ Objects }) => {
    const kept = Objects.Make('kept');
    for (let i = 0; i < 100; i++) Objects.Make(`${i}`);
    expect(await collectUntil(() => Objects.Living() === 1)).to.equal(true);
    expect(Objects.NameOf(kept)).to.equal('kept');
  }));

  it('an object that is given out anew before its old proxy is finalized lives on', () => withInterop(async ({ Objects }) => {
    Objects.Make('thing');
    let again;
    expect(await collectUntil(() => { again = Objects.Last(); return true; })).to.equal(true);
    await collectUntil(() => false, 5);
    expect(Objects.NameOf(again)).to.equal('thing');
  }));

  it('C#\'s collector frees JavaScript objects, functions and views', () => withInterop(async ({ Objects, Functions, Views }, types) => {
    const dropped = () => {
      const object = {}, callback = () => {};
      Objects.Drop(object);
      Functions.Call(callback);
      Views.Keep(5);
      const references = [object, callback, types.kept].map((value) => new WeakRef(value));
      types.kept = undefined;
      return references;
    };
    const references = Array.from({ length: 20 }, dropped).flat();
    expect(await collectUntil(() => {
      Objects.Collect();
      return references.filter((reference) => reference.deref()).length <= 3; // a frame may still hold the last ones
    })).to.equal(true);
  }));

  it('a promise that nobody can settle any more frees its task', () => withInterop(async ({ Tasks }) => {
    let told = 0;
    const drop = () => { Tasks.Catch(new Promise(() => {})).then(() => { told++; }); };
    for (let i = 0; i < 10; i++) drop();
    expect(await collectUntil(() => told >= 9)).to.equal(true);
  }));

  it('memory stays flat over many objects', () => withInterop(async ({ Objects, Types }, types, clr) => {
    const round = async () => {
      for (let i = 0; i < 3000; i++) {
        Objects.Make(`${i}`).dispose();
        Types.JSObject({ i });
        types.passed.length = 0;
      }
      await collectUntil(() => Objects.Living() === 0);
      return clr.memory.inUse;
    };
    await round();
    const before = await round();
    expect(await round()).to.be.below(before * 1.05);
  }));

  it('disposing of the runtime ends it all quietly', async () => {
    let late;
    await withInterop(({ Objects, Tasks }) => {
      late = [Objects.Make('thing'), Tasks.Int32(new Promise((resolve) => { setTimeout(resolve, 5, 1); }))];
    });
    late.shift().dispose();
    await collectUntil(() => false, 5); // finalization and the timer
  });
});
