// Tasks: C#'s become promises, JavaScript's promises become tasks of the declared type. A task's end is asked for as `await`
// asks, through its awaiter, so a faulted or cancelled one rejects with what C# would throw; what a promise rejects with
// becomes the task's exception.

import { mismatch, type Place, type Reader, type Writer } from '../marshal.js';
import { managedCaller, managedStarter, signatureOf } from './calls.js';

import { membersOf } from './members.js';
import { addressOf, newObject, Thrown } from './objects.js';
import { fieldOf, typeOfText, type Shape } from './shapes.js';
import type { Values } from './values.js';

const kTask = 'System.Threading.Tasks.Task';
const kValueTask = 'System.Threading.Tasks.ValueTask';
const kSource = 'System.Threading.Tasks.TaskCompletionSource';

export function isTask({ definition }: Shape): boolean {
  return definition === kTask || definition === `${kTask}\`1` || isValueTask(definition);
}

function isValueTask(definition: string): boolean {
  return definition === kValueTask || definition === `${kValueTask}\`1`;
}

/** Calls a method of a type by its name and number of parameters, on whatever `self` is the address of. */
function methodOf(values: Values, type: number, name: string, count: number, wanted = '') {
  const candidates = membersOf(values, type).methods.filter((member) => member.name === name && member.parameters === count && member.typeParameters === 0);
  const found = candidates.find(({ method }) => wanted === '' || values.shapes.ofText(signatureOf(values, method).slice(1)).name === wanted);
  if (!found) throw new TypeError(`${values.shapes.of(type).name} has no ${name} with ${count} parameters: it was trimmed away`);
  return { method: found.method, signature: signatureOf(values, found.method), name: `${values.shapes.of(type).name}.${name}`, isInstance: true, isVirtual: false };
}

/** Calls a parameterless method whose result stays as it lies in slots; gives what `use` makes of its address. */
function callRaw<T>(values: Values, { method, signature }: { method: number; signature: string }, self: number, use: (result: number) => T): T {
  const { stack, memory, instance } = values;
  const bytes = values.shapes.slotBytesOf(signature);
  const result = stack.pushZeroed(bytes + 8);
  try {
    memory.live().u32[(result + bytes) >>> 2] = self;
    instance.call(method, result + bytes, result, false);
    return use(result);
  } finally {
    stack.pop(result);
  }
}

/** Promises for tasks of one declared type. */
export function taskReader(values: Values, shape: Shape): Reader {
  if (isValueTask(shape.definition)) {
    let asTask: ReturnType<typeof methodOf> | undefined;
    return (address) => {
      asTask ??= methodOf(values, shape.type, 'AsTask', 0);
      return callRaw(values, asTask, address, values.reader(asTask.signature));
    };
  }
  let promise: ((task: number) => Promise<unknown>) | undefined;
  return (address) => {
    const task = values.memory.live().u32[address >>> 2];
    promise ??= promiseMaker(values, shape);
    return task === 0 ? null : promise(task);
  };
}

function promiseMaker(values: Values, { type }: Shape): (task: number) => Promise<unknown> {
  const getAwaiter = methodOf(values, type, 'GetAwaiter', 0);
  const awaiter = typeOfText(getAwaiter.signature);
  const isCompleted = managedCaller(values, methodOf(values, awaiter, 'get_IsCompleted', 0));
  const getResult = managedCaller(values, methodOf(values, awaiter, 'GetResult', 0));
  const onCompleted = managedCaller(values, methodOf(values, awaiter, 'UnsafeOnCompleted', 1));
  return (task) => {
    const ref = values.refs.hold(task, 'task');
    const settle = (resolve: (value: unknown) => void, reject: (reason: unknown) => void) => {
      try {
        resolve(callRaw(values, getAwaiter, ref.address, (address) => getResult(address, [])));
      } catch (error) {
        reject(error);
      } finally {
        values.refs.release(ref);
      }
    };
    return new Promise((resolve, reject) => callRaw(values, getAwaiter, task, (address) => {
      if (isCompleted(address, [])) settle(resolve, reject);
      else onCompleted(address, [() => settle(resolve, reject)]);
    }));
  };
}

/** Tasks for promises, or for values that are there already. */
export function taskWriter(values: Values, shape: Shape, place: Place): Writer {
  const [argument] = shape.args;
  const { memory } = values;
  let source: ReturnType<typeof sourceOf> | undefined;
  const start = (value: unknown, keep: number): number => {
    source ??= sourceOf(values, argument, place);
    const object = newObject(values, source.type);
    memory.live().u32[keep >>> 2] = object;
    source.construct(object, []);
    const ref = values.refs.hold(object, 'task');
    const { setResult, setException } = source;
    const fail = (error: unknown) => setException(ref.address, [new Thrown(error)]);
    const settle = (action: () => void) => {
      if (!values.instance.usable) return;
      try {
        action();
      } finally {
        values.refs.release(ref);
      }
    };
    const succeed = (result: unknown) => {
      try {
        setResult(ref.address, argument === undefined ? [] : [result]);
      } catch (error) {
        fail(error);
      }
    };
    if (typeof (value as PromiseLike<unknown> | null)?.then === 'function') {
      (value as PromiseLike<unknown>).then((result) => settle(() => succeed(result)), (error: unknown) => settle(() => fail(error)));
    } else {
      settle(() => succeed(value));
    }
    return callRaw(values, source.getTask, object, (result) => memory.live().u32[result >>> 2]);
  };

  if (!isValueTask(shape.definition)) {
    return (address, value) => {
      const ref = values.refs.of(value);
      const isTask = ref !== undefined && values.holds(shape.type, addressOf(ref, place));
      const task = value === null ? 0 : isTask ? ref.address : start(value, address);
      memory.live().u32[address >>> 2] = task; // only now: memory may have grown
    };
  }
  const object = fieldOf(shape, '_obj').offset;
  return (address, value) => {
    if (value === null) throw mismatch(place, `a promise (${shape.name})`, value);
    const task = start(value, address);
    memory.bytes(address, shape.size).fill(0);
    memory.live().u32[(address + object) >>> 2] = task;
    memory.live().u8[address + fieldOf(shape, '_continueOnCapturedContext').offset] = 1;
  };
}

/** Whoever awaited the task goes on inside the call, and may come to wait. */
function settler(values: Values, method: ReturnType<typeof methodOf>): (self: number, args: unknown[]) => void {
  const settle = managedStarter(values, method);
  return (self, args) => {
    const waits = settle(self, args);
    if (waits instanceof Promise) waits.catch(() => {}); // a stop: the task itself is settled
  };
}

/** What makes and settles tasks with results of a type, or without. */
function sourceOf(values: Values, argument: string | undefined, place: Place) {
  const type = argument === undefined ? values.named(kSource) : values.shapes.instantiate(values.named(`${kSource}\`1`), [typeOfText(argument)]);
  const method = (name: string, count: number, wanted = '') => ({ ...methodOf(values, type, name, count, wanted), name: `${place()} (promise)` });
  return {
    type,
    construct: managedCaller(values, method('.ctor', 0)),
    getTask: method('get_Task', 0),
    setResult: settler(values, method('SetResult', argument === undefined ? 0 : 1)),
    setException: settler(values, method('SetException', 1, 'System.Exception')),
  };
}

