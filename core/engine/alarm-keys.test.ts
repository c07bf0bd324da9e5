import { describe, expect, test } from 'vitest';
import type { AlarmKey } from '../alarm-keys.ts';
import type { PumpAlarm } from '../pump.ts';
import type { Millisecond } from '../units.ts';
import { presentAlarms } from './facts.ts';
import { isCalling } from './sounding.ts';
import { brief, Chair, drawnIn } from './testing.ts';

const poor = (parameter: 'spo2' | 'pulse'): AlarmKey => `signal-poor:${parameter}`;

/** SpO2 alone is disturbed for so long that it is shown; then nobody has answered yet. */
function disturbed(): Chair {
  const chair = new Chair().infuse();
  for (let second = 0; second < 3; second += 1) {
    chair.pass(1000, { vitals: true });
    chair.measure('spo2', 97, 'poor');
    chair.measure('pulse', 70);
  }
  return chair;
}

/** The same disturbance reaches the pulse, too. */
function bothDisturbed(chair: Chair): Chair {
  for (let second = 0; second < 3; second += 1) {
    chair.pass(1000, { vitals: true });
    chair.measure('spo2', 97, 'poor');
    chair.measure('pulse', 70, 'poor');
  }
  return chair;
}

const answer = (chair: Chair, alarms: readonly AlarmKey[]) =>
  chair.send({ kind: 'acknowledge', by: 'anna', alarms: drawnIn(chair.state, alarms) });
const quiet = (chair: Chair, alarms: readonly AlarmKey[]) =>
  chair.send({
    kind: 'audio-pause',
    by: null,
    alarms: drawnIn(chair.state, alarms),
    duration: 60_000 as Millisecond,
  });

const callingNow = ({ state }: Chair) =>
  presentAlarms(state)
    .filter(([, alarm]) => isCalling(alarm))
    .map(([key]) => key);

describe('two signs with one condition in common', () => {
  test('are two alarms: the second is raised although the first is acknowledged', () => {
    const chair = disturbed();
    expect(Object.keys(chair.state.alarms)).toEqual([poor('spo2')]);
    answer(chair, [poor('spo2')]);
    expect(brief(bothDisturbed(chair).history)).toContain(`raised:${poor('pulse')}`);
    expect(callingNow(chair)).toEqual([poor('pulse')]);
  });

  test('the second sounds through the audio pause of the first', () => {
    const chair = disturbed();
    quiet(chair, [poor('spo2')]);
    expect(callingNow(bothDisturbed(chair))).toEqual([poor('pulse')]);
  });

  test('the one that ends takes the other not with it', () => {
    const chair = bothDisturbed(disturbed());
    const effects = brief(chair.measure('spo2', 97));
    expect(effects).toEqual([`cleared:${poor('spo2')}`]);
    expect(Object.keys(chair.state.alarms)).toEqual([poor('pulse')]);
  });

  test('a lost sign that comes back leaves the other one lost, and the pump stopped', () => {
    const chair = new Chair().infuse();
    chair.pass(6000, { vitals: true });
    chair.rest();
    expect(Object.keys(chair.state.alarms)).toEqual(
      expect.arrayContaining(['vitals-lost:spo2', 'vitals-lost:pulse', 'vitals-stale:spo2', 'vitals-stale:pulse']),
    );
    chair.measure('spo2', 97);
    chair.acknowledge();
    expect(presentAlarms(chair.state).map(([key]) => key)).not.toContain('vitals-lost:spo2');
    expect(chair.state.alarms['vitals-lost:pulse']).toMatchObject({ active: true, acknowledgedBy: 'anna' });
    expect(brief(chair.resume())).toEqual(['refused:alarm-active']);
  });
});

test('another thing that the pump reports is another alarm', () => {
  const chair = new Chair().arm();
  const report = (alarm: PumpAlarm | null) => brief(chair.read({ state: 'alarm', alarm }));
  expect(report('stalled')).toEqual(['raised:pump-alarm:stalled']);
  answer(chair, ['pump-alarm:stalled']);
  expect(report('program-error')).toEqual(['raised:pump-alarm:program-error', 'cleared:pump-alarm:stalled']);
  expect(report(null)).toEqual(['raised:pump-alarm']);
});
