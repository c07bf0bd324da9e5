import { afterAll, describe, expect, test } from 'vitest';
import { CONTROLS } from './controls.ts';
import { type Run, Workbench } from './workbench.ts';

/** Two at a time: one for each core of the smallest machine that builds this. */
const benches = [new Workbench(), new Workbench()];
const free = [...benches];
const waiting: ((bench: Workbench) => void)[] = [];
let whole: Run = { passed: [], failed: [], unloaded: [] };

afterAll(() => {
  for (const bench of benches) bench.remove();
});

async function onFreeBench<Result>(work: (bench: Workbench) => Promise<Result>): Promise<Result> {
  const bench = free.pop() ?? (await new Promise<Workbench>((resolve) => void waiting.push(resolve)));
  try {
    return await work(bench);
  } finally {
    const next = waiting.shift();
    if (next) next(bench);
    else free.push(bench);
  }
}

const unique = (values: readonly string[]) => [...new Set(values)];

test('with every control in its place all their tests pass', async () => {
  const files = unique(CONTROLS.map((control) => control.test));
  whole = await onFreeBench((bench) => bench.run(files, unique(CONTROLS.map(({ fails }) => fails))));
  expect(whole.unloaded).toEqual([]);
  expect(whole.failed).toEqual([]);
});

/** a control whose loss nobody would notice is not a control. */
describe.concurrent('a test fails without this control', () => {
  test.each(CONTROLS)('hazard $hazard: $control', async ({ file, text, without, test: testFile, fails }) => {
    expect(
      whole.passed.filter((name) => name.includes(fails)),
      `the table is out of date: no test "${fails}" passes in ${testFile}`,
    ).not.toEqual([]);
    await onFreeBench(async (bench) => {
      expect(bench.count(file, text), `the table is out of date: look for the control in ${file}`).toBe(1);
      const { failed, unloaded } = await bench.damaged(file, text, without, () => bench.run([testFile], [fails]));
      expect(unloaded, 'without the control the test says nothing').toEqual([]);
      expect(failed).not.toEqual([]);
    });
  });
});
