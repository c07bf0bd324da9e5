import { parseArgs } from 'node:util';
import { alarmPolicy } from './alarm-policy/alarm-policy.ts';
import { audit } from './audit.ts';
import { exportBench } from './export-bench.ts';
import { mainLost } from './main-lost.ts';
import { stopLatency } from './stop-latency.ts';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    trials: { type: 'string', default: '1000' },
    chairs: { type: 'string', default: '2' },
    worst: { type: 'boolean', default: false },
    press: { type: 'boolean', default: false },
    traces: { type: 'string' },
    hours: { type: 'string', default: '50' },
    seed: { type: 'string', default: '1' },
  },
});

function usage(): never {
  console.error(
    'usage: npm run bench -- stop-latency [--trials N] [--chairs N] [--worst | --press]\n' +
      '       npm run bench -- main-lost [--trials N] [--chairs N]\n' +
      '       npm run bench -- audit [--trials N]\n' +
      '       npm run bench -- export\n' +
      '       npm run bench -- alarm-policy [--traces DIR | --hours N --seed N]',
  );
  process.exit(2);
}

/** A whole number from 1 on. */
function count(text: string): number {
  const value = Number(text);
  return Number.isSafeInteger(value) && value >= 1 ? value : usage();
}

/** `npm run bench -- NAME`: measures the real thing and prints one JSON line for each measurement, with its conditions. */
const BENCHES: Readonly<Record<string, readonly (() => Promise<object>)[]>> = {
  'stop-latency': [
    () =>
      values.worst && values.press
        ? usage()
        : stopLatency({
            trials: count(values.trials),
            chairs: count(values.chairs),
            cause: values.worst ? 'worst' : values.press ? 'press' : 'signs',
          }),
  ],
  'main-lost': [() => mainLost({ trials: count(values.trials), chairs: count(values.chairs) })],
  // What the record costs from a row to its export; the export alone has a name, too.
  audit: [() => audit({ trials: count(values.trials) }), exportBench],
  export: [exportBench],
  'alarm-policy': [
    () => alarmPolicy({ traces: values.traces ?? null, hours: count(values.hours), seed: count(values.seed) }),
  ],
};

const bench = BENCHES[positionals[0] ?? ''] ?? usage();
for (const measure of bench) console.log(JSON.stringify(await measure()));
process.exit(0);
