import type { StopCause } from './bounds.ts';

/** What a clinician ordered, as asked for, not as the station made of it. */
export interface Order {
  readonly rateUlPerH: number;
  readonly volumeUl: number;
}

/** The part of a chair's frame that the judge looks at. */
export interface Screen {
  readonly phase: string;
  readonly session: { readonly deliveredUl: number } | null;
  readonly pump: {
    readonly link: string;
    readonly state: string;
    readonly ageMs: number | null;
    readonly stopPending: boolean;
  };
  readonly monitor: { readonly link: string };
  readonly alarms: readonly { readonly id: string; readonly priority: string }[];
}

/** What happened at a chair (counted from 0); `at` is the machine's monotonic milliseconds. */
export type Moment = { readonly at: number; readonly chair: number } & (
  | { readonly kind: 'truth'; readonly delivered: number; readonly rate: number; readonly delivering: boolean }
  | { readonly kind: 'opened'; readonly order: Order }
  /** A clinician's start or resume left for the station. */
  | { readonly kind: 'asked'; readonly call: string }
  | { readonly kind: 'answered'; readonly call: string; readonly ok: boolean; readonly code: string }
  /** From now on the pump has to stop. `standing`: and stay so until `over`. */
  | { readonly kind: 'stop-due'; readonly cause: StopCause; readonly standing: boolean }
  | { readonly kind: 'over'; readonly cause: StopCause }
  /** Somebody pressed start at the pump: it runs without the station's doing until it is stopped. */
  | { readonly kind: 'panel-start' }
  /** Somebody typed another rate at the pump: it may run faster than ordered until it is stopped. */
  | { readonly kind: 'panel-rate' }
  /** What the pump gave since its last reading may be lost to its counter. */
  | { readonly kind: 'counter-lost' }
  | { readonly kind: 'frame'; readonly frame: Screen }
  | { readonly kind: 'note'; readonly text: string }
);

export interface Violation {
  readonly chair: number;
  readonly at: number;
  readonly rule: 'rate' | 'volume' | 'stop' | 'unasked' | 'alarm' | 'record';
  readonly detail: string;
  /** The last things that happened at this chair, oldest first. */
  readonly around: readonly string[];
}

/** One line of the timeline, for a person. */
export function sentence(moment: Moment, origin: number): string {
  const time = `${((moment.at - origin) / 1000).toFixed(2)} s`;
  switch (moment.kind) {
    case 'truth':
      return `${time} pump ${moment.delivering ? `delivers ${moment.rate} uL/h` : 'at rest'}, ${moment.delivered.toFixed(1)} uL`;
    case 'opened':
      return `${time} opened: ${moment.order.volumeUl} uL at ${moment.order.rateUlPerH} uL/h`;
    case 'asked':
      return `${time} ${moment.call} asked`;
    case 'answered':
      return `${time} ${moment.call} ${moment.ok ? 'accepted' : `refused (${moment.code})`}`;
    case 'stop-due':
      return `${time} must stop: ${moment.cause}`;
    case 'over':
      return `${time} over: ${moment.cause}`;
    case 'panel-start':
      return `${time} start pressed at the pump`;
    case 'panel-rate':
      return `${time} another rate typed at the pump`;
    case 'counter-lost':
      return `${time} counter lost`;
    case 'frame': {
      const { phase, pump, monitor, alarms } = moment.frame;
      const ids = alarms.map(({ id }) => id).join(' ');
      return `${time} screen: ${phase}, pump ${pump.link} ${pump.state}${pump.stopPending ? ', stop pending' : ''}, monitor ${monitor.link} [${ids}]`;
    }
    case 'note':
      return `${time} ${moment.text}`;
  }
}
