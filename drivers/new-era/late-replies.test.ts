import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { monotonicClock } from '../kit/clock.ts';
import { memoryLine } from '../kit/transports/memory.ts';
import { Decoder } from './decoder.ts';
import { newEra } from './driver.ts';
import { encodeSafe, type Frame, judgeCommand } from './frame.ts';
import { finish } from './test-bench.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A pump that says to each command what the script says, in its own time. */
function scripted(script: (command: string, say: (payload: string) => void) => void) {
  const [near, far] = memoryLine();
  const say = (payload: string) => void far.write(encodeSafe(payload));
  const heard = new Decoder<Frame>(monotonicClock, judgeCommand, {
    frame: ({ payload }) => script(payload, say),
    discarded: () => {},
  });
  far.onData((bytes) => heard.push(bytes));
  const discarded: string[] = [];
  const events = { discarded: (reason: string) => void discarded.push(reason), wrongDevice: () => {} };
  return {
    driver: newEra.create({ line: near, clock: monotonicClock, events }, { address: 0, mayRaise: () => true }),
    discarded,
  };
}

test('the late reply to RUN, still with the prompt of before, does not confirm the stop that overtook it', async () => {
  let stops = 0;
  const { driver } = scripted((command, say) => {
    const stopped = command === '0STP' && (stops += 1) > 1;
    setTimeout(() => say(command === '0RUN' || stopped ? '00S' : '00P'), 70);
  });
  const start = driver.start();
  await vi.advanceTimersByTimeAsync(1);
  expect(await finish(driver.stop())).toEqual({ kind: 'confirmed' });
  expect(await start).toMatchObject({ kind: 'unknown' });
  expect(stops).toBeGreaterThan(1);
});

test('a reply in the shape of another question is no answer', async () => {
  const { driver, discarded } = scripted((command, say) => {
    if (command === '0RAT') say('00II0.900W0.000ML');
    say(command === '0RAT' ? '00I12.50MH' : '00II0.250W0.000ML');
  });
  expect(await finish(driver.status())).toMatchObject({ rate: 12_500, counter: 250 });
  expect(discarded).toEqual(['reply to another command']);
});

test('a reply in Basic mode carries no checksum and is not believed', async () => {
  const [near, far] = memoryLine();
  far.onData(() => void far.write(Buffer.from('\x0200S\x03')));
  const events = { discarded: () => {}, wrongDevice: () => {} };
  const driver = newEra.create({ line: near, clock: monotonicClock, events }, { address: 0, mayRaise: () => true });
  expect(await finish(driver.stop())).toMatchObject({ kind: 'unknown' });
  expect(await finish(driver.status())).toBeNull();
});
