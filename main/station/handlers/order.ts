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

/** The smallest of what was ordered and every hard limit on the dose; never above any of them. */
export function doseCeiling({ order }: InfusionPlan, entry: DrugEntry): Microgram {
  const perWeight = entry.dosePerWeight?.hardMax ?? null;
  const byWeight = perWeight === null ? Number.POSITIVE_INFINITY : Math.floor((perWeight * order.weight) / 1000);
  const bySession = entry.sessionDose.hardMax ?? Number.POSITIVE_INFINITY;
  return microgram(Math.min(order.dose, byWeight, bySession));
}
