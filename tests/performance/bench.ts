import { parseArgs } from 'node:util';
import { stopLatency } from './stop-latency.ts';

/** `npm run bench -- NAME`: measures the real thing and prints one JSON line with its conditions. */
const BENCHES: Readonly<Record<string, (trials: number) => Promise<object>>> = { 'stop-latency': stopLatency };

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { trials: { type: 'string', default: '1000' } },
});
const bench = BENCHES[positionals[0] ?? ''];
const trials = Number(values.trials);
if (bench === undefined || !Number.isSafeInteger(trials) || trials < 1) {
  console.error(`usage: npm run bench -- ${Object.keys(BENCHES).join('|')} [--trials N]`);
  process.exit(2);
}
console.log(JSON.stringify(await bench(trials)));
process.exit(0);
