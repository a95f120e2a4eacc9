// C# types as classes: constructors, members of every kind, overloads, generics, events, iterators, proxies and their handles.
import { expect } from 'chai';
import { collectUntil, heapUsed } from './support/gc.mjs';
import { createHost, failureOf, withHost } from './support/host.mjs';

function suite(title, options) {
  describe(title, () => {
    let clr;
    let Game;

    before(async () => {
      clr = await createHost(options);
      await clr.load('HostTests');
      Game = clr.getType('HostTests.Game');
    });
    after(() => clr.dispose());

    it('constructors are chosen by their arguments', () => {
      expect(new Game().Name).to.equal('game');
      expect(new Game('mine').Name).to.equal('mine');
      const sized = new Game(7);
      expect([sized.Name, sized.Size]).to.deep.equal(['sized', 7]);
      expect(sized).to.be.instanceOf(Game);
      expect(() => new Game({})).to.throw(TypeError, 'HostTests.Game::.ctor(int)');
      expect(() => Game()).to.throw(TypeError, 'new is missing');
      expect(Game.fullName).to.equal('HostTests.Game');
    });

    it('static members: methods, properties, fields', () => {
      const before = Game.Count;
      expect(Game.Create('made').Name).to.equal('made');
      expect(Game.Count).to.equal(before + 1);
      Game.Count = 100;
      new Game();
      expect(Game.Count).to.equal(101);
      expect(Game.Title).to.equal('untitled');
      Game.Title = 'titled';
      expect(Game.Title).to.equal('titled');
      expect(() => { Game.Title = 5; }).to.throw(TypeError, 'HostTests.Game.set_Title: argument 1');
    });

    it('instance members: methods, properties, fields, indexers', () => {
      const game = new Game('g');
      game.Level = 3;
      game.Size = 4;
      expect([game.Level, game.Size]).to.deep.equal([3, 4]);
      expect(() => { game.Level = 1.5; }).to.throw(TypeError, 'HostTests.Game.Level');
      expect(() => { game.Name = 'x'; }).to.throw(TypeError);
      game.Score('Ada', 10);
      expect(game.get_Item('Ada')).to.equal(10);
      expect(game.item('Ada')).to.equal(10);
      game.set_Item('Ada', 11);
      expect(game.item('Ada')).to.equal(11);
      expect(game.Describe()).to.equal('g with 1');
      expect(game.Total(), 'implemented for an interface alone').to.equal(11);
      expect(String(game)).to.equal('HostTests.Game');
    });

    it('the same object is the same proxy', () => {
      const game = new Game();
      expect(game.Self()).to.equal(game);
      expect(game.Equals(game)).to.equal(true);
      expect(game.Equals(new Game())).to.equal(false);
    });

    it('overrides are called, and base types are prototypes', () => {
      const BigGame = clr.getType('HostTests.BigGame');
      const big = new BigGame();
      expect(big).to.be.instanceOf(Game);
      expect(big.Describe()).to.equal('BIG big with 0');
      expect(big.Only()).to.equal('only here');
      expect(big.Add(1)).to.equal('int 1');
      expect(Game.prototype.Describe.call(big)).to.equal('BIG big with 0');
    });

    it('overloads are chosen by the kinds of their arguments', () => {
      const game = new Game('me');
      const cases = [[1, 'int 1'], [1.5, 'double 1.5'], ['x', 'string x'], [true, 'bool True'], [{ X: 3, Name: null }, 'Point 3'], [game, 'Game me'],
        [[1, 2], 'int[] 2'], [new Int32Array(3), 'int[] 3']];
      for (const [value, expected] of cases) expect(game.Add(value), expected).to.equal(expected);
      expect(game.Add('a', {})).to.equal('string, object');
    });

    it('a call that fits several overloads, or none, is an error that lists them', async () => {
      const game = new Game();
      const vague = await failureOf(() => game.Vague({ X: 1, Name: null }));
      expect(vague).to.have.property('name', 'AmbiguousEntryError');
      expect(vague.message).to.include('HostTests.Game::Vague(HostTests.Point)').and.include('HostTests.Game::Vague(HostTests.Inner2)');
      expect(() => game.Add(1n)).to.throw(TypeError, 'HostTests.Game::Add(int)');
      expect(() => game.Add(1, 2, 3)).to.throw(TypeError, 'no overload takes these 3 arguments');
    });

    it('arguments that are left out have their default values', () => {
      const ship = new (clr.getType('HostTests.Declared.Ship'))('x');
      expect(ship.Sail({ X: 3, Y: 4, Price: 0 })).to.equal(2);
      expect(ship.Sail({ X: 3, Y: 4, Price: 0 }, undefined)).to.equal(2);
      expect(ship.Defaults(1)).to.equal('1 text Large True -5 x 1.25 0 none 1.5 nothing 0.5');
      expect(ship.Defaults(1, 'given', 0, false)).to.equal('1 given Small False -5 x 1.25 0 none 1.5 nothing 0.5');
      expect(() => ship.Defaults()).to.throw(TypeError, 'no overload takes these 0 arguments');
      expect(() => ship.Defaults('one')).to.throw(TypeError);
      expect([ship.Which(1), ship.Which(1, 2)]).to.deep.equal(['one', 'two']);
    });

    it('params arrays take their elements as arguments', () => {
      const Ship = clr.getType('HostTests.Declared.Ship');
      const ship = new Ship('x');
      expect([ship.Sum('ab'), ship.Sum('ab', 1), ship.Sum('', 1, 2, 3), ship.Sum('', [4, 5]), ship.Sum('', new Int32Array([6]))]).to.deep.equal([2, 3, 6, 9, 6]);
      expect(ship.Join(1, 'two', null)).to.equal('1,two,');
      expect([ship.Which(), ship.Which('a'), ship.Which('a', 'b', 'c')]).to.deep.equal(['names 0', 'names 1', 'names 3']);
      expect([Ship.Spread(), Ship.Spread('b'), Ship.Spread('b', 'c', 'd')]).to.deep.equal(['a', 'b', 'bcd']);
      expect(() => ship.Sum('', 1, 'two')).to.throw(TypeError, 'no overload takes these 3 arguments');
      expect(() => ship.Sum('', 1.5)).to.throw(TypeError, 'HostTests.Declared.Ship.Sum: argument 2');
    });

    it('constants are values', () => {
      const { MostCrew, Flag, Far, Half, Quarter, Mark, Floats, Common, Nothing, Price } = clr.getType('HostTests.Declared.Ship');
      expect([MostCrew, Flag, Far, Half, Quarter, Mark, Floats, Common, Nothing, Price])
        .to.deep.equal([12, 'A "flag"\nof two lines', 1n << 40n, 0.5, 0.25, 'ß', true, 5, null, '12.50']);
      const { Small, Large } = clr.getType('HostTests.Declared.Size');
      expect([Small, Large]).to.deep.equal([0, 5]);
      expect(() => { clr.getType('HostTests.Declared.Ship').MostCrew = 1; }).to.throw(TypeError);
    });

    it('async enumerables are async iterable, and end with the loop', async () => {
      const Ship = clr.getType('HostTests.Declared.Ship');
      const ship = new Ship('x');
      const seen = [];
      const ended = Ship.Ended;
      for await (const number of ship.Count(3)) seen.push(number);
      expect(seen).to.deep.equal([0, 1, 2]);
      expect(Ship.Ended).to.equal(ended + 1);
      for await (const number of ship.Count(100)) if (number === 2) break;
      expect(Ship.Ended).to.equal(ended + 2);
      const failure = await failureOf(async () => { for await (const number of ship.Count(9)) seen.push(number); });
      expect(failure).to.include({ name: 'ManagedError', managedMessage: 'five' });
      expect(Ship.Ended).to.equal(ended + 3);
      const places = [];
      for await (const { X, Y } of ship.Route()) places.push([X, Y]);
      expect(places).to.deep.equal([[1, 2], [3, 4]]);
    });

    it('an iterator that is left is disposed of', () => {
      const Ship = clr.getType('HostTests.Declared.Ship');
      const ended = Ship.Ended;
      for (const step of new Ship('x').Steps()) if (step === 3) break;
      expect(Ship.Ended).to.equal(ended + 1);
    });

    it('an override of half a property leaves the other half', () => {
      const half = new (clr.getType('HostTests.Declared.HalfOverridden'))();
      half.Value = 3;
      expect(half.Value).to.equal(30);
    });

    it('generic types and methods with given arguments', () => {
      const Pair = clr.getType('HostTests.Pair`2').of('System.Int32', Game);
      const game = new Game('paired');
      const pair = new Pair(5, game);
      expect(pair.First).to.equal(5);
      expect(pair.Second).to.equal(game);
      expect(() => new Pair('x', game)).to.throw(TypeError, 'argument 1');
      expect(Game.NameOf.of('System.String')()).to.equal('System.String');
      expect(game.Pass.of('System.Int64').call(game, 5n)).to.equal(5n);
      expect(() => Game.NameOf.of('System.String', 'System.String')).to.throw(TypeError, '2 type arguments');
      const List = clr.getType('[System.Private.CoreLib]System.Collections.Generic.List`1').of('System.String');
      const list = new List();
      list.Add('one');
      list.Add('two');
      expect(list.Count).to.equal(2);
      expect([...list]).to.deep.equal(['one', 'two']);
      expect(list.item(1)).to.equal('two');
    });

    it('enumerables are iterable', () => {
      const game = new Game();
      game.Score('Ada', 1);
      game.Score('Alan', 2);
      expect([...game.Players()]).to.deep.equal(['Ada', 'Alan']);
      expect(Array.from(game.Scores())).to.deep.equal([1, 2]);
    });

    it('events take functions and let them go', () => {
      const game = new Game();
      const heard = [];
      const handler = (player, points) => { heard.push([player, points]); };
      game.Scored.add(handler);
      game.Score('Ada', 1);
      game.Scored.remove(handler);
      game.Score('Ada', 2);
      expect(heard).to.deep.equal([['Ada', 1]]);
      let started = 0;
      const start = () => { started++; };
      Game.Started.add(start);
      Game.Start();
      Game.Started.remove(start);
      Game.Start();
      expect(started).to.equal(1);
    });

    it('async methods are promises, exceptions are ManagedErrors', async () => {
      const game = new Game();
      game.Score('Ada', 41);
      game.Score('Alan', 1);
      expect(await game.SumLater()).to.equal(42);
      expect(await failureOf(() => game.Fail())).to.have.property('type', 'System.InvalidOperationException');
    });

    it('structs are made as plain objects', () => {
      const Point = clr.getType('HostTests.Point');
      expect(new Point()).to.deep.equal({ X: 0, Name: null });
    });

    it('a wrong this is an error', () => {
      expect(() => Game.prototype.Describe.call({})).to.throw(TypeError, 'HostTests.Game.Describe: this');
      expect(() => Game.prototype.Describe.call(clr.call('HostTests.ValueCalls::Chain', 0))).to.throw(TypeError, 'this');
    });

    it('what is not there is an error that says so', async () => {
      expect((await failureOf(() => clr.getType('HostTests.Nothing'))).message).to.include('HostTests.Nothing');
      expect((await failureOf(() => clr.getType('[Nowhere]A.B'))).name).to.equal('AssemblyNotFoundError');
      expect(() => clr.getType('HostTests.Pair`2').of('System.Int32')).to.throw('type arguments');
    });

    it('what was let go is a DisposedError', async () => {
      const game = new Game();
      game[Symbol.dispose]();
      const error = await failureOf(() => game.Describe());
      expect(error.name).to.equal('DisposedError');
      expect(error.message).to.include('HostTests.Game.Describe');
      expect(await failureOf(() => clr.call('HostTests.ValueCalls::Identity', game))).to.have.property('name', 'DisposedError');
      expect(await failureOf(() => new Game().Add(game)), 'where overloads are chosen').to.have.property('name', 'DisposedError');
    });
  });
}

suite('getType');
suite('getType under GC stress', { gcStress: true });

describe('handles', () => {
  it('members begin with a small letter where that is asked for', () => withHost({ camelCase: true }, async (clr) => {
    await clr.load('HostTests');
    const Game = clr.getType('HostTests.Game');
    const game = new Game('small');
    game.level = 2;
    expect([game.name, game.level, game.describe(), String(game)]).to.deep.equal(['small', 2, 'small with 0', 'HostTests.Game']);
    expect(game.toString()).to.equal('HostTests.Game');
    clr.registerPInvoke('HostTests.ValueExtern::Point', ({ x, name }) => ({ x: x + 1, name }));
    expect(clr.call('HostTests.ValueEcho::Point', { x: 1, name: 'n' })).to.deep.equal({ x: 2, name: 'n' });
  }));

  it('diagnostics count them and tell where they were made', () => withHost({ diagnostics: true }, async (clr) => {
    await clr.load('HostTests');
    const before = clr.diagnostics.handles().count;
    const game = function madeHere() { return new (clr.getType('HostTests.Game'))(); }();
    const { count, kinds, made } = clr.diagnostics.handles();
    expect(count).to.equal(before + 1);
    expect(kinds.object).to.be.at.least(1);
    expect(made.find(({ type }) => type === 'HostTests.Game').stack).to.include('madeHere');
    game[Symbol.dispose]();
    expect(clr.diagnostics.handles().count).to.equal(before);
  }));

  it('10,000 functions live as delegates at once, and go when C# lets them go', () => withHost({}, async (clr) => {
    await clr.load('HostTests');
    const heard = [];
    const listeners = Array.from({ length: 10_000 }, (_, index) => (value) => { heard.push(index + value); });
    for (const listener of listeners) clr.call('HostTests.ValueCalls::Add', listener);
    clr.call('HostTests.ValueCalls::Raise', 1);
    expect(heard).to.deep.equal(Array.from({ length: 10_000 }, (_, index) => index + 1));
    expect(clr.diagnostics.handles().hosted).to.be.at.least(10_000);
    for (const listener of listeners.toReversed()) clr.call('HostTests.ValueCalls::Remove', listener);
    clr.call('HostTests.Methods::Collect');
    expect(clr.diagnostics.handles().hosted).to.be.below(10);
  }));

  it('a million objects that come and go leave memory flat', async function flat() {
    this.timeout(240_000);
    await withHost({}, async (clr) => {
      await clr.load('HostTests');
      const Node = clr.getType('HostTests.Node');
      const round = async () => {
        for (let i = 0; i < 50_000; i++) {
          new Node().Value = i;
          clr.call('HostTests.ValueCalls::TypeName', { i });
          if (i % 5_000 === 0) await collectUntil(() => true); // as an event loop's turns would: finalization needs them
        }
        await collectUntil(() => true);
      };
      // What waits to be collected, and how much a collector lets wait, is no leak.
      const collect = () => {
        clr.call('[System.Private.CoreLib]System.GC::Collect()');
        clr.diagnostics.handles();
        return collectUntil(() => true);
      };
      await round();
      await round();
      await collect();
      const { inUse } = clr.memory, before = heapUsed();
      for (let i = 0; i < 8; i++) await round();
      // What was made or looked up in a turn lives until it is over, and finalization has turns of its own.
      for (let turns = 0; turns < 20 && clr.diagnostics.handles().count > 1000; turns++) await collectUntil(() => true);
      await collect();
      expect(clr.memory.inUse).to.be.below(inUse * 1.2 + 4e6); // a leak would be 30e6
      expect(heapUsed()).to.be.below(before * 1.3 + 5e6);
      expect(clr.diagnostics.handles().count).to.be.below(1000);
    });
  });
});
