import { appendFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runChaos } from './run-chaos.ts';

/**
 * `npm run chaos -- --minutes N [--seed S] [--timeline FILE]`: one line of JSON; exit code 1 with the timeline around each
 * violation. FILE gets everything that happened.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '5' },
    seed: { type: 'string', default: '1' },
    timeline: { type: 'string' },
  },
});
const minutes = Number(values.minutes);
const seed = Number(values.seed);
if (!(minutes > 0) || !Number.isSafeInteger(seed)) {
  process.stderr.write('chaos: --minutes takes a number above 0, --seed a whole number\n');
  process.exit(2);
}

const { violations, ...summary } = await runChaos({
  minutes,
  seed,
  tell: (line) => {
    if (values.timeline !== undefined) appendFileSync(values.timeline, `${line}\n`);
  },
});
for (const { chair, rule, detail, around } of violations) {
  process.stderr.write(
    `chaos: chair ${chair + 1}, ${rule}: ${detail}\n${around.map((line) => `  ${line}\n`).join('')}`,
  );
}
process.stdout.write(
  `${JSON.stringify({ ...summary, violations: violations.map(({ chair, rule, detail }) => ({ chair, rule, detail })) })}\n`,
);
process.exit(violations.length === 0 ? 0 : 1);
