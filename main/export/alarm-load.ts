import { z } from 'zod';
import { alarmLoadSchema, type AlarmLoadView } from '../../preload/contract/alarms.ts';

const closeRow = z.object({ act: z.literal('session.close'), new: z.object({ alarmLoad: alarmLoadSchema }) });

/** The alarm load in the closing row among the bodies of a session's rows; null where there is none. */
export function alarmLoadIn(bodies: readonly string[]): AlarmLoadView | null {
  for (const body of bodies.toReversed()) {
    const row = closeRow.safeParse(parsed(body)).data;
    if (row !== undefined) return row.new.alarmLoad;
  }
  return null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // A damaged row has no figures; verification names the damage.
  }
}

/** The same for a reader of an export, with alarms an hour. */
export function alarmLoadJson(bodies: readonly string[]): string {
  const load = alarmLoadIn(bodies);
  if (load === null) return `${JSON.stringify({ alarmLoad: null })}\n`;
  const { high, medium, low } = load.byPriority;
  const hours = load.overMs / 3_600_000;
  const raised = high + medium + low;
  const perHour = hours === 0 ? null : Math.round((raised / hours) * 10) / 10;
  return `${JSON.stringify({ alarmLoad: { raised, alarmsPerHour: perHour, ...load } }, null, 2)}\n`;
}
