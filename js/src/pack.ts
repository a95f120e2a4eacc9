// The class library that this runtime is made for, and how to tell which one a file belongs to. Native code and CoreLib
// share layouts and internal calls, so another version of CoreLib is refused by name instead of failing at random.

import { WrongPackError } from './errors.js';

/** The NuGet package with the class library. Everything that restores or looks for it reads it here. */
export const pack = {
  id: 'Microsoft.NETCore.App.Runtime.Mono.browser-wasm',
  version: '10.0.12',
} as const;

export const kCoreLib = 'System.Private.CoreLib.dll';

/** Fails with WrongPackError when these are the bytes of a CoreLib of another version. */
export function requirePinnedPack(file: string, bytes: Uint8Array): void {
  const version = productVersion(bytes);
  if (version !== undefined && version !== pack.version) {
    throw new WrongPackError('WrongPack', `${file} is of version ${version}; this runtime needs ${pack.id} ${pack.version}.`);
  }
}

/** ProductVersion of a file's version resource without its build's name ("10.0.12-servicing.5+…"); undefined where there is none. */
export function productVersion(bytes: Uint8Array): string | undefined {
  const resources = resourceSection(bytes);
  const text = resources && new TextDecoder('utf-16le').decode(resources);
  return text?.match(/ProductVersion\0+([0-9.]+)/)?.[1];
}

/** The section ".rsrc" of a PE file. Damaged files have none: reporting those is the loader's business. */
function resourceSection(bytes: Uint8Array): Uint8Array | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fits = (offset: number, size: number) => offset + size <= bytes.length;
  if (!fits(0, 0x40)) return undefined;
  const header = view.getUint32(0x3c, true);
  if (!fits(header, 24)) return undefined;
  const count = view.getUint16(header + 6, true);
  const table = header + 24 + view.getUint16(header + 20, true);
  for (let row = table; row < table + count * 40 && fits(row, 40); row += 40) {
    if (String.fromCharCode(...bytes.subarray(row, row + 6)) !== '.rsrc\0') continue;
    const offset = view.getUint32(row + 20, true);
    return bytes.subarray(offset, offset + view.getUint32(row + 16, true));
  }
  return undefined;
}
