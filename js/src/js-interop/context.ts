// What the parts of this folder share: the runtime that they serve, who holds whom, and the way to C#.

import type { EventLoop } from '../event-loop.js';
import type { HostFunctions } from '../host-functions.js';
import type { Instance } from '../instance.js';
import type { Methods } from '../methods.js';
import type { ManagedCalls } from './managed-calls.js';
import type { Proxies } from './proxies.js';

/** What the runtime hands in. */
export interface Host {
  readonly instance: Instance;
  readonly methods: Methods;
  readonly functions: HostFunctions;
  readonly loop: EventLoop;
  /** What JSHost.DotnetInstance is. */
  readonly api: object;
  /** Modules by name: setModuleImports and JSHost.ImportAsync. */
  readonly modules: Map<string, object>;
}

export interface Context extends Host {
  readonly proxies: Proxies;
  readonly managed: ManagedCalls;
}
