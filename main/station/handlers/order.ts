import type { z } from 'zod';
import type { DoseWindow, DrugEntry, DrugLibrary } from '../../../core/library.ts';
import { windowFindings } from '../../../core/limits.ts';
import type { InfusionOrder, InfusionPlan, LimitFinding } from '../../../core/order.ts';
import { findEntry } from '../../../core/shipped-library.ts';
import { gram, HOUR, type Microgram, microgram, microgramPerMillilitre, millisecond } from '../../../core/units.ts';
import type { contract } from '../../../preload/contract/contract.ts';
import type { EarlierDose } from '../earlier-dose.ts';
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

/** several sessions may not give together what one may not give. Soft findings are returned, hard ones refused. */
export function earlierFindings(order: InfusionOrder, entry: DrugEntry, earlier: EarlierDose): readonly LimitFinding[] {
  return entry.windows.flatMap((window) => {
    const before = earlier.within(window.over);
    const findings = windowFindings(order, window, before);
    if (findings.some(({ level }) => level === 'hard')) throw tooMuch(window, before, order);
    // What this order touches by itself is judged without a window.
    return before === 0 ? [] : findings;
  });
}

function tooMuch({ over, dose, dosePerWeight }: DoseWindow, before: Microgram, { weight }: InfusionOrder): Refusal {
  const byWeight = Math.floor(((dosePerWeight.hardMax ?? Number.POSITIVE_INFINITY) * weight) / 1000);
  const left = Math.max(0, Math.min(dose.hardMax ?? Number.POSITIVE_INFINITY, byWeight) - before);
  const inMg = (micrograms: number): string => `${micrograms / 1000} mg`;
  return new Refusal(
    'LIMIT_HARD',
    `This patient was given ${inMg(before)} within the last ${over / HOUR} hours, so that at most ${inMg(left)} may be ordered now.`,
  );
}
