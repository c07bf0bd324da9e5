import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * `npm run mutate [-- FILES]`: changes core/, or FILES of it, in every small way Stryker knows and counts what the tests of
 * core/ notice. Survivors are named file by file on stderr; ends with one JSON line. Fails below a score of 90 %, or
 * with a survivor in the limits or the engine.
 *
 * One file is changed at a time: what Stryker may change runs at a third of its speed, and only one file need be so.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const WITHOUT_SURVIVORS = /^core\/(limits\.ts$|engine\/)/;
const LEAST_SCORE = 90;
const NOT_CHANGED = /\.test\.ts$|\/testing[^/]*\.ts$/;

interface Mutant {
  readonly status: string;
  readonly mutatorName: string;
  readonly replacement?: string;
  readonly location: { readonly start: { readonly line: number; readonly column: number } };
}

interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly Mutant[] }>>;
}

const stryker = join(root, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
// Stryker splits a command at its spaces, except behind a backslash.
const command = (...parts: readonly string[]) => parts.map((part) => part.replaceAll(' ', '\\ ')).join(' ');

function mutantsOf(file: string): readonly (Mutant & { readonly file: string })[] {
  const bundle = command(process.execPath, join(root, 'tools', 'mutate-bundle.ts'), file);
  const args = ['run', join('tools', 'mutate.config.json'), '--mutate', file, '--buildCommand', bundle];
  const run = spawnSync(process.execPath, [stryker, ...args], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (run.status !== 0) throw new Error(`Stryker ended with ${run.status} at ${file}`);
  const { files } = JSON.parse(readFileSync(join(root, 'coverage', 'mutation.json'), 'utf8')) as Report;
  return Object.entries(files).flatMap(([name, { mutants }]) => mutants.map((mutant) => ({ ...mutant, file: name })));
}

const isSurvivor = ({ status }: Mutant) => status === 'Survived' || status === 'NoCoverage';

const started = Date.now();
const named = process.argv.slice(2);
const files =
  named.length > 0 ? named : globSync('core/**/*.ts', { cwd: root }).filter((file) => !NOT_CHANGED.test(file));
const mutants = files.toSorted().flatMap((file, place) => {
  const found = mutantsOf(file);
  console.error(`${place + 1} of ${files.length}: ${file}, ${found.length} changes`);
  for (const { location, mutatorName, replacement } of found.filter(isSurvivor)) {
    const { line, column } = location.start;
    console.error(
      `  survives at ${line}:${column}: ${mutatorName} ${replacement?.replaceAll(/\s+/g, ' ').slice(0, 80)}`,
    );
  }
  return found;
});

if (mutants.length === 0) throw new Error(`Nothing can be changed in ${files.join(', ')}`);

const noticed = mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout').length;
const survived = mutants.filter(isSurvivor);
const score = (100 * noticed) / (noticed + survived.length);
const forbidden = survived
  .filter(({ file }) => WITHOUT_SURVIVORS.test(file))
  .map(({ file, location, mutatorName }) => `${file}:${location.start.line} ${mutatorName}`);

console.log(
  JSON.stringify({
    measured: 'mutation score of core/',
    files: files.length,
    mutants: mutants.length,
    noticed,
    survived: survived.length,
    // The tests could not even be loaded: in no score, and to be looked at.
    unloaded: mutants.filter(({ status }) => status === 'RuntimeError').length,
    // Marked in the source, each with the reason why no test can tell it apart.
    ignored: mutants.filter(({ status }) => status === 'Ignored').length,
    scorePercent: Number(score.toFixed(2)),
    survivorsInLimitsAndEngine: forbidden,
    seconds: Math.round((Date.now() - started) / 1000),
  }),
);
process.exit(score < LEAST_SCORE || forbidden.length > 0 ? 1 : 0);
