import { parseArgs } from 'node:util';
import { judgeSequences } from './limiter/run-limiter.ts';
import { NEW_ERA } from './new-era-target.ts';
import { NONIN } from './nonin-target.ts';
import { fuzz } from './run-fuzz.ts';

/**
 * `npm run fuzz -- --inputs N [--seed S] [--seconds S] [--target NAME]`: N inputs for each decoder, or fewer where the
 * seconds for each are over. One line of JSON; exit code 0 nothing found, 1 something found, 2 usage.
 * `--target limiter`, which runs only when it is named: N sequences of messages through guard and pump driver.
 */
const TARGETS = [...NEW_ERA, ...NONIN];
const LIMITER = 'limiter';
const { values } = parseArgs({
  options: {
    inputs: { type: 'string', default: '1000000' },
    seed: { type: 'string', default: '1' },
    seconds: { type: 'string', default: 'Infinity' },
    target: { type: 'string' },
  },
});
const [inputs, seed, seconds] = [values.inputs, values.seed, values.seconds].map(Number);
const targets = TARGETS.filter(({ name }) => values.target === undefined || values.target === name);

if (
  inputs === undefined ||
  !Number.isSafeInteger(inputs) ||
  inputs < 1 ||
  seed === undefined ||
  !Number.isSafeInteger(seed) ||
  seconds === undefined ||
  !(seconds > 0) ||
  (targets.length === 0 && values.target !== LIMITER)
) {
  const names = [...TARGETS.map(({ name }) => name), LIMITER].join(', ');
  process.stderr.write('usage: npm run fuzz -- [--inputs N] [--seed S] [--seconds S] [--target NAME]\n');
  process.stderr.write(`targets: ${names}\n`);
  process.exitCode = 2;
} else if (values.target === LIMITER) {
  const progress = (done: number): void => void process.stderr.write(`${LIMITER}: ${done} of ${inputs}\n`);
  const judged = await judgeSequences({ sequences: inputs, seed, seconds, progress });
  process.stdout.write(`${JSON.stringify({ fuzz: LIMITER, seed, judged, node: process.version })}\n`);
  process.exitCode = judged.failures === 0 ? 0 : 1;
} else {
  const fuzzed = targets.map((target) => {
    const progress = (done: number): void => void process.stderr.write(`${target.name}: ${done} of ${inputs}\n`);
    return fuzz(target, { inputs, seed, seconds, progress });
  });
  process.stdout.write(`${JSON.stringify({ fuzz: 'drivers', seed, fuzzed, node: process.version })}\n`);
  process.exitCode = fuzzed.every(({ failures }) => failures === 0) ? 0 : 1;
}
