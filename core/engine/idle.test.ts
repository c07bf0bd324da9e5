import { describe, expect, test } from 'vitest';
import { isActive } from './facts.ts';
import { brief, Chair } from './testing.ts';

const TEN_MINUTES = 600_000;

function paused(): Chair {
  const chair = new Chair().infuse();
  chair.send({ kind: 'pause', by: 'anna', reason: 'asked for water' });
  chair.rest();
  return chair;
}

const isIdle = ({ state }: Chair) => isActive(state, 'session-idle');

describe('a session that stays paused', () => {
  test('asks after ten minutes to be resumed or ended, softly, and nothing else changes', () => {
    const chair = paused();
    expect(chair.state.pausedSince).toBe(chair.now - 250);
    chair.pass(TEN_MINUTES - 500);
    expect(isIdle(chair)).toBe(false);
    expect(brief(chair.pass(250))).toEqual(['raised:session-idle']);
    expect(chair.state.phase).toBe('paused');
  });

  test('asks no more when it was resumed, and the time begins anew with the next pause', () => {
    const chair = paused();
    chair.pass(TEN_MINUTES);
    chair.resume();
    chair.runChain();
    expect(chair.state.phase).toBe('infusing');
    expect([isIdle(chair), chair.state.pausedSince]).toEqual([false, null]);
    chair.send({ kind: 'pause', by: 'anna', reason: 'asked for water' });
    chair.rest();
    chair.pass(TEN_MINUTES - 500);
    expect(isIdle(chair)).toBe(false);
    chair.pass(250);
    expect(isIdle(chair)).toBe(true);
  });

  test('asks no more when it was ended', () => {
    const chair = paused();
    chair.pass(TEN_MINUTES);
    chair.send({ kind: 'end', by: 'anna', reason: 'enough' });
    expect(chair.state.phase).toBe('ended');
    expect([isIdle(chair), chair.state.pausedSince]).toEqual([false, null]);
  });

  test('is quiet once a person has acknowledged it, and can be resumed unacknowledged', () => {
    const chair = paused();
    chair.pass(TEN_MINUTES);
    expect(brief(chair.resume())).toContain('accepted');
    const other = paused();
    other.pass(TEN_MINUTES);
    other.acknowledge();
    expect(other.state.alarms['session-idle']).toMatchObject({ active: true, acknowledgedBy: 'anna' });
  });
});

test('a session that is armed or runs for long is not idle', () => {
  const armed = new Chair().arm();
  armed.pass(TEN_MINUTES);
  expect(isIdle(armed)).toBe(false);
  const running = new Chair().infuse();
  running.pass(TEN_MINUTES);
  expect([running.state.phase, isIdle(running)]).toEqual(['infusing', false]);
});
