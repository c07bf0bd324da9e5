import { parseArgs } from 'node:util';
import { audit } from './audit.ts';
import { exportBench } from './export-bench.ts';
import { type BenchOptions, stopLatency } from './stop-latency.ts';

/** `npm run bench -- NAME`: measures the real thing and prints one JSON line with its conditions. */
const BENCHES: Readonly<Record<string, (options: BenchOptions) => Promise<object>>> = {
  'stop-latency': stopLatency,
  audit,
  export: exportBench,
};

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    trials: { type: 'string', default: '1000' },
    chairs: { type: 'string', default: '2' },
    worst: { type: 'boolean', default: false },
  },
});
const bench = BENCHES[positionals[0] ?? ''];
const trials = Number(values.trials);
const chairs = Number(values.chairs);
const isCount = (count: number): boolean => Number.isSafeInteger(count) && count >= 1;
if (bench === undefined || !isCount(trials) || !isCount(chairs)) {
  console.error(`usage: npm run bench -- ${Object.keys(BENCHES).join('|')} [--trials N] [--chairs N] [--worst]`);
  process.exit(2);
}
console.log(JSON.stringify(await bench({ trials, chairs, worst: values.worst })));
process.exit(0);
