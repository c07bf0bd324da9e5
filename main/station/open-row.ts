import { z } from 'zod';
import type { SessionBinding } from '../../core/engine/state.ts';
import type { DrugEntry } from '../../core/library.ts';
import {
  gram,
  microgram,
  microgramPerMillilitre,
  microlitre,
  microlitrePerHour,
  millisecond,
} from '../../core/units.ts';
import { patientFactorsSchema } from '../../preload/contract/vital-frames.ts';
import { vitalBoundSchema } from '../library/library-file.ts';
import type { LoadedLibrary } from '../library/signed-library.ts';
import { MACHINE_BOOT } from './machine-boot.ts';
import { patientFactorsView } from './vital-view.ts';

const whole = z.number().int().nonnegative();

/** What the `session.open` row says of the session; enough to know it again after a restart. */
const openRowSchema = z.object({
  epoch: whole,
  entryId: z.string(),
  drug: z.string(),
  careArea: z.string(),
  concentrationUgPerMl: whole,
  weightG: whole,
  doseUg: whole,
  durationMs: whole,
  rateUlPerH: whole,
  volumeUl: whole,
  runningTimeMs: whole,
  drugLot: z.string(),
  libraryVersion: z.string(),
  /** SHA-256 of the library's canonical content; rows of before it was kept have none. */
  libraryDigest: z.string().default(''),
  /** What the monotonic times of the session's rows count from; see earlier-dose.ts. Older rows have none. */
  machineBoot: z.string().default(''),
  /** Names of those who signed the library; none for the shipped proposal, and in rows of before they were kept. */
  libraryApprovedBy: z.array(z.string()).default([]),
  doseCeilingUg: whole,
  predictionCeilingNgPerMl: whole.nullable().default(null),
  /** Absent in rows from before a patient could have limits of their own. */
  patient: patientFactorsSchema.nullable().default(null),
  /** How far the library lets the limits of that patient follow; older rows have none, and nothing is looser for them. */
  vitalBounds: z.array(vitalBoundSchema).default([]),
});

export type OpenRow = z.infer<typeof openRowSchema>;

export function openRow(
  { epoch, plan, drugLot, libraryVersion, patient, doseCeiling, predictionCeiling }: SessionBinding,
  entry: DrugEntry,
  library: Pick<LoadedLibrary, 'digest' | 'approvedBy'>,
): OpenRow {
  const { order } = plan;
  return {
    epoch,
    entryId: order.entryId,
    drug: entry.drug,
    careArea: entry.careArea,
    concentrationUgPerMl: order.concentration,
    weightG: order.weight,
    doseUg: order.dose,
    durationMs: order.duration,
    rateUlPerH: plan.rate,
    volumeUl: plan.volume,
    runningTimeMs: plan.runningTime,
    drugLot,
    libraryVersion,
    libraryDigest: library.digest,
    libraryApprovedBy: [...library.approvedBy],
    machineBoot: MACHINE_BOOT,
    doseCeilingUg: doseCeiling,
    predictionCeilingNgPerMl: predictionCeiling,
    patient: patient && patientFactorsView(patient),
    vitalBounds: [...(patient?.bounds ?? [])],
  };
}

export function parseOpenRow(figures: unknown): OpenRow | null {
  return openRowSchema.safeParse(figures).data ?? null;
}

export function bindingFrom(row: OpenRow, sessionId: string, patientId: string): SessionBinding {
  const order = {
    entryId: row.entryId,
    concentration: microgramPerMillilitre(row.concentrationUgPerMl),
    weight: gram(row.weightG),
    dose: microgram(row.doseUg),
    duration: millisecond(row.durationMs),
  };
  return {
    sessionId,
    epoch: row.epoch,
    patientId,
    plan: {
      order,
      rate: microlitrePerHour(row.rateUlPerH),
      volume: microlitre(row.volumeUl),
      runningTime: millisecond(row.runningTimeMs),
    },
    drugLot: row.drugLot,
    libraryVersion: row.libraryVersion,
    patient: row.patient && { ...row.patient, bounds: row.vitalBounds },
    doseCeiling: microgram(row.doseCeilingUg),
    predictionCeiling: row.predictionCeilingNgPerMl,
  };
}
