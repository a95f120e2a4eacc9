// AppContext's properties: the defaults of this runtime, over them runtimeconfig.json, over that the options.

import type { RuntimeConfig } from './options.js';

type Value = string | number | boolean;

/**
 * The defaults. They keep the untrimmed class library away from what a small runtime does not have: ICU data
 * and event tracing. Dynamic code is never supported; the module sees to that itself.
 */
export const defaultProperties: Readonly<Record<string, Value>> = {
  'System.Globalization.Invariant': true,
  'System.Globalization.PredefinedCulturesOnly': true,
  'System.Diagnostics.Tracing.EventSource.IsSupported': false,
  APP_CONTEXT_BASE_DIRECTORY: '/',
};

/** All of them as texts, the way AppContext.Setup takes them: booleans are "true" and "false". */
export function mergeProperties(config: RuntimeConfig | undefined, properties: Record<string, Value> | undefined): [string, string][] {
  const merged = { ...defaultProperties, ...config?.runtimeOptions?.configProperties, ...properties };
  return Object.entries(merged).map(([key, value]) => [key, String(value)]);
}
