import { perParameter } from '../../core/vitals.ts';
import type { ChairFrame, PlanView, PumpView, VitalView } from '../../preload/contract/frames.ts';

type Session = NonNullable<ChairFrame['session']>;

export type ShownSession = Omit<Session, 'plan' | 'deliveredUl' | 'deliveredUg' | 'doseCeilingUg'> & {
  readonly plan: PlanView | null;
  readonly deliveredUl: number | null;
  readonly deliveredUg: number | null;
  readonly doseCeilingUg: number | null;
};

export type ShownPump = Omit<PumpView, 'commandedRateUlPerH'> & { readonly commandedRateUlPerH: number | null };

/** A chair as it may be drawn: everything that can be lost is nullable, so no panel can show an old number as new. */
export type ShownChair = Omit<ChairFrame, 'phase' | 'session' | 'pump' | 'steadyMs'> & {
  readonly live: boolean;
  readonly phase: ChairFrame['phase'] | null;
  readonly session: ShownSession | null;
  readonly pump: ShownPump;
  readonly steadyMs: number | null;
};

const NO_VALUE: VitalView = { state: 'none' };
const LOST = 'No connection to the station';

const blankPump = (pump: PumpView): ShownPump => ({
  ...pump,
  link: 'up',
  linkDetail: LOST,
  state: 'unknown',
  rateUlPerH: null,
  commandedRateUlPerH: null,
  ageMs: null,
  alarm: null,
  stopPending: false,
  commandPending: false,
});

/** Takes every number and every claim about now out of a frame that is no longer arriving (design rule: blank it). */
function blank(chair: ChairFrame): ShownChair {
  return {
    ...chair,
    live: false,
    phase: null,
    session: chair.session && {
      ...chair.session,
      plan: null,
      deliveredUl: null,
      deliveredUg: null,
      doseNotKnown: null,
      doseCeilingUg: null,
      prediction: null,
      overrides: [],
      withdrawnBecause: null,
      lockedBecause: null,
      patientFactors: null,
    },
    pump: blankPump(chair.pump),
    monitor: { ...chair.monitor, link: 'down', linkDetail: LOST },
    vitals: perParameter(() => NO_VALUE),
    measured: {},
    setUpIdle: false,
    limits: [],
    alarms: [],
    audioPauseMs: null,
    selfTest: null,
    steadyMs: null,
  };
}

export const shown = (chair: ChairFrame, live: boolean): ShownChair => (live ? { ...chair, live } : blank(chair));
