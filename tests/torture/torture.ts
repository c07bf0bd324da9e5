import { parseArgs } from 'node:util';
import { runEveryPrefix } from './every-prefix.ts';
import { runTorture } from './run-torture.ts';
import { tracingProblem } from './trace.ts';

// `npm run torture -- [--points N | --every-prefix] [--seed N]`: one JSON line; exit 0 nothing lost, 1 something lost,
// 2 usage or no trace.

const { values } = parseArgs({
  options: {
    points: { type: 'string', default: '10000' },
    'every-prefix': { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
  },
});
const [points, seed] = [Number(values.points), Number(values.seed)];
const problem = tracingProblem();
if (!Number.isSafeInteger(points) || points < 1 || !Number.isSafeInteger(seed)) {
  process.stderr.write('usage: npm run torture -- [--points N | --every-prefix] [--seed N]\n');
  process.exitCode = 2;
} else if (problem !== null) {
  process.stderr.write(`the power cuts cannot be simulated: ${problem}\n`);
  process.exitCode = 2;
} else {
  const summary = values['every-prefix'] ? await runEveryPrefix(seed) : await runTorture(points, seed);
  process.stdout.write(`${JSON.stringify(summary)}\n`);
  process.exitCode = summary.failures.length === 0 ? 0 : 1;
}
