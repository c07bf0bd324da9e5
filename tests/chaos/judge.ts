import {
  MACHINE_SLACK,
  START_SHOWS_WITHIN,
  STOP_ALARM_WITHIN,
  STOP_BOUNDS,
  type StopCause,
  UNCOUNTED_FOR,
  VOLUME_TOLERANCE,
} from './bounds.ts';
import { type Moment, type Order, sentence, type Violation } from './timeline.ts';

type Of<Kind extends Moment['kind']> = Extract<Moment, { kind: Kind }>;

const REMEMBERED = 60;
/** Without a frame for this long nobody can say what a screen shows. */
const BLIND_AFTER = 1000;
/** Phases whose frame shows the session that the last `opened` began. */
const SHOWS_VOLUME: ReadonlySet<string> = new Set(['paused', 'ended', 'interrupted']);
/** Frames and truth of the same instant come at most this far apart. */
const SAMPLING = 300;
const HOUR = 3_600_000;

/** Worst time from cause to rest, as the simulator's truth shows it. */
export interface Measured {
  count: number;
  worstMs: number;
  readonly boundMs: number;
}

/**
 * Judges one chair by what the simulated pump really does; the station's own record has no say here.
 *
 *   truth, calls, faults, frames -> take() -> violations
 */
export class Judge {
  readonly violations: Violation[] = [];
  readonly measured = new Map<StopCause, Measured>();
  /** Worst volume (uL) that the pump gave and the screen did not show, in a session under way and in an interrupted one. */
  readonly understatedUl = { running: 0, interrupted: 0 };
  readonly #chair: number;
  readonly #tell: (line: string) => void;
  readonly #around: string[] = [];
  readonly #due = new Map<StopCause, { readonly since: number; readonly standing: boolean }>();
  #origin: number | null = null;
  #order: Order | null = null;
  #base = 0;
  #allowance = 0;
  #last: Of<'truth'> | null = null;
  #runSince: number | null = null;
  #restSince = 0;
  #askedAt: number | null = null;
  #panelUntil = 0;
  #panelRateUntil = 0;
  #frame: Of<'frame'> | null = null;
  #stopPendingSince: number | null = null;
  #silentMotionSince: number | null = null;
  #shown = '';

  /** @param tell hears every line of the timeline */
  constructor(chair: number, tell: (line: string) => void = () => {}) {
    this.#chair = chair;
    this.#tell = tell;
  }

  take(moment: Moment): void {
    this.#origin ??= moment.at;
    this.#remember(moment);
    switch (moment.kind) {
      case 'truth':
        return this.#truth(moment);
      case 'frame':
        return this.#screen(moment);
      case 'opened':
        this.#order = moment.order;
        this.#base = this.#last?.delivered ?? 0;
        this.#allowance = 0;
        return;
      case 'asked':
        this.#askedAt = moment.at;
        return;
      case 'answered':
        if (!moment.ok && this.#runSince === null) this.#askedAt = null;
        return;
      case 'stop-due':
        this.#due.set(moment.cause, { since: moment.at, standing: moment.standing });
        return;
      case 'over':
        this.#due.delete(moment.cause);
        return;
      case 'panel-start':
        this.#panelUntil = moment.at + STOP_BOUNDS['panel-start'] + MACHINE_SLACK;
        this.#loseCount();
        return;
      case 'panel-rate':
        this.#panelRateUntil = moment.at + STOP_BOUNDS['panel-rate'] + MACHINE_SLACK;
        return;
      case 'counter-lost':
        this.#loseCount();
        return;
      case 'note':
        return;
    }
  }

  /** Written to the timeline when it says something new. */
  #remember(moment: Moment): void {
    const text = sentence(moment, this.#origin ?? 0);
    const [, what = ''] = /^\S+ s (.*)$/.exec(text) ?? [];
    if (moment.kind === 'truth' && moment.delivering === this.#last?.delivering) return;
    if (moment.kind === 'frame') {
      if (what === this.#shown) return;
      this.#shown = what;
    }
    this.#around.push(text);
    this.#tell(`chair ${this.#chair + 1}: ${text}`);
    if (this.#around.length > REMEMBERED) this.#around.shift();
  }

  #truth(truth: Of<'truth'>): void {
    const before = this.#last;
    this.#last = truth;
    if (truth.delivering) this.#runSince ??= truth.at;
    else this.#rest(truth.at);
    if (truth.delivering) {
      this.#checkAsked(truth);
      this.#checkRate(truth);
      this.#checkStops(truth);
      this.#checkSilentMotion(truth);
    }
    // What ran and ended between two samples shows in the volume.
    const unseen = before !== null && !before.delivering && !truth.delivering && truth.delivered > before.delivered;
    if (unseen) this.#checkAsked(truth);
    this.#checkVolume(truth);
  }

  #rest(at: number): void {
    for (const [cause, { since, standing }] of this.#due) {
      if (this.#runSince !== null && this.#runSince <= at) this.#measure(cause, at - Math.max(since, this.#runSince));
      if (!standing) this.#due.delete(cause);
    }
    // the permission of a call ends with the run that it began.
    if (this.#runSince !== null) {
      this.#askedAt = null;
      this.#restSince = at;
    }
    this.#runSince = null;
    this.#silentMotionSince = null;
  }

  #measure(cause: StopCause, milliseconds: number): void {
    const boundMs = STOP_BOUNDS[cause];
    const measured = this.measured.get(cause) ?? { count: 0, worstMs: 0, boundMs };
    measured.count += 1;
    measured.worstMs = Math.max(measured.worstMs, milliseconds);
    this.measured.set(cause, measured);
  }

  /** nothing runs that no clinician asked for since it last stood still. */
  #checkAsked({ at }: Of<'truth'>): void {
    if (at <= this.#panelUntil) return;
    const asked = this.#askedAt;
    if (asked === null) return this.#violate(at, 'unasked', 'the pump delivers without a start or resume');
    const begun = this.#runSince ?? at;
    if (begun - asked > START_SHOWS_WITHIN) {
      this.#violate(at, 'unasked', `the pump began ${begun - asked} ms after the start was asked for`);
    }
  }

  /** A panel's start runs what was programmed last, which may be an earlier order, or what was typed there. */
  #checkRate({ at, rate }: Of<'truth'>): void {
    const ordered = this.#order?.rateUlPerH ?? 0;
    if (at > Math.max(this.#panelUntil, this.#panelRateUntil) && rate > ordered) {
      this.#violate(at, 'rate', `delivers ${rate} uL/h, ordered are ${ordered}`);
    }
  }

  #checkStops({ at }: Of<'truth'>): void {
    for (const [cause, { since }] of this.#due) {
      const late = at - Math.max(since, this.#runSince ?? at);
      if (late <= STOP_BOUNDS[cause] + MACHINE_SLACK) continue;
      this.#violate(at, 'stop', `still delivers ${late} ms after "${cause}" (bound ${STOP_BOUNDS[cause]} ms)`);
      this.#due.delete(cause);
    }
  }

  /** the session's volume, with one counter step and what no reading could show. */
  #checkVolume({ at, delivered }: Of<'truth'>): void {
    if (this.#order === null) return;
    const given = delivered - this.#base;
    const most = this.#order.volumeUl + VOLUME_TOLERANCE + this.#allowance;
    if (given <= most) return;
    this.#violate(at, 'volume', `${given.toFixed(1)} uL given, ordered are ${this.#order.volumeUl} (at most ${most})`);
    this.#order = { ...this.#order, volumeUl: Number.POSITIVE_INFINITY };
  }

  #loseCount(): void {
    this.#allowance += Math.ceil(((this.#order?.rateUlPerH ?? 0) * UNCOUNTED_FOR) / HOUR);
  }

  /** a stop without its read-back has its alarm. */
  #screen(moment: Of<'frame'>): void {
    const { at, frame } = moment;
    this.#compareVolume(moment);
    const isFirst = this.#frame === null || at - this.#frame.at > BLIND_AFTER;
    this.#frame = moment;
    if (isFirst || !frame.pump.stopPending) this.#stopPendingSince = frame.pump.stopPending ? at : null;
    this.#stopPendingSince ??= frame.pump.stopPending ? at : null;
    const pending = this.#stopPendingSince === null ? 0 : at - this.#stopPendingSince;
    const isAlarmed = frame.alarms.some(({ id }) => id === 'stop-not-confirmed');
    if (pending <= STOP_ALARM_WITHIN || isAlarmed) return;
    this.#violate(at, 'alarm', `a stop is unconfirmed for ${pending} ms without its alarm`);
    this.#stopPendingSince = at;
  }

  /** measured and not judged: what is shown of a pump that was read back at rest. */
  #compareVolume({ at, frame: { phase, session, pump } }: Of<'frame'>): void {
    const isRead =
      SHOWS_VOLUME.has(phase) &&
      pump.link === 'up' &&
      pump.ageMs !== null &&
      pump.ageMs + SAMPLING < at - this.#restSince;
    if (this.#order === null || this.#last === null || session === null || this.#last.delivering || !isRead) return;
    const missing = this.#last.delivered - this.#base - session.deliveredUl;
    const which = phase === 'interrupted' ? 'interrupted' : 'running';
    this.understatedUl[which] = Math.max(this.understatedUl[which], Math.round(missing));
  }

  /** by the truth: drug that moves while the screen shows no infusion is never silent. */
  #checkSilentMotion({ at }: Of<'truth'>): void {
    const shown = this.#frame !== null && at - this.#frame.at <= BLIND_AFTER ? this.#frame.frame : null;
    const isSilent =
      shown !== null && shown.phase !== 'infusing' && !shown.alarms.some(({ priority }) => priority === 'high');
    this.#silentMotionSince = isSilent ? (this.#silentMotionSince ?? at) : null;
    if (this.#silentMotionSince === null || at - this.#silentMotionSince <= STOP_ALARM_WITHIN) return;
    this.#violate(at, 'alarm', 'drug moves, and the screen shows neither an infusion nor a high alarm');
    this.#silentMotionSince = null;
  }

  #violate(at: number, rule: Violation['rule'], detail: string): void {
    const isRepeat = this.violations.some((one) => one.rule === rule && at - one.at < 10_000);
    if (!isRepeat) this.violations.push({ chair: this.#chair, at, rule, detail, around: [...this.#around] });
  }
}
