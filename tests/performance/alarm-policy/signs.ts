import { good, INVALID, type Reading, type Second } from './trace.ts';

/** The patient as he is, whatever the monitor makes of it. */
export interface Signs {
  readonly spo2: number;
  readonly pulse: number;
  readonly hr: number;
  readonly rr: number;
  readonly etco2: number;
  /** What a cuff and an observer would find now. */
  readonly sys: number;
  readonly dia: number;
  readonly sedation: number;
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

/** A measurement with the cuff, which takes both figures. */
export const withCuff = (second: Second, { sys, dia }: Pick<Signs, 'sys' | 'dia'>): Second => ({
  ...second,
  'nibp-sys': good(Math.round(sys)),
  'nibp-dia': good(Math.round(dia)),
});

export const withScore = (second: Second, sedation: number): Second => ({ ...second, sedation: good(sedation) });

export const probeOff = (signs: Signs): Second => ({ ...shown(signs), spo2: INVALID, pulse: INVALID });
