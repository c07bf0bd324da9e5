import { parseArgs } from 'node:util';
import { step } from '../../core/engine/step.ts';
import { spell } from './alphabet.ts';
import { judgeHistories } from './histories.ts';
import { NORMAL_WORK, STOPPING } from './scripts.ts';
import { type Found, Search, type Violation } from './search.ts';

/** `npm run explore`: walks the shipped engine through its states and through random histories (R-9.4, R-2.8). */
const { values } = parseArgs({
  options: {
    states: { type: 'string', default: '1000000' },
    histories: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '1' },
  },
});
const [states, histories, seed] = [values.states, values.histories, values.seed].map(Number);
const isCount = (value: number | undefined): value is number => Number.isSafeInteger(value) && (value ?? 0) > 0;
if (!isCount(states) || !isCount(histories) || !isCount(seed)) {
  console.error('usage: npm run explore -- [--states N] [--histories N] [--seed S]');
  process.exit(2);
}

const startedAt = performance.now();
// Everything that can happen, as far as it goes; then the core of normal work, to its end; then chance.
const wide = new Search(step).run(states);
const narrow = new Search(step, spell(NORMAL_WORK), spell(STOPPING)).run(states);
const violation = wide.violation ?? narrow.violation ?? judgeHistories(step, histories, seed, progress);
console.log(
  JSON.stringify({
    explore: 'engine',
    ...figures(wide),
    normalWork: figures(narrow),
    histories,
    seed,
    violations: violation === null ? 0 : 1,
    seconds: Math.round((performance.now() - startedAt) / 1000),
    node: process.version,
  }),
);
if (violation !== null) report(violation);

function progress(done: number): void {
  if (done % 10_000 === 0) process.stderr.write(`${done} of ${histories} histories\n`);
}

function figures({ states, expanded, transitions, depth, complete }: Found): object {
  return { states, expanded, transitions, depth, complete };
}

function report({ broken, events }: Violation): void {
  console.error(`broken: ${broken}\n${events.map((name, i) => `${i + 1}. ${name}`).join('\n')}`);
  process.exitCode = 1;
}
