// Where assemblies come from: the sources that the user named, asked in their order, each assembly at most once. Loading
// an assembly loads the closure of its references first, level by level, so that a run seldom has to ask the host.

import { bytesOf, type ReportProgress } from './download.js';
import { AssemblyNotFoundError, BadImageError, FetchError } from './errors.js';
import type { Instance } from './instance.js';
import { fileName } from './module.js';
import type { AssemblySources, Bytes } from './options.js';
import { kCoreLib, requirePinnedPack } from './pack.js';
import type { Folder, Platform } from './platform.js';
import { readCString } from './text.js';

/** The folder with the sources' files; the first that has a file wins. */
export function openSources(sources: AssemblySources, platform: Platform): Folder {
  if (Array.isArray(sources)) return firstOf(sources.map((source: AssemblySources) => openSources(source, platform)));
  if (sources instanceof Map) {
    const files = Array.from(sources, ([name, content]) => oneFile(dllName(name), content, platform));
    return firstOf(files);
  }
  if (typeof sources === 'string' || sources instanceof URL) {
    const location = String(sources);
    return /\.dll([?#].*)?$/i.test(location) ? oneFile(fileName(location), sources, platform) : platform.folder(sources);
  }
  if (typeof sources === 'object' && sources !== null && 'name' in sources) {
    return oneFile(dllName(sources.name), 'bytes' in sources ? sources.bytes : sources.url, platform);
  }
  throw new TypeError('assemblies: expected a folder, a URL, { name, bytes }, { name, url }, a Map, or an array of these.');
}

/** "App" → "App.dll"; a PDB's name stays. */
export function dllName(name: string): string {
  return /\.(dll|pdb)$/i.test(name) ? name : `${name}.dll`;
}

/** "App.dll" → "App.pdb". */
function pdbName(file: string): string {
  return file.replace(/\.dll$/i, '.pdb');
}

/** The class library's assemblies have no PDBs. */
function isOfClassLibrary(file: string): boolean {
  return /^(System|Microsoft|mscorlib|netstandard|WindowsBase)\b/i.test(file);
}

function oneFile(name: string, content: Bytes | URL | string, platform: Platform): Folder {
  const wanted = name.toLowerCase();
  const list = () => [name];
  if (typeof content === 'string' || content instanceof URL) {
    const besides = String(content).replace(/\.dll(?=([?#].*)?$)/i, '.pdb');
    const isSymbols = (file: string) => file.toLowerCase() === pdbName(wanted) && besides !== String(content);
    return {
      open: async (file) => {
        if (isSymbols(file)) return platform.open(besides).catch(() => undefined);
        return file.toLowerCase() === wanted ? platform.open(content) : undefined;
      },
      openNow: (file) => (isSymbols(file) ? platform.openNow?.(besides) : undefined),
      list,
    };
  }
  const bytes = content instanceof Uint8Array ? content : new Uint8Array(content);
  const openNow = (file: string) => (file.toLowerCase() === wanted ? bytes : undefined);
  return { open: async (file) => openNow(file), openNow, list };
}

function firstOf(folders: readonly Folder[]): Folder {
  return {
    async open(file) {
      for (const folder of folders) {
        const found = await folder.open(file);
        if (found) return found;
      }
      return undefined;
    },
    openNow(file) {
      for (const folder of folders) {
        const found = folder.openNow?.(file);
        if (found) return found;
      }
      return undefined;
    },
    list: () => folders.flatMap((folder) => folder.list?.() ?? []),
  };
}

export class Assemblies {
  /** Lower-case file names that were added, or that no source has. */
  readonly #asked = new Map<string, 'loaded' | 'missing'>();
  readonly #instance: Instance;
  readonly #folder: Folder;
  readonly #symbols: boolean;
  readonly #report: ReportProgress;

  /** `symbols`: fetches PDBs together with their assemblies. */
  constructor(instance: Instance, folder: Folder, symbols: boolean, report: ReportProgress) {
    this.#symbols = symbols;
    this.#instance = instance;
    this.#folder = folder;
    this.#report = report;
  }

  /** Loads an assembly ("App" or "App.dll") and all that it refers to. References that no source has are left out: */
  /** C# that gets to one throws a FileNotFoundException that says who wanted it. */
  async load(name: string): Promise<void> {
    const file = dllName(name);
    await this.#fetch([file]);
    if (this.#asked.get(file.toLowerCase()) !== 'loaded') {
      throw new AssemblyNotFoundError('FileNotFound', `${file}: none of the given sources has this assembly.`);
    }
    for (let missing = this.#missing(); missing.length > 0; missing = this.#missing()) await this.#fetch(missing);
  }

  /** Fetches an assembly that the runtime may ask for in the middle of a call, where no source could give it at once. */
  async prefetch(file: string): Promise<void> {
    if (!this.#asked.has(file.toLowerCase()) && !this.#folder.openNow?.(file)) await this.#fetch([file]);
  }

  /** Whether an assembly is loaded. */
  has(file: string): boolean {
    return this.#asked.get(file.toLowerCase()) === 'loaded';
  }

  /** Adds an assembly at once, where a source can; leanclr_host.resolve_assembly. */
  addNow = (name: string): boolean => {
    const file = dllName(name);
    const known = this.#asked.get(file.toLowerCase());
    const bytes = known ? undefined : this.#folder.openNow?.(file);
    if (bytes) this.#add(file, bytes);
    return bytes !== undefined;
  };

  /** Adds a PDB at once, where a source can; leanclr_host.resolve_symbols. */
  addSymbolsNow = (file: string): boolean => {
    const bytes = this.#folder.openNow?.(file);
    if (bytes) this.#addSymbols(file, bytes);
    return bytes !== undefined;
  };

  /** Adds at once whatever the sources list that is not the class library's and loads. Whether there was anything. */
  addApplicationNow(): boolean {
    const files = this.#folder.list?.() ?? [];
    const application = files.filter((file) => /\.dll$/i.test(file) && !isOfClassLibrary(file));
    return application.map((file) => this.#tryNow(file)).includes(true);
  }

  #tryNow(file: string): boolean {
    try {
      return this.addNow(file);
    } catch (error) {
      if (error instanceof BadImageError) return false; // a search passes by what is damaged
      throw error;
    }
  }

  /** The files of the references that nobody has asked for yet. */
  #missing(): string[] {
    const { exports, runtime, memory } = this.#instance;
    const names = readCString(memory, this.#instance.enter(() => exports.leanclr_missing_references(runtime)));
    return names.split('\n').filter((name) => name !== '').map(dllName).filter((file) => !this.#asked.has(file.toLowerCase()));
  }

  async #fetch(files: readonly string[]): Promise<void> {
    const wanted = files.filter((file) => !this.#asked.has(file.toLowerCase()));
    const [found, symbols] = await Promise.all([
      Promise.all(wanted.map((file) => this.#read(file))),
      Promise.all(wanted.map((file) => (this.#symbols && !isOfClassLibrary(file) ? this.#read(pdbName(file)) : undefined))),
    ]);
    wanted.forEach((file, index) => {
      const bytes = found[index];
      const pdb = symbols[index];
      if (bytes) this.#add(file, bytes);
      else this.#asked.set(file.toLowerCase(), 'missing');
      if (bytes && pdb) this.#addSymbols(pdbName(file), pdb);
    });
  }

  async #read(file: string): Promise<Uint8Array | undefined> {
    const source = await this.#folder.open(file);
    return source && bytesOf(source, file, this.#report).catch((cause: unknown) => {
      throw new FetchError(`${file}: the download broke off: ${String(cause)}`, { cause });
    });
  }

  #add(file: string, bytes: Uint8Array): void {
    if (this.#asked.get(file.toLowerCase()) === 'loaded') return;
    if (file === kCoreLib) requirePinnedPack(file, bytes);
    const instance = this.#instance;
    this.#handOver(file, bytes, (name, block) => {
      instance.check(() => instance.exports.leanclr_add_assembly(instance.runtime, name, block, bytes.length));
    });
    this.#asked.set(file.toLowerCase(), 'loaded');
  }

  #addSymbols(file: string, bytes: Uint8Array): void {
    const instance = this.#instance;
    this.#handOver(file, bytes, (name, block) => {
      instance.enter(() => instance.exports.leanclr_add_symbols(instance.runtime, name, block, bytes.length));
    });
  }

  /** Gives the runtime a copy of a file's bytes. */
  #handOver(file: string, bytes: Uint8Array, add: (name: number, block: number) => void): void {
    const instance = this.#instance;
    const block = instance.alloc(Math.max(bytes.length, 1));
    instance.memory.bytes(block, bytes.length).set(bytes);
    instance.withMemory([file], 0, (_, name) => add(name, block));
  }
}
