import { setTimeout as pause } from 'node:timers/promises';
import { rightCheck } from '../../main/station/testing-check.ts';
import { CLINICIAN, SUPERVISOR } from '../support/station-process.ts';
import type { Random } from './random.ts';
import type { Scene } from './scene.ts';
import type { ChairView } from './world.ts';

/** A chair that the same pause has locked takes two. */
const signedFor = ({ session }: ChairView) =>
  (session?.lockedBecause ?? null) === null ? {} : { signatures: { signature: CLINICIAN, second: SUPERVISOR } };
const GLANCE = 250;
const AFTER_REFUSAL = 1000;
const GIVE_UP_PAUSED_AFTER = 60_000;
const CONCENTRATION = 2000;
const HOUR = 3_600_000;
const DRUG_LOT = 'LOT-7';
/** Acts of a clinician at an infusing chair, and how often one of them comes at a glance. */
const INTERRUPTIONS = ['chair.stop', 'session.pause', 'session.end'] as const;
const INTERRUPTS_AT = 0.008;
const OVER: ReadonlySet<string> = new Set(['ended', 'interrupted']);

/** A call that the station accepted; the record must hold its row. */
export interface Acknowledged {
  readonly act: string;
  readonly session: string;
}

/**
 * A scripted clinician at one chair: open, check, arm, start, now and then stop or pause, acknowledge, resume, end, and
 * on to the next patient. Looks at the frame only, as a person does.
 */
export class Clinician {
  readonly acknowledged: Acknowledged[] = [];
  readonly refusals = new Map<string, number>();
  sessions = 0;
  runs = 0;
  #scene: Scene;
  #random: Random;
  #pausedSince: number | null = null;
  #isEnded = false;

  constructor(scene: Scene, random: Random) {
    this.#scene = scene;
    this.#random = random;
  }

  async work(): Promise<void> {
    while (!this.#isEnded) {
      const { view } = this.#scene;
      const isDone = view === null || (await this.#act(view));
      await pause(isDone ? GLANCE : AFTER_REFUSAL);
    }
  }

  end(): void {
    this.#isEnded = true;
  }

  /** One patient per chair, with all that was given before. */
  get #patientId(): string {
    return `P-${this.#scene.chairId}`;
  }

  #check() {
    const order = { concentrationUgPerMl: CONCENTRATION };
    return rightCheck({ patientId: this.#patientId, drugLot: DRUG_LOT, order });
  }

  /** False when the station refused. */
  async #act(view: ChairView): Promise<boolean> {
    if (view.phase !== 'paused') this.#pausedSince = null;
    const isUnseen = view.alarms.some(({ acknowledged }) => !acknowledged);
    if (isUnseen && view.phase !== 'infusing') {
      const alarms = view.alarms.map(({ key, raisedAtMs }) => ({ key, raisedAtMs }));
      return this.#ask('alarm.acknowledge', 'alarm.acknowledge', view, { alarms });
    }
    switch (view.phase) {
      case 'idle':
      case 'ended':
      case 'interrupted':
        return this.#open();
      case 'planned':
        return this.#ask('session.check', 'session.check', view, this.#check());
      case 'checked':
        return this.#ask('session.arm', 'session.arm', view);
      case 'armed':
        return isReady(view) ? this.#run('session.start', view, signedFor(view)) : true;
      case 'infusing':
        return this.#interrupt(view);
      case 'paused':
        return this.#paused(view);
    }
  }

  /** A short order, so that sessions come to their volume limit within the run. */
  async #open(): Promise<boolean> {
    const volumeUl = this.#random.between(20, 150) * 10;
    const durationMs = Math.ceil((volumeUl * HOUR) / this.#random.between(18_000, 34_000));
    const answer = await this.#scene.world.call('session.open', {
      chairId: this.#scene.chairId,
      patientId: this.#patientId,
      patientName: 'Alex Example',
      drugLot: DRUG_LOT,
      order: {
        entryId: 'KETAMINE-MOOD-CLINIC',
        concentrationUgPerMl: CONCENTRATION,
        weightG: 70_000,
        doseUg: volumeUl * 2,
        durationMs,
      },
      overrideReason: 'Short run in a chaos test',
    });
    if (!answer.ok) return this.#refused('session.open', answer.code);
    this.#scene.say({ kind: 'opened', order: { rateUlPerH: (volumeUl * HOUR) / durationMs, volumeUl } });
    this.sessions += 1;
    const { sessionId: session } = answer.value as { readonly sessionId: string };
    this.acknowledged.push({ act: 'session.open', session });
    return true;
  }

  async #paused(view: ChairView): Promise<boolean> {
    this.#pausedSince ??= performance.now();
    const isHopeless = performance.now() - this.#pausedSince > GIVE_UP_PAUSED_AFTER;
    if (isHopeless) return this.#ask('session.end', 'session.end', view, { reason: 'Cannot be resumed' });
    if (!isReady(view) || view.session === null) return true;
    const confirmedRateUlPerH = view.session.plan.rateUlPerH;
    const asked = { reason: 'Signs are steady again', confirmedRateUlPerH, ...signedFor(view) };
    return this.#run('session.resume', view, asked);
  }

  async #run(call: string, view: ChairView, input: object = {}): Promise<boolean> {
    this.#scene.say({ kind: 'asked', call });
    const isAccepted = await this.#ask(call, call, view, input);
    if (isAccepted) this.runs += 1;
    // The next glance must not see the frame of before.
    await pause(GLANCE);
    return isAccepted;
  }

  async #interrupt(view: ChairView): Promise<boolean> {
    if (!this.#random.chance(INTERRUPTS_AT)) return true;
    const call = INTERRUPTIONS[this.#random.between(0, 2)] ?? 'chair.stop';
    if (!this.#scene.isFaulty) this.#scene.due('operator', false);
    const input = call === 'chair.stop' ? {} : { reason: 'The patient asks for it' };
    return this.#ask(call, call, view, input);
  }

  async #ask(call: string, act: string, view: ChairView, input: object = {}): Promise<boolean> {
    const { world, chairId } = this.#scene;
    const { ok, code = '' } = await world.call(call, { chairId, ...input });
    if (call !== 'alarm.acknowledge') this.#scene.say({ kind: 'answered', call, ok, code });
    if (!ok) return this.#refused(call, code);
    // A session that is over takes no more rows.
    if (view.session !== null && !OVER.has(view.phase)) this.acknowledged.push({ act, session: view.session.id });
    return true;
  }

  #refused(call: string, code: string | undefined): false {
    const what = `${call} ${code}`;
    this.refusals.set(what, (this.refusals.get(what) ?? 0) + 1);
    return false;
  }
}

/** What the screen shows as ready: signs steady for long enough, pump read back at rest. */
function isReady({ steadyMs, steadyNeededMs, pump }: ChairView): boolean {
  return steadyMs >= steadyNeededMs && pump.link === 'up' && !pump.stopPending && !pump.commandPending;
}
