import { HOUR } from '../../../core/units.ts';
import { ENTRY } from './small-clinic.ts';

/** What a patient was really given in one stretch of true time, in micrograms. */
export interface Portion {
  readonly from: number;
  readonly to: number;
  readonly dose: number;
}

interface Patient {
  readonly portions: Portion[];
  /** Of the newest order, in grams: the limit by weight is of whoever is weighed last. */
  weight: number;
}

/** True doses by patient, whatever the station knows of them. */
export class TrueDose {
  readonly #patients = new Map<string, Patient>();

  ordered(patientId: string, weight: number): void {
    this.#of(patientId).weight = weight;
  }

  /** Says what limit is broken by it, if any. */
  give(patientId: string, portion: Portion): string | null {
    const patient = this.#of(patientId);
    patient.portions.push(portion);
    return brokenBy(patient, portion.to, patientId);
  }

  #of(patientId: string): Patient {
    const id = patientId.toLowerCase();
    const known = this.#patients.get(id) ?? { portions: [], weight: 0 };
    this.#patients.set(id, known);
    return known;
  }
}

/** Every stretch that holds too much holds too much when its last portion ends; a portion counts where it lies within as a whole. */
function brokenBy({ portions, weight }: Patient, now: number, patientId: string): string | null {
  for (const { over, dose, dosePerWeight } of ENTRY.windows) {
    const total = portions.reduce((sum, portion) => (portion.from > now - over ? sum + portion.dose : sum), 0);
    const byWeight = ((dosePerWeight.hardMax ?? Number.POSITIVE_INFINITY) * weight) / 1000;
    const most = Math.min(dose.hardMax ?? Number.POSITIVE_INFINITY, byWeight);
    if (total > most) return `${patientId} was given ${total} ug of at most ${most} within ${over / HOUR} h`;
  }
  return null;
}
