import { PROPOSED_PROFILE } from '../../../core/profile.ts';
import { SHIPPED_LIBRARY } from '../../../core/shipped-library.ts';
import { PARAMETERS, type Parameter } from '../../../core/vitals.ts';
import { ALARMS } from '../../../core/alarms.ts';
import type { TrendChunk } from '../../../db/trail.ts';
import type { OpenRow } from '../../station/open-row.ts';
import type { LimitFact } from '../facts/limits.ts';
import { WITHHELD } from './figures.ts';

const PROPOSAL = 'proposal';

/** A site names its libraries and profiles as it likes; only what the program ships with leads nowhere. */
function versionOf(version: string, shipped: string): string {
  if (version === shipped) return version;
  return version.startsWith(PROPOSAL) ? `${PROPOSAL}, name ${WITHHELD}` : WITHHELD;
}

/** The order with its figures; of what the site or a person wrote, only the drug. */
export function harmlessOrder(order: OpenRow): OpenRow {
  const { patient } = order;
  return {
    epoch: 0,
    entryId: WITHHELD,
    drug: order.drug,
    careArea: WITHHELD,
    concentrationUgPerMl: order.concentrationUgPerMl,
    weightG: order.weightG,
    doseUg: order.doseUg,
    durationMs: order.durationMs,
    rateUlPerH: order.rateUlPerH,
    volumeUl: order.volumeUl,
    runningTimeMs: order.runningTimeMs,
    drugLot: WITHHELD,
    libraryVersion: versionOf(order.libraryVersion, SHIPPED_LIBRARY.version),
    libraryDigest: '',
    libraryApprovedBy: order.libraryApprovedBy.map(() => WITHHELD),
    machineBoot: '',
    doseCeilingUg: order.doseCeilingUg,
    predictionCeilingNgPerMl: order.predictionCeilingNgPerMl,
    patient: patient === null ? null : { ...factorsOf(patient), reason: WITHHELD },
    vitalBounds: order.vitalBounds,
  };
}

/** Both are bound to lists of the program by their schema. */
function factorsOf({ comorbidities, baseline }: NonNullable<OpenRow['patient']>) {
  return { comorbidities, baseline };
}

export function harmlessLimits(limits: readonly LimitFact[]): readonly LimitFact[] {
  return limits
    .filter(({ parameter, alarm }) => isParameter(parameter) && Object.hasOwn(ALARMS, alarm))
    .map(({ parameter, alarm, below, above, delay, profile, general, required, proposal }) => ({
      parameter,
      alarm,
      below,
      above,
      delay,
      profile: versionOf(profile, PROPOSED_PROFILE.version),
      general,
      required,
      proposal,
    }));
}

const isParameter = (name: string): name is Parameter => Object.hasOwn(PARAMETERS, name);

/** The values of a minute under other names and another time. */
export function harmlessTrend(
  chunk: TrendChunk,
  place: Pick<TrendChunk, 'session' | 'chair' | 'startedAt'>,
): TrendChunk {
  const { session, chair, startedAt } = place;
  const { spo2, pulse, rateUlPerH, deliveredUl, signs } = chunk;
  const known = Object.entries(signs ?? {}).filter(([name]) => isParameter(name));
  return {
    session,
    chair,
    startedAt,
    mono: 0,
    spo2,
    pulse,
    rateUlPerH,
    deliveredUl,
    ...(known.length > 0 && { signs: Object.fromEntries(known) }),
  };
}
