#!/usr/bin/env node
// npx leanclr: the host from a shell. What stands behind the assembly belongs to the program, whatever it looks like.

import { readFileSync } from 'node:fs';
import { cac } from 'cac';
import { listExterns } from './cli/externs.js';
import { convertFiles } from './cli/jslib.js';
import { runApp, type RunOptions } from './cli/run.js';
import { writeTypes, type TypesOptions } from './cli/types.js';
import { LeanClrError } from './node/index.js';

const kHostFailure = 1;

function packageVersion(): string {
  const file = new URL('../../package.json', import.meta.url);
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

/**
 * The host's own arguments, and the program's: everything after the assembly that is run. The assembly goes before the
 * options, or an option without a value would take it for one.
 */
function splitArguments(argv: readonly string[]): [own: string[], program: string[]] {
  const app = argv[0] === 'run' ? argv.findIndex((argument) => /\.(dll|exe)$/i.test(argument)) : 0;
  if (app < 1) return [[...argv], []];
  const [command, ...options] = argv.slice(0, app);
  return [[command, argv[app], ...options], argv.slice(app + 1)];
}

async function main(argv: readonly string[]): Promise<number> {
  const [own, program] = splitArguments(argv.slice(2));
  let exitCode = 0;
  const cli = cac('leanclr');
  cli
    .command('run <app>', 'Run a .NET assembly: leanclr run App.dll [arguments of the program]')
    .option('--pack <folder>', 'The class library: a folder with its assemblies, or an unpacked NuGet package')
    .option('--wasm <file>', 'Another module than the one of this package')
    .option('--memory <bytes>', 'Most memory that the program may use')
    .option('--stack <bytes>', 'The size of its stack')
    .option('--budget <milliseconds>', 'How long it may run')
    .option('--gc-stress', 'Collect garbage at every safepoint')
    .action(async (app: string, options: RunOptions) => {
      exitCode = await runApp(app, program, options);
    });
  cli
    .command('externs <app>', 'List the extern methods of an assembly and what serves them')
    .option('--pack <folder>', 'The class library: a folder with its assemblies, or an unpacked NuGet package')
    .option('--wasm <file>', 'Another module than the one of this package')
    .option('--json', 'For programs')
    .action(async (app: string, options: RunOptions & { json?: boolean }) => {
      exitCode = await listExterns(app, options);
    });
  cli
    .command('jslib <...files>', "Convert Unity's .jslib files into one JavaScript module")
    .option('-o, --output <file>', 'Where the module goes; by default to standard output')
    .option('--import <names>', 'Variables that the page supplies, separated by commas')
    .action((files: string[], { output, import: names }: { output?: string; import?: string }) => {
      convertFiles(files, output, names?.split(',') ?? []);
    });
  cli
    .command('types <...apps>', 'Write a .d.ts for what assemblies export, and for what their extern methods want of JavaScript')
    .option('-o, --output <file>', 'Where to; by default App.d.ts of App.dll, in this folder')
    .option('--stdout', 'To standard output')
    .option('--camel-case', "Members begin with a small letter, as with createRuntime's camelCase")
    .option('--pack <folder>', 'The class library: a folder with its assemblies, or an unpacked NuGet package')
    .option('--wasm <file>', 'Another module than the one of this package')
    .action(async (apps: string[], options: TypesOptions) => {
      await writeTypes(apps, options);
    });
  cli.help();
  cli.version(packageVersion());
  cli.parse([...argv.slice(0, 2), ...own], { run: false });
  if (cli.options.help || cli.options.version) return 0;
  if (cli.matchedCommand) await cli.runMatchedCommand();
  else throw new LeanClrError('Usage', `unknown command ${own[0] ?? '(none)'}; see leanclr --help`);
  return exitCode;
}

try {
  process.exit(await main(process.argv));
} catch (error) {
  const expected = error instanceof LeanClrError || (error instanceof Error && error.name === 'CACError');
  console.error(`leanclr: ${expected ? (error as Error).message : error instanceof Error ? error.stack : String(error)}`);
  process.exit(kHostFailure);
}
