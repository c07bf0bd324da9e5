import { parseArgs } from 'node:util';
import { type PrefixSummary, runEveryPrefix } from './every-prefix.ts';
import { type IoErrorSummary, runIoErrors } from './io-errors.ts';
import { runTorture, type TortureSummary } from './run-torture.ts';
import { tracingProblem } from './trace.ts';

// `npm run torture -- [--points N] [--every-prefix | --io-errors] [--seed N]`: one JSON line; exit 0 nothing lost, 1 something
// lost, 2 usage or no trace. With `--io-errors` the points are runs with an error, all that there are where N is not given.

const USAGE = 'usage: npm run torture -- [--points N] [--every-prefix | --io-errors] [--seed N]';

const { values } = parseArgs({
  options: {
    points: { type: 'string', default: '10000' },
    'every-prefix': { type: 'boolean', default: false },
    'io-errors': { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
  },
});
const [points, seed] = [Number(values.points), Number(values.seed)];
const problem = tracingProblem();
if (!Number.isSafeInteger(points) || points < 1 || !Number.isSafeInteger(seed)) {
  process.stderr.write(`${USAGE}\n`);
  process.exitCode = 2;
} else if (problem !== null) {
  process.stderr.write(`power cuts and errors cannot be simulated: ${problem}\n`);
  process.exitCode = 2;
} else {
  const summary = await chosen();
  process.stdout.write(`${JSON.stringify(summary)}\n`);
  process.exitCode = summary.failures.length === 0 ? 0 : 1;
}

function chosen(): Promise<PrefixSummary | IoErrorSummary | TortureSummary> {
  if (values['every-prefix']) return runEveryPrefix(seed);
  return values['io-errors']
    ? runIoErrors(points, seed, (sentence) => process.stderr.write(`${sentence}\n`))
    : runTorture(points, seed);
}
