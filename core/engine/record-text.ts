import type { EngineEvent } from './events.ts';
import type { EngineState } from './state.ts';

// JSON turns a figure that is not finite into null, and a replay would then decide by something else than the session did.
const NOT_FINITE = 'notFinite';

function outward(_name: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? { [NOT_FINITE]: String(value) } : value;
}

function inward(_name: string, value: unknown): unknown {
  const isNotFinite = typeof value === 'object' && value !== null && NOT_FINITE in value;
  return isNotFinite ? Number(value[NOT_FINITE]) : value;
}

/** One line of JSON from which `fromRecordText` makes the same event or state again, to the last digit. */
export function toRecordText(value: EngineEvent | EngineState): string {
  return JSON.stringify(value, outward);
}

/** The value as it was; whether it is an event or a state is for the caller to check. Throws SyntaxError for what is not JSON. */
export function fromRecordText(text: string): unknown {
  return JSON.parse(text, inward);
}
