import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `npm test`: the checks, then the fast set with coverage of core/, then real processes, then the browser. */
const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const reports = mkdtempSync(join(tmpdir(), 'chairside-test-'));
const named = process.argv.slice(2);

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

/** One entry for each failed test, and for a file that failed without any: nobody finds one among 4,000 lines above. */
function failures(report: VitestReport): string[] {
  return report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((test) => test.status === 'failed');
    const file = relative(root, name);
    if (failed.length === 0) return status === 'failed' ? [`${file}\n${message}`] : [];
    return failed.map((test) => `${file} > ${test.fullName}\n${test.failureMessages.join('\n')}`);
  });
}

function run(script: string, args: readonly string[]): boolean {
  return spawnSync(process.execPath, [join(root, script), ...args], { cwd: root, stdio: 'inherit' }).status === 0;
}

const total = { passed: 0, failed: 0, skipped: 0 };
const failed: string[] = [];
/** With named sets only those run; without, everything that can run on this machine. */
let broken = named.length === 0 && !run('tools/check.ts', []);
if (!run('tools/warm-up.ts', [])) throw new Error('a record or its export does not work at all, see above');

for (const project of named.length > 0 ? named : ['unit', 'system', 'deep', 'chaos', 'browser', 'desktop']) {
  const report = join(reports, `${project}.json`);
  const args = ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  if (project === 'unit') args.push('--coverage');
  const passed = run('node_modules/vitest/vitest.mjs', args);
  const result = JSON.parse(readFileSync(report, 'utf8')) as VitestReport;
  total.passed += result.numPassedTests;
  total.failed += result.numFailedTests;
  total.skipped += result.numPendingTests;
  const found = failures(result);
  failed.push(...(passed || found.length > 0 ? found : [`${project}: no test, see what the set printed above`]));
  broken ||= !passed;
}
rmSync(reports, { recursive: true });

for (const failure of failed) console.log(`\nFAILED ${failure}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(broken || total.failed > 0 ? 1 : 0);
