import { PARAMETER_NAMES, PARAMETERS, type Parameter } from '../../../core/vitals.ts';
import type { VitalView } from '../../../preload/contract/frames.ts';
import type { ShownChair } from '../../app/shown.ts';
import { clock } from '../../ui/format.ts';
import { type LimitView, limitText, vitalView } from './vital-view.ts';

/** One reading beside SpO2 and pulse, as text. */
export interface OtherReading {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly unit: string;
  readonly tone: VitalView['state'];
  /** How far it may be trusted, or when it was taken; empty when neither needs to be said. */
  readonly note: string;
}

const LARGE: ReadonlySet<Parameter> = new Set(['spo2', 'pulse']);

/** Everything that is measured or required beside the two large tiles; the two figures of a cuff stand together. */
export function otherReadings(chair: ShownChair): readonly OtherReading[] {
  return PARAMETER_NAMES.filter((parameter) => !LARGE.has(parameter) && parameter !== 'nibp-dia').flatMap(
    (parameter) => (isShown(chair, parameter) ? [readingOf(chair, parameter)] : []),
  );
}

function isShown({ vitals, limits }: ShownChair, parameter: Parameter): boolean {
  const required = limits.some((limit) => limit.parameter === parameter && limit.required);
  return required || vitals[parameter].state !== 'none';
}

function readingOf(chair: ShownChair, parameter: Parameter): OtherReading {
  const { label, unit } = PARAMETERS[parameter];
  const { large, tone, note } = vitalView(chair.vitals[parameter], unit);
  const reading = { id: parameter, label, value: large, unit, tone, note: note || pauseText(chair.limits, parameter) };
  const taken = takenText(chair, parameter);
  if (parameter !== 'nibp-sys') return taken === '' ? reading : { ...reading, note: taken };
  const diastolic = vitalView(chair.vitals['nibp-dia'], unit).large;
  return { ...reading, label: 'NIBP', value: `${large}/${diastolic}`, note: taken === '' ? note : taken };
}

/** The limits that pause, in words; a star marks those of this patient. Empty where none does. */
export function pauseText(limits: readonly LimitView[], parameter: Parameter): string {
  const limit = limits.find((each) => each.parameter === parameter && each.tier === 'pause');
  return limit === undefined ? '' : `pause ${limitText(limit)}${limit.own ? ' *' : ''}`;
}

const minutes = (milliseconds: number): string => `${Math.ceil(Math.abs(milliseconds) / 60_000)} min`;

/** what is measured now and then shows when, and when it has to be measured again. */
function takenText({ measured, vitals }: ShownChair, parameter: Parameter): string {
  const vital = vitals[parameter];
  const when = measured[parameter];
  if (when === undefined || vital.state === 'none') return '';
  const { time, zone } = clock(when.takenAt);
  const due = when.dueInMs > 0 ? `next in ${minutes(when.dueInMs)}` : `overdue by ${minutes(when.dueInMs)}`;
  const taken = `${time} ${zone}, ${minutes(vital.ageMs)} ago`;
  return vital.state === 'stale' ? `Expired: last ${vital.value} at ${taken}` : `${taken}, ${due}`;
}
