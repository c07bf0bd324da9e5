import { describe, expect, test } from 'vitest';
import type { AlarmKey } from '../alarm-keys.ts';
import type { Millisecond } from '../units.ts';
import { presentAlarms } from './facts.ts';
import { isCalling } from './sounding.ts';
import { brief, Chair, drawnIn } from './testing.ts';

const MINUTE = 60_000;

function pause(chair: Chair, alarms: readonly AlarmKey[], duration = MINUTE) {
  return brief(
    chair.send({
      kind: 'audio-pause',
      by: null,
      alarms: drawnIn(chair.state, alarms),
      duration: duration as Millisecond,
    }),
  );
}

/** Alarms that want to be heard now. */
const calling = ({ state }: Chair) =>
  presentAlarms(state)
    .filter(([, alarm]) => isCalling(alarm))
    .map(([id]) => id);

function desaturated(): Chair {
  const chair = new Chair().infuse();
  chair.spo2 = 84;
  chair.pass(1000);
  chair.rest();
  return chair;
}

describe('an audio pause (R-6.5)', () => {
  test('quiets the alarms that were seen for its time, and then they sound again by themselves', () => {
    const chair = desaturated();
    expect(pause(chair, ['spo2-critical'])).toEqual(['paused:spo2-critical', 'accepted']);
    expect(chair.effects[0]).toMatchObject({ by: null, value: 84, limit: 85 });
    const raised = chair.state.alarms['spo2-critical'];
    chair.pass(MINUTE - 250);
    expect(calling(chair)).toEqual([]);
    chair.pass(250);
    expect(calling(chair)).toEqual(['spo2-critical']);
    expect(chair.state.audioPausedUntil).toBeNull();
    expect(chair.state.alarms['spo2-critical']).toEqual({ ...raised, silenced: false });
  });

  test('never lasts longer than 120 s, however long it was asked for', () => {
    const chair = desaturated();
    pause(chair, ['spo2-critical'], 10 * MINUTE);
    chair.pass(2 * MINUTE - 250);
    expect(calling(chair)).toEqual([]);
    chair.pass(250);
    expect(calling(chair)).toEqual(['spo2-critical']);
  });

  test('is not lengthened by further presses', () => {
    const chair = desaturated();
    pause(chair, ['spo2-critical']);
    chair.pass(MINUTE - 1000);
    pause(chair, ['spo2-critical']);
    chair.pass(1000);
    expect(calling(chair)).toEqual(['spo2-critical']);
  });

  test('is sounded through by a new alarm, raised before the press arrived or after it', () => {
    const chair = desaturated();
    chair.pulse = 30;
    chair.pass(1000);
    expect(pause(chair, ['spo2-critical'])).toEqual(['paused:spo2-critical', 'accepted']);
    expect(calling(chair)).toEqual(['pulse-critical']);
    expect(pause(chair, ['pulse-critical'])).toEqual(['paused:pulse-critical', 'accepted']);
    chair.send({ kind: 'record', healthy: false });
    expect(calling(chair)).toEqual(['record-failed']);
  });

  test('quiets only the raising that was drawn: one of the same name that came meanwhile sounds (R-6.5)', () => {
    const chair = desaturated();
    const alarms = drawnIn(chair.state);
    chair.spo2 = 98;
    chair.pass(1000);
    chair.spo2 = 83;
    chair.pass(1000);
    const duration = MINUTE as Millisecond;
    expect(brief(chair.send({ kind: 'audio-pause', by: null, alarms, duration }))).toEqual(['accepted']);
    expect(calling(chair)).toEqual(['spo2-critical']);
  });

  test.each(['pump', 'monitor'] as const)('goes on where the line of the %s comes up', (device) => {
    const chair = desaturated();
    pause(chair, ['spo2-critical']);
    const until = chair.state.audioPausedUntil;
    expect(until).not.toBeNull();
    chair.send({ kind: 'link', device, state: 'up', detail: '' });
    expect(chair.state.audioPausedUntil).toBe(until);
  });

  test('quiets nothing that has escalated since it was drawn: it sounds as high (R-6.5)', () => {
    const chair = new Chair().infuse();
    chair.send({ kind: 'record', healthy: false });
    const alarms = drawnIn(chair.state);
    chair.pass(2 * MINUTE);
    const duration = MINUTE as Millisecond;
    expect(brief(chair.send({ kind: 'audio-pause', by: null, alarms, duration }))).toEqual(['accepted']);
    expect(calling(chair)).toEqual(['record-failed']);
    expect(pause(chair, ['record-failed'])).toEqual(['paused:record-failed', 'accepted']);
  });

  test('as recordings of before have it, without the priority, quiets whatever it has become', () => {
    const chair = desaturated();
    const alarms = drawnIn(chair.state).map(({ key, raisedAt }) => ({ key, raisedAt }));
    const duration = MINUTE as Millisecond;
    expect(brief(chair.send({ kind: 'audio-pause', by: null, alarms, duration }))).toContain('paused:spo2-critical');
  });

  test('ends when the line to a device is lost', () => {
    const chair = desaturated();
    pause(chair, ['spo2-critical']);
    chair.send({ kind: 'link', device: 'monitor', state: 'down', detail: '' });
    expect(calling(chair)).toContain('spo2-critical');
    expect(chair.state.audioPausedUntil).toBeNull();
  });

  test('is over when nothing is left of what it quieted, so that the next one has its full time', () => {
    const chair = desaturated();
    pause(chair, ['spo2-critical']);
    chair.acknowledge();
    chair.spo2 = 98;
    chair.pass(1000);
    expect(chair.state).toMatchObject({ alarms: {}, audioPausedUntil: null });
  });

  test('of nothing that calls does nothing, and acknowledges nothing', () => {
    const chair = desaturated();
    expect(pause(chair, ['pulse-critical'])).toEqual(['accepted']);
    expect(chair.state.audioPausedUntil).toBeNull();
    pause(chair, ['spo2-critical']);
    expect(chair.state.alarms['spo2-critical']).toMatchObject({ acknowledgedBy: null, active: true });
    expect(brief(chair.resume())).toEqual(['refused:alarm-active']);
  });
});

describe('a medium alarm', () => {
  const failed = () => {
    const chair = new Chair().infuse();
    chair.send({ kind: 'record', healthy: false });
    return chair;
  };

  test('that nobody acknowledges for 2 min becomes high, once, and sounds through a pause (R-6.5)', () => {
    const chair = failed();
    chair.pass(2 * MINUTE - 1000);
    pause(chair, ['record-failed']);
    expect(brief(chair.pass(750))).not.toContain('escalated:record-failed');
    expect(brief(chair.pass(250))).toContain('escalated:record-failed');
    expect(chair.state.alarms['record-failed']).toMatchObject({ escalated: true, silenced: false });
    expect(brief(chair.pass(5 * MINUTE))).not.toContain('escalated:record-failed');
    expect(chair.state.phase).toBe('infusing');
  });

  test('that was acknowledged does not escalate', () => {
    const chair = failed();
    chair.acknowledge();
    expect(brief(chair.pass(3 * MINUTE))).not.toContain('escalated:record-failed');
  });

  test('that escalated holds back the next session until it is acknowledged, as a high one does', () => {
    const chair = failed();
    chair.pass(2 * MINUTE);
    chair.send({ kind: 'pause', by: 'anna', reason: 'x' });
    chair.rest();
    expect(brief(chair.acknowledge())).toEqual(['acknowledged:record-failed', 'accepted']);
    expect(chair.state.alarms['record-failed']).toMatchObject({ escalated: true, acknowledgedBy: 'anna' });
  });
});

describe('acknowledging', () => {
  test('answers only the alarms that were seen: one raised in the same instant stays (R-6.6)', () => {
    const chair = desaturated();
    chair.pulse = 30;
    chair.vitals();
    const seen = chair.send({ kind: 'acknowledge', by: 'anna', alarms: drawnIn(chair.state, ['spo2-critical']) });
    expect(brief(seen)).toEqual(['acknowledged:spo2-critical', 'accepted']);
    expect(calling(chair)).toEqual(['pulse-critical']);
  });

  test('answers only the raising that was drawn: one of the same name that came meanwhile stays (R-6.6)', () => {
    const chair = desaturated();
    const drawn = drawnIn(chair.state);
    chair.spo2 = 98;
    chair.pass(1000);
    chair.spo2 = 83;
    chair.pass(1000);
    expect(brief(chair.send({ kind: 'acknowledge', by: 'anna', alarms: drawn }))).toEqual(['accepted']);
    expect(calling(chair)).toEqual(['spo2-critical']);
    expect(brief(chair.acknowledge())).toEqual(['acknowledged:spo2-critical', 'accepted']);
  });

  test('as recordings of before have it, without the instant, answers by the name alone', () => {
    const chair = desaturated();
    const alarms = [{ key: 'spo2-critical', raisedAt: null }] as const;
    expect(brief(chair.send({ kind: 'acknowledge', by: 'anna', alarms }))).toEqual([
      'acknowledged:spo2-critical',
      'accepted',
    ]);
  });
});

describe('sound that no screen proves (R-6.7)', () => {
  test('keeps a session from starting, and says why', () => {
    const chair = new Chair().arm();
    expect(brief(chair.send({ kind: 'sound', proved: false }))).toEqual(['raised:sound-lost']);
    expect(brief(chair.start())).toEqual(['refused:sound-not-proved']);
    expect(brief(chair.send({ kind: 'sound', proved: true }))).toEqual(['cleared:sound-lost']);
    expect(brief(chair.start())).toContain('accepted');
  });

  test('is an alarm while the patient is at a controlled pump, and stops nothing', () => {
    const chair = new Chair().infuse();
    expect(brief(chair.send({ kind: 'sound', proved: false }))).toEqual(['raised:sound-lost']);
    expect(chair.state.phase).toBe('infusing');
  });

  test('is no alarm where nothing is controlled', () => {
    expect(brief(new Chair().send({ kind: 'sound', proved: false }))).toEqual([]);
  });
});
