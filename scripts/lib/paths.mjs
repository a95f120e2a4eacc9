// Where things lie in the repository.
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const at = (...parts) => path.join(root, ...parts);
/** Everything made by the build, apart from js/dist and node_modules. */
export const build = (...parts) => at('build', ...parts);
