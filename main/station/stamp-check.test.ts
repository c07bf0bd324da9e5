import { describe, expect, test } from 'vitest';
import { PROPOSED_PROFILE } from '../../core/profile.ts';
import { millisecond } from '../../core/units.ts';
import { SoundWatch } from './sound-watch.ts';
import { SignIn } from '../access/sign-in.ts';
import { SHIPPED } from '../library/signed-library.ts';
import { ChairBench } from './chair-bench.ts';
import { StampCheck } from './stamp-check.ts';
import type { StationContext } from './station-context.ts';

const NOW = 50_000;
const CHAIR = { chairId: 'chair-1' };

function setUp() {
  const bench = new ChairBench();
  bench.arm();
  const { recorder } = bench;
  const station: StationContext = {
    options: {
      configuration: { stationName: 'test', demonstration: false, chairs: [], people: [] },
      trail: bench.trail,
      spawnDeviceHost: () => bench.host,
      clock: { now: () => millisecond(NOW) },
      profile: PROPOSED_PROFILE,
      host: 'browser',
      version: '0',
      exportFolder: 'nowhere',
      playScenario: null,
      backupSound: null,
    },
    isClosing: () => false,
    chairs: new Map([['chair-1', bench.chair]]),
    recorder,
    journal: bench.chair.journal,
    signIn: new SignIn([]),
    library: SHIPPED.library,
    profile: PROPOSED_PROFILE,
    soundWatch: new SoundWatch(),
    nextEpoch: () => 1,
  };
  const check = new StampCheck();
  const judge = (stamp: unknown, leaf = 'session.start') => check.refusal(leaf, CHAIR, stamp, station)?.code ?? 'taken';
  return { judge };
}
const stamp = (part: object = {}) => ({ epoch: 1, sequence: 1, issuedAtMs: NOW - 100, ...part });

describe('a stamped command (R-4.11)', () => {
  test('of this session and of now is taken once', () => {
    const { judge } = setUp();
    expect(judge(stamp())).toBe('taken');
    expect(judge(stamp())).toBe('COMMAND_REPEATED');
    expect(judge(stamp({ sequence: 2 }))).toBe('taken');
    expect(judge(stamp({ sequence: 1 }))).toBe('COMMAND_REPEATED');
  });

  test('is used up even when it was refused', () => {
    const { judge } = setUp();
    expect(judge(stamp({ epoch: 9 }))).toBe('OTHER_SESSION');
    expect(judge(stamp())).toBe('COMMAND_REPEATED');
  });

  test.each([
    [NOW - 2000, 'taken'],
    [NOW - 2001, 'COMMAND_OLD'],
    // From a clock that is not the station's.
    [NOW + 2001, 'COMMAND_OLD'],
  ])('issued at %d when it is 50000: %s', (issuedAtMs, code) => {
    expect(setUp().judge(stamp({ issuedAtMs }))).toBe(code);
  });

  test.each([0, 2])('that saw session %d and not session 1 is refused', (epoch) => {
    expect(setUp().judge(stamp({ epoch }))).toBe('OTHER_SESSION');
  });

  test.each([null, {}, { ...stamp(), sequence: 0 }, { ...stamp(), more: 1 }, 'x'])(
    'with the stamp %j is refused',
    (bad) => {
      expect(setUp().judge(bad)).toBe('STAMP_MISSING');
    },
  );

  test.each(['chair.stop', 'alarm.acknowledge', 'session.list'])('is not asked for by %s', (leaf) => {
    const { judge } = setUp();
    expect([judge(null, leaf), judge(stamp({ issuedAtMs: 0 }), leaf)]).toEqual(['taken', 'taken']);
  });
});
