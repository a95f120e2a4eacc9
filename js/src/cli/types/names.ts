// TypeScript names for C# types: namespaces as they are, nested types in a namespace of the outer one's name, the number of
// type parameters only where names would be the same without it.

import { definitionName, type Type } from './reflection.js';

const kTypes = 'any unknown never string number boolean bigint symbol object undefined'.split(' ');
const kReserved = new Set(('break case catch class const continue ' +
  'debugger default delete do else enum export extends false finally for function if import in instanceof new null return super switch this throw ' +
  'true try typeof var void while with implements interface let package private protected public static yield await arguments eval').split(' '));

/** A name that TypeScript takes for a parameter. */
export function parameterName(name: string): string {
  const clean = name.replace(/[^\p{ID_Continue}$]/gu, '_').replace(/^(?=\p{Nd})/u, '_');
  return kReserved.has(clean) ? `${clean}_` : clean;
}

/** A name that it takes for a type or namespace. */
export function typeName(name: string): string {
  const clean = parameterName(name);
  return kTypes.includes(clean) ? `${clean}_` : clean;
}

/** A member's name as it stands in an interface. */
export function memberName(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && name !== 'new' && name !== 'constructor' ? name : JSON.stringify(name);
}

export interface Named {
  /** The namespace that it is declared in; '' is the file. */
  scope: string;
  name: string;
}

export class Names {
  readonly #names = new Map<string, Named>();
  readonly #taken = new Map<string, Set<string>>();

  /** A type's own name, the same each time. */
  of(type: Type): Named {
    const key = definitionName(type);
    let named = this.#names.get(key);
    if (!named) {
      const scope = type.DeclaringType ? this.text(this.of(type.DeclaringType)) : (type.Namespace ?? '').split('.').map(typeName).join('.');
      this.#names.set(key, named = { scope, name: this.unique(scope, type.Name.replace(/`\d+$/, ''), /`(\d+)$/.exec(type.Name)?.[1]) });
    }
    return named;
  }

  /** A name that nothing else in a scope has. */
  unique(scope: string, wanted: string, suffix = ''): string {
    let taken = this.#taken.get(scope);
    if (!taken) this.#taken.set(scope, taken = new Set());
    let name = typeName(wanted);
    if (taken.has(name)) name += `$${suffix}`;
    while (taken.has(name)) name += '$';
    taken.add(name);
    return name;
  }

  /** How other scopes refer to it. */
  text({ scope, name }: Named): string {
    return scope === '' ? name : `${scope}.${name}`;
  }

  /** A name of JavaScript's own, which a C# type may have taken. */
  global(name: string): string {
    for (const [scope, taken] of this.#taken) if (taken.has(name) || scope.split('.').includes(name)) return `globalThis.${name}`;
    return name;
  }

  /** First namespaces that are hidden where an inner namespace or type has their name. */
  get hidden(): Set<string> {
    const scopes = Array.from(this.#taken.keys(), (scope) => scope.split('.'));
    const inner = new Set(scopes.flatMap((parts) => parts.slice(1)));
    return new Set(scopes.map(([first]) => first).filter((first) => first !== '' && inner.has(first)));
  }
}
