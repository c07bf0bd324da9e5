import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { ChairBench } from '../serial/chair-bench.ts';
import { spread } from './spread.ts';

/**
 * How main is lost while its pump infuses, and by when the pump must have halted (ms, R-3.1). `station dead` takes the device
 * process with it: the pump is left to its own watchdog, which is set to 4 s and counts from the last byte; 0.1 s to see it.
 */
const LOSSES = {
  'main killed': { lose: (main: ChildProcess) => main.kill('SIGKILL'), within: 4_000 },
  'main frozen': { lose: (main: ChildProcess) => main.kill('SIGSTOP'), within: 4_000 },
  'station dead': { lose: (main: ChildProcess) => process.kill(-groupOf(main), 'SIGKILL'), within: 4_100 },
} as const;
type Loss = keyof typeof LOSSES;

const GIVEN_UP_AFTER = 30_000;
const MAIN = join(import.meta.dirname, '..', 'serial', 'parent.ts');

function groupOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('the process in the place of main did not start');
  return pid;
}

/** From the loss until the pump delivers no more (ms), by the pump. */
async function trial(loss: Loss): Promise<number> {
  const bench = await ChairBench.make();
  const execArgv = ['--disable-warning=ExperimentalWarning'];
  // A group of its own, which its device process belongs to.
  const main = fork(MAIN, [JSON.stringify(bench.devices)], { execArgv, detached: true });
  await once(main, 'message');
  // At any moment between two renewals and two questions.
  await wait(Math.random() * 1_000);
  const gone = once(main, 'exit');
  const lostAt = performance.now();
  LOSSES[loss].lose(main);
  while (bench.pump.device.truth().delivering && performance.now() - lostAt < GIVEN_UP_AFTER) await wait(2);
  const took = performance.now() - lostAt;
  main.kill('SIGKILL');
  await gone;
  await bench.dispose();
  return took;
}

/**
 * `trials` of each way to lose main, `chairs` at a time, with a real device process, and a New Era and a Nonin
 * simulator on pseudo-terminals. A small process stands in the place of main.
 */
export async function mainLost({ trials, chairs }: { trials: number; chairs: number }): Promise<object> {
  const took: Record<Loss, number[]> = { 'main killed': [], 'main frozen': [], 'station dead': [] };
  const losses = Object.keys(LOSSES) as Loss[];
  const waiting = Array.from({ length: trials }, () => losses)
    .flat()
    .values();
  const workOff = async (): Promise<void> => {
    for (const loss of waiting) {
      took[loss].push(await trial(loss));
      process.stderr.write(`${loss}: ${took[loss].length} of ${trials}\n`);
    }
  };
  await Promise.all(Array.from({ length: chairs }, workOff));
  const halted = losses.map((loss) => {
    const { within } = LOSSES[loss];
    return { loss, ...spread(took[loss]), withinMs: within, late: took[loss].filter((time) => time > within).length };
  });
  return { bench: 'main-lost', trials, chairs, halted, cpus: cpus().length, node: process.version };
}
