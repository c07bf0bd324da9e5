import { globSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build, type Plugin } from 'vite';

/**
 * Makes one file of core/ with its tests, in the copy where Stryker has put its changes: to load a hundred files one by one
 * for each change takes longer than their tests.
 *
 * Left out, but for the file's own, are claims over many histories: a change that only chance notices is noticed on one
 * day and not on the next.
 */
const LEFT_OUT = /(properties|-histories|dose-error|tenfold-slips|replay)\.test\.ts$/;
/** The tests named like the changed file come first, those that walk through hours last: the first that fails ends a run. */
const LONG = /(volume|vital-parameters|shipped-library|tier-delays|run|audio-pause|worked-cases)\.test\.ts$/;

const root = process.cwd();
const changed = basename(process.argv[2] ?? '', '.ts');
const place = (file: string) => (basename(file).startsWith(changed) ? 0 : LONG.test(file) ? 2 : 1);
const files = globSync('core/**/*.test.ts', { cwd: root }).filter(
  (file) => basename(file) === `${changed}.test.ts` || !LEFT_OUT.test(file),
);
const inOrder = files.toSorted((one, other) => place(one) - place(other));
const entry = join(root, 'mutate-entry.ts');
writeFileSync(entry, inOrder.map((file) => `import './${file}';\n`).join(''));

/**
 * Stryker counts how often each changed place is passed, also in the runs that need no such count, and that takes two
 * thirds of their time.
 */
const countedOnce: Plugin = {
  name: 'counted-once',
  transform: (code) =>
    code.replaceAll('function cover() {', 'function cover() { if (ns.activeMutant !== void 0) return;'),
};

await build({
  root,
  plugins: [countedOnce],
  configFile: false,
  publicDir: false,
  logLevel: 'warn',
  ssr: { noExternal: true, external: ['vitest', 'fast-check'] },
  build: {
    ssr: true,
    target: 'node24',
    minify: false,
    outDir: join(root, 'core-under-change'),
    rolldownOptions: {
      input: { core: entry },
      treeshake: false,
      output: { format: 'es', entryFileNames: '[name].test.js' },
    },
  },
});
