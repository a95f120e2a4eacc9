// The memory that System.Runtime.InteropServices.JavaScript and its source generator share with their host: blocks of
// 32-byte arguments (the first is the exception, the second the result, the method's own follow) and the signatures that
// say how each is marshalled. Facts and accessors only; what values become is to-js.ts's and to-managed.ts's.

import type { Memory } from '../memory.js';
import { readChars } from '../text.js';

/** The assembly whose internal calls these modules answer. */
export const kInteropAssembly = 'System.Runtime.InteropServices.JavaScript';

/** MarshalerType: what an argument holds, or how one is to be marshalled. */
export const Kind = {
  None: 0, Void: 1, Discard: 2, Boolean: 3, Byte: 4, Char: 5, Int16: 6, Int32: 7, Int52: 8, BigInt64: 9, Double: 10, Single: 11,
  IntPtr: 12, JSObject: 13, Object: 14, String: 15, Exception: 16, DateTime: 17, DateTimeOffset: 18, Nullable: 19, Task: 20,
  Array: 21, ArraySegment: 22, Span: 23, Action: 24, Function: 25, DiscardNoWait: 26, JSException: 27, TaskResolved: 28,
  TaskRejected: 29, TaskPreCreated: 30,
} as const;

export const kArgument = 32;
/** Arguments before the method's own: the exception and the result. */
export const kFirst = 2;

const kHandle = 4;
const kLength = 8;
const kKind = 12;
const kElementKind = 13;

/** The argument at a position of a block. */
export function argumentAt(block: number, position: number): number {
  return block + position * kArgument;
}

// An argument's value is at its beginning; handles stand behind a value of 4 bytes (a Task's result, an exception's message).
export const kindOf = (memory: Memory, argument: number) => memory.live().u8[(argument + kKind) >>> 0];
export const elementKindOf = (memory: Memory, argument: number) => memory.live().u8[(argument + kElementKind) >>> 0];
export const handleOf = (memory: Memory, argument: number) => memory.live().i32[(argument + kHandle) >>> 2];
export const lengthOf = (memory: Memory, argument: number) => memory.live().i32[(argument + kLength) >>> 2];
export const addressOf = (memory: Memory, argument: number) => memory.live().u32[argument >>> 2];

export function setKind(memory: Memory, argument: number, kind: number): void {
  memory.live().u8[(argument + kKind) >>> 0] = kind;
}
/** Of kind None, without an element's kind. */
export function clearKind(memory: Memory, argument: number): void {
  memory.live().u32[(argument + kKind) >>> 2] = Kind.None;
}
export function setHandle(memory: Memory, argument: number, handle: number): void {
  memory.live().i32[(argument + kHandle) >>> 2] = handle;
}
/** An array or a view of memory: where it is and how many elements it has. */
export function setElements(memory: Memory, argument: number, address: number, length: number, elementKind: number): void {
  const { u8, i32, u32 } = memory.live();
  u32[argument >>> 2] = address;
  i32[(argument + kLength) >>> 2] = length;
  u8[(argument + kElementKind) >>> 0] = elementKind;
}

/** How one argument or result is marshalled. `result` is a task's, a function's, a nullable's; `first` an array's element. */
export interface Type {
  readonly kind: number;
  readonly result: number;
  readonly first: number;
  readonly second: number;
  readonly third: number;
}

/** A plain type without parts. */
export const plain = (kind: number): Type => ({ kind, result: Kind.None, first: Kind.None, second: Kind.None, third: Kind.None });

export interface Signature {
  /** The number that InvokeJSImport names the function by. */
  readonly importHandle: number;
  readonly functionName: string;
  readonly moduleName: string;
  readonly result: Type;
  readonly parameters: readonly Type[];
}

const kVersion = 2;
const kType = 32;
const kTypes = 32; // of the exception, the result and the parameters, from here on
const kResultKind = 16;
const kParameterKinds = 20;

/** The signature at an address; C# frees it when it is bound. */
export function readSignature(memory: Memory, address: number): Signature {
  const { u8, i32 } = memory.live();
  const word = (offset: number) => i32[(address + offset) >>> 2];
  const typeAt = (position: number): Type => {
    const at = (address + kTypes + position * kType) >>> 0;
    const [first, second, third] = [0, 4, 8].map((offset) => u8[at + kParameterKinds + offset]);
    return { kind: u8[at], result: u8[at + kResultKind], first, second, third };
  };
  if (word(0) !== kVersion) throw new Error(`A signature of version ${word(0)}; this host knows version ${kVersion}.`);
  const text = (offset: number, bytes: number) => (offset === 0 ? '' : readChars(memory, address + offset, bytes >>> 1));
  return {
    importHandle: word(8),
    functionName: text(word(16), word(20)),
    moduleName: text(word(24), word(28)),
    result: typeAt(1),
    parameters: Array.from({ length: word(4) }, (_, index) => typeAt(kFirst + index)),
  };
}
