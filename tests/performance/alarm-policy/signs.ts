import { good, INVALID, type Reading, type Second } from './trace.ts';

/** The patient as he is, whatever the monitor makes of it. */
export interface Signs {
  readonly spo2: number;
  readonly pulse: number;
  readonly hr: number;
  readonly rr: number;
  readonly etco2: number;
}

/** As a monitor shows them: whole numbers. */
export function shown({ spo2, pulse, hr, rr, etco2 }: Signs, pleth: (value: number) => Reading = good): Second {
  return {
    spo2: pleth(Math.max(0, Math.round(spo2))),
    pulse: pleth(Math.max(0, Math.round(pulse))),
    hr: good(Math.max(0, Math.round(hr))),
    rr: good(Math.max(0, Math.round(rr))),
    etco2: good(Math.max(0, Math.round(etco2))),
  };
}

export const probeOff = (signs: Signs): Second => ({ ...shown(signs), spo2: INVALID, pulse: INVALID });
