import type { z } from 'zod';
import type { DrugEntry, DrugLibrary } from '../../../core/library.ts';
import type { InfusionOrder, InfusionPlan } from '../../../core/order.ts';
import { findEntry } from '../../../core/shipped-library.ts';
import { gram, type Microgram, microgram, microgramPerMillilitre, millisecond } from '../../../core/units.ts';
import type { contract } from '../../../preload/contract/contract.ts';
import { Refusal } from '../refusals.ts';

type OrderInput = z.output<typeof contract.session.open.input>['order'];

export function orderOf(input: OrderInput): InfusionOrder {
  return {
    entryId: input.entryId,
    concentration: microgramPerMillilitre(input.concentrationUgPerMl),
    weight: gram(input.weightG),
    dose: microgram(input.doseUg),
    duration: millisecond(input.durationMs),
  };
}

/** a drug that the library does not name is not given. */
export function entryOf(library: DrugLibrary, entryId: string): DrugEntry {
  const entry = findEntry(library, entryId);
  if (entry === null) throw new Refusal('UNKNOWN_DRUG', `The drug library has no entry "${entryId}".`);
  return entry;
}

/** The most of the drug that the entry lets a patient of this weight have, in micrograms; Infinity where it names none. */
function hardDose({ weight }: InfusionOrder, entry: DrugEntry): number {
  const perWeight = entry.dosePerWeight?.hardMax ?? null;
  const byWeight = perWeight === null ? Number.POSITIVE_INFINITY : Math.floor((perWeight * weight) / 1000);
  return Math.min(byWeight, entry.sessionDose.hardMax ?? Number.POSITIVE_INFINITY);
}

/** The smallest of what was ordered and every hard limit on the dose; never above any of them. */
export function doseCeiling({ order }: InfusionPlan, entry: DrugEntry): Microgram {
  return microgram(Math.min(order.dose, hardDose(order, entry)));
}

/** two sessions in a day may not give together what one may not give. */
export function requireDoseLeft(order: InfusionOrder, entry: DrugEntry, earlier: Microgram): void {
  const left = Math.max(0, hardDose(order, entry) - earlier);
  if (order.dose <= left) return;
  const inMg = (micrograms: number): string => `${micrograms / 1000} mg`;
  throw new Refusal(
    'LIMIT_HARD',
    `This patient was given ${inMg(earlier)} within the last 24 hours, so that at most ${inMg(left)} may be ordered now.`,
  );
}
