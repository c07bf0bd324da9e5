import type { Gram } from '../units.ts';
import type { CompartmentModel } from './compartments.ts';
import { type CompartmentSize, KETAMINE_MODELS, type KetamineModelName } from './ketamine-models.ts';

const GRAMS_PER_KG = 1000;
const STANDARD_KG = 70;
const MINUTES_PER_HOUR = 60;

/**
 * A published model for one patient. @param weight more than zero, or a RangeError; the reference runs cover 50-150 kg,
 * and no model knows anything else about the patient.
 */
export function individualModel(name: KetamineModelName, weight: Gram): CompartmentModel {
  if (!(weight > 0)) throw new RangeError(`${weight} g is no weight of a patient`);
  const kilograms = weight / GRAMS_PER_KG;
  const { parameters } = KETAMINE_MODELS[name];
  switch (parameters.kind) {
    case 'rate-constants':
      return { centralLitres: parameters.centralLitresPerKg * kilograms, ...parameters.perMinute };
    case 'clearances': {
      const size = kilograms / STANDARD_KG;
      const central = scaled(parameters.central, size);
      const fast = scaled(parameters.fast, size);
      const slow = parameters.slow === null ? null : scaled(parameters.slow, size);
      return {
        centralLitres: central.litres,
        k10: central.litresPerMinute / central.litres,
        k12: fast.litresPerMinute / central.litres,
        k21: fast.litresPerMinute / fast.litres,
        k13: slow === null ? 0 : slow.litresPerMinute / central.litres,
        k31: slow === null ? 0 : slow.litresPerMinute / slow.litres,
      };
    }
  }
}

interface ScaledSize {
  readonly litres: number;
  readonly litresPerMinute: number;
}

/** Allometric scaling: exponent 1 for volumes, 3/4 for clearances. */
function scaled({ volume, clearance }: CompartmentSize, size: number): ScaledSize {
  return { litres: volume * size, litresPerMinute: (clearance / MINUTES_PER_HOUR) * size ** 0.75 };
}
