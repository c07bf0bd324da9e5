import { describe, expect, test } from 'vitest';
import { seatBench } from './seat-bench.ts';
import { StampCheck } from './stamp-check.ts';

const NOW = 50_000;
const CHAIR = { chairId: 'chair-1' };

async function setUp() {
  const { bench, call, time } = await seatBench('clinician');
  bench.arm();
  time.now = NOW;
  const check = new StampCheck();
  const judge = (stamp: unknown, leaf = 'session.start') =>
    check.refusal(leaf, CHAIR, stamp, call.station)?.code ?? 'taken';
  return { judge };
}
const stamp = (part: object = {}) => ({ epoch: 1, sequence: 1, issuedAtMs: NOW - 100, ...part });

describe('a stamped command (R-4.11)', () => {
  test('of this session and of now is taken once', async () => {
    const { judge } = await setUp();
    expect(judge(stamp())).toBe('taken');
    expect(judge(stamp())).toBe('COMMAND_REPEATED');
    expect(judge(stamp({ sequence: 2 }))).toBe('taken');
    expect(judge(stamp({ sequence: 1 }))).toBe('COMMAND_REPEATED');
  });

  test('is used up even when it was refused', async () => {
    const { judge } = await setUp();
    expect(judge(stamp({ epoch: 9 }))).toBe('OTHER_SESSION');
    expect(judge(stamp())).toBe('COMMAND_REPEATED');
  });

  test.each([
    [NOW - 2000, 'taken'],
    [NOW - 2001, 'COMMAND_OLD'],
    // From a clock that is not the station's.
    [NOW + 2001, 'COMMAND_OLD'],
  ])('issued at %d when it is 50000: %s', async (issuedAtMs, code) => {
    expect((await setUp()).judge(stamp({ issuedAtMs }))).toBe(code);
  });

  test.each([0, 2])('that saw session %d and not session 1 is refused', async (epoch) => {
    expect((await setUp()).judge(stamp({ epoch }))).toBe('OTHER_SESSION');
  });

  test.each([null, {}, { ...stamp(), sequence: 0 }, { ...stamp(), more: 1 }, 'x'])(
    'with the stamp %j is refused',
    async (bad) => {
      expect((await setUp()).judge(bad)).toBe('STAMP_MISSING');
    },
  );

  test.each(['chair.stop', 'alarm.acknowledge', 'session.list'])('is not asked for by %s', async (leaf) => {
    const { judge } = await setUp();
    expect([judge(null, leaf), judge(stamp({ issuedAtMs: 0 }), leaf)]).toEqual(['taken', 'taken']);
  });
});
