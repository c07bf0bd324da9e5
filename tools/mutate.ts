import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * `npm run mutate [-- --mutate FILES]`: changes core/ in every small way Stryker knows and counts what the tests of core/
 * notice. Prints one JSON line. Fails below a score of 90 %, or with a survivor in the limits or the engine.
 */
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const WITHOUT_SURVIVORS = /^core\/(limits\.ts$|engine\/)/;
const LEAST_SCORE = 90;

interface Mutant {
  readonly status: string;
  readonly mutatorName: string;
  readonly location: { readonly start: { readonly line: number } };
}

interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly Mutant[] }>>;
}

const started = Date.now();
const stryker = join(root, 'node_modules', '@stryker-mutator', 'core', 'bin', 'stryker.js');
const config = join('tools', 'mutate.config.json');
const run = spawnSync(process.execPath, [stryker, 'run', config, ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
if (run.status !== 0) process.exit(1);

const report = JSON.parse(readFileSync(join(root, 'coverage', 'mutation.json'), 'utf8')) as Report;
const mutants = Object.entries(report.files).flatMap(([file, entry]) =>
  entry.mutants.map((mutant) => ({ ...mutant, file })),
);
const having = (...statuses: readonly string[]) => mutants.filter(({ status }) => statuses.includes(status));
const noticed = having('Killed', 'Timeout').length;
const survived = having('Survived', 'NoCoverage');
const score = (100 * noticed) / (noticed + survived.length);
const forbidden = survived
  .filter(({ file }) => WITHOUT_SURVIVORS.test(file))
  .map(({ file, location, mutatorName }) => `${file}:${location.start.line} ${mutatorName}`);

console.log(
  JSON.stringify({
    measured: 'mutation score of core/',
    mutants: mutants.length,
    noticed,
    survived: survived.length,
    // Marked in the source, each with the reason why no test can tell it apart.
    ignored: having('Ignored').length,
    scorePercent: Number(score.toFixed(2)),
    survivorsInLimitsAndEngine: forbidden,
    seconds: Math.round((Date.now() - started) / 1000),
  }),
);
process.exit(score < LEAST_SCORE || forbidden.length > 0 ? 1 : 0);
