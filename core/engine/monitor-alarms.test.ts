import { describe, expect, test } from 'vitest';
import type { MonitorAlarm } from '../monitor-alarms.ts';
import { BINDING, brief, Chair } from './testing.ts';

const report = (chair: Chair, alarm: MonitorAlarm, active: boolean) =>
  brief(chair.send({ kind: 'monitor-alarm', alarm, active }));

describe('what the monitor reports of itself', () => {
  test('is an alarm of its own until it says otherwise', () => {
    const chair = new Chair().infuse();
    expect(report(chair, 'low-battery', true)).toEqual(['raised:monitor-alarm:low-battery']);
    expect(report(chair, 'low-battery', true)).toEqual([]);
    expect(chair.state.phase).toBe('infusing');
    expect(report(chair, 'sensor-off', true)).toEqual(['raised:monitor-alarm:sensor-off']);
    expect(report(chair, 'low-battery', false)).toEqual(['cleared:monitor-alarm:low-battery']);
    expect(Object.keys(chair.state.alarms)).toEqual(['monitor-alarm:sensor-off']);
  });

  test('is raised although another report of the same monitor is acknowledged', () => {
    const chair = new Chair().infuse();
    report(chair, 'low-battery', true);
    chair.acknowledge();
    expect(report(chair, 'frozen', true)).toEqual(['raised:monitor-alarm:frozen']);
    expect(chair.state.alarms['monitor-alarm:frozen']).toMatchObject({ acknowledgedBy: null });
  });

  test('is known before the bedside checks, and is an alarm from them on', () => {
    const chair = new Chair().connect();
    expect(report(chair, 'low-battery', true)).toEqual([]);
    chair.send({ kind: 'plan', by: 'anna', binding: BINDING });
    expect(chair.state.alarms).toEqual({});
    expect(brief(chair.send({ kind: 'check', by: 'anna' }))).toContain('raised:monitor-alarm:low-battery');
  });

  test('does not outlast the line that said it: the monitor says it anew', () => {
    const chair = new Chair().infuse();
    report(chair, 'low-battery', true);
    expect(brief(chair.send({ kind: 'link', device: 'monitor', state: 'down', detail: '' }))).toContain(
      'cleared:monitor-alarm:low-battery',
    );
    chair.send({ kind: 'link', device: 'monitor', state: 'up', detail: '' });
    expect(report(chair, 'low-battery', true)).toEqual(['raised:monitor-alarm:low-battery']);
  });

  test('goes on where the line comes up that never went down', () => {
    const chair = new Chair().infuse();
    report(chair, 'low-battery', true);
    expect(brief(chair.send({ kind: 'link', device: 'monitor', state: 'up', detail: '' }))).toEqual([]);
    expect(chair.state.alarms['monitor-alarm:low-battery']).toMatchObject({ active: true });
  });

  test('is over with the session: the patient may go', () => {
    const chair = new Chair().infuse();
    report(chair, 'sensor-off', true);
    const effects = brief(chair.send({ kind: 'end', by: 'anna', reason: 'x' }));
    expect(effects).toContain('cleared:monitor-alarm:sensor-off');
  });
});
