import { useEffect, useState } from 'react';
import type { AlarmLoadView } from '../../../preload/contract/alarms.ts';
import { useApi } from '../../app/context.tsx';
import { duration, durationUnit } from '../../ui/format.ts';

const HOUR_MS = 3_600_000;

const withUnit = (milliseconds: number): string => `${duration(milliseconds)} ${durationUnit(milliseconds)}`;

/** The load in one sentence with its units. */
export function loadText({ byPriority, escalated, audioPauses, soundingMs, overMs }: AlarmLoadView): string {
  const { high, medium, low } = byPriority;
  const raised = high + medium + low;
  const perHour = overMs === 0 ? '--' : ((raised * HOUR_MS) / overMs).toFixed(1);
  return (
    `Alarms: ${raised} (${high} high, ${medium} medium, ${low} low), ${perHour} per hour, ${escalated} escalated, ` +
    `sounding ${withUnit(soundingMs)} of ${withUnit(overMs)}, sound paused ${audioPauses} ${audioPauses === 1 ? 'time' : 'times'}`
  );
}

/** what the alarms of a closed session asked of those beside it. */
export function AlarmLoad({ sessionId }: { sessionId: string }) {
  const api = useApi();
  const [text, setText] = useState('');
  useEffect(() => {
    let current = true;
    const show = (what: string): void => {
      if (current) setText(what);
    };
    api.session.alarmLoad({ sessionId }).then(
      (answer) => {
        if (!answer.ok) show(`Alarm load: ${answer.message}`);
        else show(answer.value === null ? 'Alarm load: counted when the session is closed' : loadText(answer.value));
      },
      () => show('Alarm load: the station did not answer'),
    );
    return () => {
      current = false;
    };
  }, [api, sessionId]);
  return <p>{text}</p>;
}
