import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { SafetyProfile } from '../../core/profile.ts';
import { TIER_RANKS, type TierAlarm } from '../../core/tier-ranks.ts';
import { millisecond } from '../../core/units.ts';
import { PARAMETERS, type Parameter } from '../../core/vitals.ts';
import { AppError } from '../../drivers/kit/app-error.ts';

const time = z.int().nonnegative().transform(millisecond);
const alarm = z.custom<TierAlarm>(
  (id) => typeof id === 'string' && Object.hasOwn(TIER_RANKS, id),
  'is not an alarm that a tier may raise',
);
const parameter = z.custom<Parameter>(
  (name) => typeof name === 'string' && Object.hasOwn(PARAMETERS, name),
  'is not a known vital sign',
);
const limit = z.number().nullable();

const tier = z.strictObject({
  alarm,
  below: limit,
  above: limit,
  delay: time,
  hysteresis: z.number().nonnegative(),
  repeat: z.literal(true).exactOptional(),
});

const rule = z.strictObject({
  parameter,
  required: z.enum(['always', 'when-present']),
  measured: z.enum(['continuous', 'intermittent']),
  period: time,
  tiers: z.array(tier),
});

const profileSchema = z.strictObject({
  version: z.string(),
  proposal: z.boolean(),
  vitals: z.array(rule).min(1),
  pauseOnLossAfter: time,
  holdPoorSignal: time,
  permitLifetime: time,
  pumpSilentAfter: time,
  stopRepeat: time,
  stopAlarmAfter: time,
  steadyBeforeRun: time,
  deviationShare: z.number().min(0).max(1),
  deviationMicrolitres: z.number().nonnegative(),
  deviationFor: time,
  escalateAfter: time,
  supervisionGap: time,
  repeatedPauses: z.int().positive(),
  repeatedPausesWithin: time,
  idleAfter: time,
}) satisfies z.ZodType<SafetyProfile>;

/** A profile of which only what differs was written down. */
export type ProfileChange = (recorded: SafetyProfile) => SafetyProfile;

/** Limits to try on a recorded session: JSON with any of the fields of a SafetyProfile. Rejects with CONFIG_INVALID, a line per error. */
export async function readProfileChange(path: string): Promise<ProfileChange> {
  const parsed = profileSchema.partial().safeParse(await readJson(path));
  if (parsed.success) return (recorded) => ({ ...recorded, ...given(parsed.data) });
  const lines = parsed.error.issues.map((issue) => `${path}: ${issue.path.join('.') || 'the file'}: ${issue.message}`);
  throw new AppError('CONFIG_INVALID', lines.join('\n'));
}

type Given<Fields> = { [Name in keyof Fields]?: Exclude<Fields[Name], undefined> };

/** A field that is not in the file must not replace a recorded one by nothing. */
function given<Fields extends object>(fields: Fields): Given<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<Fields>;
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    throw new AppError('CONFIG_INVALID', `${path}: cannot be read as JSON (${String(error)})`, { cause: error });
  }
}
