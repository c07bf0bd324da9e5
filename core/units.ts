/**
 * Quantities are branded whole numbers in the smallest unit the station works with, so that mixing two of them
 * does not compile and no dose ever depends on binary fractions.
 */
declare const unit: unique symbol;
type Quantity<Name extends string> = number & { readonly [unit]: Name };

/** Volume in microlitres; 1 mL = 1000. */
export type Microlitre = Quantity<'uL'>;
/** Flow in microlitres per hour; 1 mL/h = 1000. */
export type MicrolitrePerHour = Quantity<'uL/h'>;
/** Drug mass in micrograms of ketamine base; 1 mg = 1000. */
export type Microgram = Quantity<'ug'>;
/** Drug concentration in micrograms per millilitre; 1 mg/mL = 1000. */
export type MicrogramPerMillilitre = Quantity<'ug/mL'>;
/** Body weight in grams; 1 kg = 1000. */
export type Gram = Quantity<'g'>;
/** Length of time, or a monotonic instant, in milliseconds. Never the wall clock. */
export type Millisecond = Quantity<'ms'>;

export const HOUR = 3_600_000 as Millisecond;
export const MINUTE = 60_000 as Millisecond;
export const SECOND = 1_000 as Millisecond;

function whole<Name extends string>(value: number, name: string): Quantity<Name> {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is not a whole, non-negative ${name}`);
  return value as Quantity<Name>;
}

/** Each maker throws a RangeError for anything but a whole, non-negative, exactly representable number. */
export const microlitre = (value: number): Microlitre => whole(value, 'number of microlitres');
export const microlitrePerHour = (value: number): MicrolitrePerHour => whole(value, 'number of microlitres per hour');
export const microgram = (value: number): Microgram => whole(value, 'number of micrograms');
export const microgramPerMillilitre = (value: number): MicrogramPerMillilitre =>
  whole(value, 'number of micrograms per millilitre');
export const gram = (value: number): Gram => whole(value, 'number of grams');
export const millisecond = (value: number): Millisecond => whole(value, 'number of milliseconds');

/** Rounds down to a multiple of `step`: what is sent to a pump is never more than what was ordered. */
export function floorTo<Q extends number>(value: Q, step: Q): Q {
  return (value - (value % step)) as Q;
}

// The one arithmetic between volume and mass, plain: a step of the engine must not throw, whatever a pump says of itself.

/** Micrograms in `volume` microlitres at `concentration` ug/mL, rounded up. */
export function massOf(volume: number, concentration: number): number {
  return Math.ceil((volume * concentration) / 1000);
}

/** Microlitres at `concentration` ug/mL that hold `mass` micrograms, rounded down. */
export function volumeHolding(mass: number, concentration: number): number {
  return Math.floor((mass * 1000) / concentration);
}

/** Drug mass in a volume, rounded up: what a patient may have received is never understated. */
export function massIn(volume: Microlitre, concentration: MicrogramPerMillilitre): Microgram {
  return microgram(massOf(volume, concentration));
}

/** Volume that holds a mass, rounded down: a volume limit never allows more than the dose. */
export function volumeOf(mass: Microgram, concentration: MicrogramPerMillilitre): Microlitre {
  return microlitre(volumeHolding(mass, concentration));
}
