import type { Outcome } from '../../core/pump.ts';
import { floorTo } from '../../core/units.ts';
import type { PumpProgram } from '../kit/driver.ts';
import { manifest, WATCHDOG_SECONDS } from './manifest.ts';
import { parseInfused } from './messages.ts';
import { fromWire, rateFrom, toWire, volumeFrom } from './numbers.ts';
import type { QueryName } from './requests.ts';

/** Up to here the pump's counter reads to 0.01 mL; a little is left below 100 mL for what it may overrun. */
const COUNTER_FINE_BELOW = 95_000;

/** One thing the pump must have before it may run. It is written only where the pump says otherwise. */
export type Step =
  | { readonly kind: 'do'; readonly text: string }
  | {
      readonly kind: 'hold';
      readonly query: QueryName;
      readonly set: readonly string[];
      readonly holds: (data: string) => boolean;
    };

export type Steps =
  | { readonly kind: 'steps'; readonly steps: readonly Step[] }
  | { readonly kind: 'refused'; readonly outcome: Outcome };

const run = (text: string): Step => ({ kind: 'do', text });
const hold = (query: QueryName, holds: (data: string) => boolean, ...set: string[]): Step => ({
  kind: 'hold',
  query,
  set,
  holds,
});
const equals = (wanted: string) => (data: string) => data === wanted;

/** The steps for a program, or why this pump cannot have it. Rate and volume are rounded down. */
export function stepsFor(program: PumpProgram): Steps {
  const syringe = manifest.syringes[program.syringe];
  if (!syringe) return refuse('unknown-syringe');
  const { capability, diameterMm } = syringe;
  const rate = floorTo(program.rate, capability.rateStep);
  const volume = floorTo(program.volume, capability.volumeStep);
  if (rate < capability.minRate || rate > capability.maxRate) return refuse('rate-out-of-range');
  // A volume of zero would mean endless to the pump.
  if (volume === 0 || volume > capability.maxVolume) return refuse('volume-out-of-range');
  const steps = [
    run(`SAF${WATCHDOG_SECONDS}`),
    // After a power failure the pump must not go on by itself.
    hold('PF', equals('0'), 'PF0'),
    // Changing the diameter clears the counters, so it is left alone where it is right.
    hold('DIA', (data) => fromWire(data) === fromWire(diameterMm), `DIA${diameterMm}`),
    // Four digits: from 100 mL on the counter would be too coarse for the volume check, so it starts anew before.
    hold('DIS', (data) => (parseInfused(data) ?? COUNTER_FINE_BELOW) + volume <= COUNTER_FINE_BELOW, 'CLDINF'),
    // A finished phase goes on into the next one: without this the volume limit would not stop the pump.
    run('PHN2'),
    hold('FUN', equals('STP'), 'FUNSTP'),
    run('PHN1'),
    hold('FUN', equals('RAT'), 'FUNRAT'),
    hold('DIR', equals('INF'), 'DIRINF'),
    hold('RAT', (data) => rateFrom(data) === rate, `RAT${toWire(rate)}MH`),
    hold('VOL', (data) => volumeFrom(data) === volume, 'VOLML', `VOL${toWire(volume)}`),
  ];
  return { kind: 'steps', steps };
}

const refuse = (code: string): Steps => ({ kind: 'refused', outcome: { kind: 'refused', code } });
