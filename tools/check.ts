import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `npm run check`: format, lint, types per layer, dead code. Structure budgets are tests in tests/structure. */
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const LAYERS = ['core', 'drivers', 'db', 'main', 'preload', 'renderer', '.'];

interface Check {
  readonly name: string;
  readonly script: string;
  readonly args: readonly string[];
}

const checks: readonly Check[] = [
  { name: 'format', script: 'node_modules/@biomejs/biome/bin/biome', args: ['format', '.'] },
  { name: 'lint', script: 'node_modules/oxlint/bin/oxlint', args: ['--type-aware', '--quiet'] },
  ...LAYERS.map((layer) => ({
    name: `types of ${layer === '.' ? 'tests and tools' : layer}`,
    script: 'node_modules/typescript/bin/tsc',
    args: ['-p', join(layer, 'tsconfig.json')],
  })),
  { name: 'dead code', script: 'node_modules/knip/bin/knip.js', args: ['--no-progress'] },
  {
    name: 'structure',
    script: 'node_modules/vitest/vitest.mjs',
    args: ['run', '--project', 'unit', 'tests/structure', '--reporter=dot'],
  },
];

const failed = checks.filter(({ name, script, args }) => {
  const started = Date.now();
  const done = spawnSync(process.execPath, [join(root, script), ...args], { cwd: root, encoding: 'utf8' });
  const passed = done.status === 0;
  console.log(`${passed ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  if (!passed) console.log(`${done.stdout}${done.stderr}`);
  return !passed;
});

if (failed.length > 0) {
  console.log(`check: ${failed.map(({ name }) => name).join(', ')} failed; "npm run format" repairs the format`);
  process.exit(1);
}
