import { z } from 'zod';
import { ALARM_IDS } from '../../core/engine/facts.ts';
import { command, nothing, query } from './leaf.ts';

const done = nothing;
const chairId = z.string().trim().min(1).max(40);
export const alarmId = z.enum(ALARM_IDS);
/** See core/alarm-keys.ts. */
export const alarmKey = z.union([alarmId, z.templateLiteral([alarmId, ':', z.string().regex(/^[a-z0-9-]{1,40}$/)])]);
/** The alarms that were drawn where the caller pressed, as the frame had them; one raised meanwhile is not answered. */
const drawn = z.strictObject({ key: alarmKey, raisedAtMs: z.number().int() });
/** One that has become more urgent than it was drawn goes on sounding. */
const heard = drawn.extend({ priority: z.enum(['high', 'medium', 'low']) });
const MOST = 100;

/** Leaves of the group `alarm`. */
export const alarm = {
  acknowledge: command('signed-in', z.strictObject({ chairId, alarms: z.array(drawn).max(MOST) }), done),
  /** by whoever stands at the chair, for `seconds` of 1 to 120; what is raised or escalates later sounds through it. */
  pauseAudio: command(
    'anyone',
    z.strictObject({
      chairId,
      alarms: z.array(heard).max(MOST),
      seconds: z.number().int().min(1).max(120),
    }),
    done,
  ),
} as const;

/** Leaves of the group `sound`. */
export const sound = {
  /**
   * once a second, from every page. `proved`: its sound was found at work by its own samples. `sounds`: what
   * it sounds by the frame whose `monoMs` is `frameMs`; sound that follows an old frame proves nothing. The answer says
   * whether the station counts the sound of any page as proved.
   */
  report: command(
    'anyone',
    z.strictObject({
      proved: z.boolean(),
      sounds: z.enum(['high', 'medium', 'low']).nullable(),
      frameMs: z.number().int().nullable(),
    }),
    z.strictObject({ proved: z.boolean() }),
  ),
  /** This person has heard the test tone at this machine. */
  heard: command('signed-in', nothing, done),
} as const;

const count = z.number().int().nonnegative();

/** what one session asked of the ears of those beside it. */
export const alarmLoadSchema = z.strictObject({
  byPriority: z.strictObject({ high: count, medium: count, low: count }),
  /** By the key of the alarm; a session of another version may hold alarms that this one does not know. */
  byAlarm: z.record(z.string(), count),
  escalated: count,
  audioPauses: count,
  soundingMs: count,
  overMs: count,
});
export type AlarmLoadView = z.infer<typeof alarmLoadSchema>;

/** Leaf of the group `session`: null until the session is closed, and for sessions of before. */
export const alarmLoad = query(
  ['clinician', 'supervisor'],
  z.strictObject({ sessionId: z.string().trim().min(1).max(60) }),
  alarmLoadSchema.nullable(),
);

/** What the whole station knows of its sound. */
export const soundSchema = z.strictObject({
  /** A page proves second by second that its sound is at work. */
  proved: z.boolean(),
  /** Who confirmed last, in this run of the station, that the test tone was heard, and when. */
  heard: z.strictObject({ by: z.string(), at: z.string() }).nullable(),
  /** Plays when no page does; null when this machine has no player. */
  backup: z.string().nullable(),
});

/** the self-test before arming. */
export const selfTestSchema = z.strictObject({
  at: z.string(),
  parts: z.array(
    z.strictObject({
      part: z.enum(['record', 'chain', 'library', 'sound', 'clock', 'guard', 'program']),
      ok: z.boolean(),
      /** What was found and, when it failed, what to do. */
      detail: z.string(),
    }),
  ),
});
export type SelfTestView = z.infer<typeof selfTestSchema>;
