import { afterAll, describe, expect, test } from 'vitest';
import { type Control, CONTROLS } from './controls.ts';
import type { Run } from './bench-process.ts';
import { Workbench } from './workbench.ts';

/** Two at a time: one for each core of the smallest machine that builds this. */
const benches = [new Workbench(), new Workbench()];
const free = [...benches];
const waiting: ((bench: Workbench) => void)[] = [];
let whole: Run = { passed: [], failed: [], unloaded: [] };

afterAll(() => Promise.all(benches.map((bench) => bench.remove())));

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

const FILES = unique(CONTROLS.map((control) => control.test));
const NAMES = unique(CONTROLS.map(({ fails }) => fails));

/** All their tests, each bench with its part of the files. */
async function runWhole(): Promise<Run> {
  const parts = benches.map((_, part) => FILES.filter((_file, index) => index % benches.length === part));
  const runs = await Promise.all(
    parts.map((files) => onFreeBench((bench) => bench.run({ damage: null, files, names: NAMES }))),
  );
  const all = (kind: keyof Run) => runs.flatMap((run) => run[kind]);
  return { passed: all('passed'), failed: all('failed'), unloaded: all('unloaded') };
}

test('with every control in its place all their tests pass', async () => {
  whole = await runWhole();
  expect(whole.unloaded).toEqual([]);
  expect(whole.failed).toEqual([]);
});

test('a control that was put back is in its place again', async () => {
  const { file, text, without, test: testFile, fails } = CONTROLS[0] as Control;
  for (const bench of benches) {
    const damage = { file, text, without };
    expect((await bench.run({ damage, files: [testFile], names: [fails] })).failed).not.toEqual([]);
    expect((await bench.run({ damage: null, files: [testFile], names: [fails] })).failed).toEqual([]);
  }
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
      const order = { damage: { file, text, without }, files: [testFile], names: [fails] };
      const { failed, unloaded } = await bench.run(order);
      expect(unloaded, 'without the control the test says nothing').toEqual([]);
      expect(failed.filter((name) => name.includes(fails))).not.toEqual([]);
    });
  });
});
