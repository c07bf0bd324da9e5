import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { monotonicClock } from '../kit/clock.ts';
import { memoryLine } from '../kit/transports/memory.ts';
import { Decoder } from './decoder.ts';
import { newEra } from './driver.ts';
import { encodeSafe, type Frame, judgeCommand } from './frame.ts';
import { finish, PROGRAM } from './test-bench.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What a pump that holds PROGRAM answers to the questions about it. */
const HOLDS: Readonly<Record<string, string>> = {
  DIS: 'I0.000W0.000ML',
  PF: '0',
  DIA: '19.05',
  DIR: 'INF',
  RAT: '36.00MH',
  VOL: '1.000ML',
};

/** A pump that accepts every command, yet holds these values whatever it was told. */
function stubborn(values: Readonly<Record<string, string>>) {
  const [near, far] = memoryLine();
  let phase = '';
  const answer = (command: string): string => {
    if (command.startsWith('PHN')) phase = command;
    if (command === 'FUN') return phase === 'PHN2' ? 'STP' : 'RAT';
    return values[command] ?? '';
  };
  const heard = new Decoder<Frame>(monotonicClock, judgeCommand, {
    frame: ({ payload }) => void far.write(encodeSafe(`00S${answer(payload.slice(1))}`)),
    discarded: () => {},
  });
  far.onData((bytes) => heard.push(bytes));
  const events = { discarded: () => {}, wrongDevice: () => {} };
  return newEra.create({ line: near, clock: monotonicClock, events }, { address: 0, mayRaise: () => true });
}

const configure = (values: Readonly<Record<string, string>>) => finish(stubborn(values).configure(PROGRAM));

test('a pump that holds the whole program is confirmed', async () => {
  expect(await configure(HOLDS)).toEqual({ kind: 'confirmed' });
});

test('a pump that keeps another rate than it was told is not confirmed', async () => {
  expect(await configure({ ...HOLDS, RAT: '99.00MH' })).toEqual({ kind: 'refused', code: 'read-back-RAT' });
});

test.each([
  ['VOL', '9.000ML'],
  ['DIA', '26.59'],
  ['DIR', 'WDR'],
  ['PF', '1'],
])('a pump that keeps another %s than it was told is not confirmed', async (name, value) => {
  expect(await configure({ ...HOLDS, [name]: value })).toEqual({ kind: 'refused', code: `read-back-${name}` });
});
