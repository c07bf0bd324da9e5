import { keyFigures } from '../../core/alarm-keys.ts';
import { UNWRITTEN } from '../../core/engine/commands.ts';
import type { Effect, RefusalCode } from '../../core/engine/effects.ts';
import type { EngineEvent, OperatorEvent } from '../../core/engine/events.ts';
import { isRunning } from '../../core/engine/facts.ts';
import { initialState } from '../../core/engine/initial.ts';
import type { EngineState, PersonId, Phase, SessionBinding } from '../../core/engine/state.ts';
import { step } from '../../core/engine/step.ts';
import type { SafetyProfile } from '../../core/profile.ts';
import { type Millisecond, millisecond } from '../../core/units.ts';
import type { Parameter, VitalSample } from '../../core/vitals.ts';
import type { Actor } from '../../db/trail.ts';
import type { Clock } from '../../drivers/kit/clock.ts';
import type { SelfTestView } from '../../preload/contract/alarms.ts';
import type { ChairFrame, WaveBatch } from '../../preload/contract/frames.ts';
import type { ChairConfiguration } from '../configuration/configuration.ts';
import type { FromDeviceHost } from '../devices/messages.ts';
import type { SpawnDeviceHost } from '../devices/process.ts';
import { type ActRow, actDetails, type Answer } from './act-row.ts';
import { eventOf, type Unstamped } from './device-events.ts';
import { DeviceLog } from './device-log.ts';
import type { Given } from './earlier-dose.ts';
import { type KnownPauses, notePauses } from './earlier-pauses.ts';
import type { ChairEquipment } from './equipment.ts';
import { chairFrame, type SessionDetails } from './frames.ts';
import { HostKeeper } from './host-keeper.ts';
import type { KnownSession } from './interrupted.ts';
import { Journal } from './journal.ts';
import { boundPump } from './left-behind.ts';
import { Prediction } from './prediction.ts';
import { PumpCommands } from './pump-commands.ts';
import type { Recorder } from './recorder.ts';
import { given, SessionFile } from './session-file.ts';
import { SetUpWatch } from './set-up-watch.ts';
import { StopLog } from './stop-log.ts';

export interface ChairSupervisorOptions {
  readonly chair: ChairConfiguration;
  readonly equipment: ChairEquipment;
  readonly profile: SafetyProfile;
  readonly spawn: SpawnDeviceHost;
  readonly clock: Clock;
  readonly recorder: Recorder;
  /** Why the drug library may not be used at this moment, or null. */
  readonly libraryProblem: () => string | null;
  /** Whether the station waits for two signatures about itself. */
  readonly isHeld: () => boolean;
  readonly actorOf: (person: PersonId) => Actor;
  /** An alarm or the phase changed: the screens hear of it at once. */
  readonly onUrgent: () => void;
  readonly onWave: (batch: WaveBatch) => void;
}

const nothing = (): void => undefined;

const CLOSED_PHASES: ReadonlySet<Phase> = new Set(['idle', 'ended', 'interrupted']);
const RUNNING_PHASES: ReadonlySet<Phase> = new Set(['infusing', 'paused']);

/**
 * One chair: feeds the engine with what happens and carries out what it decides.
 *
 *     device host, operator, tick -> step() -> stop first -> rows -> permit, program, start, alarms, phase
 */
export class ChairSupervisor {
  readonly id: string;
  readonly journal: Journal;
  readonly #options: ChairSupervisorOptions;
  readonly #host: HostKeeper;
  readonly #commands: PumpCommands;
  readonly #stops: StopLog;
  readonly #deviceLog: DeviceLog;
  readonly #file: SessionFile;
  readonly #prediction = new Prediction();
  readonly #setUp = new SetUpWatch();
  readonly #linkDetail = { pump: 'not connected yet', monitor: 'not connected yet' };
  #state: EngineState;
  #details: SessionDetails | null = null;
  #earlier: readonly Given[] = [];
  #pauseReason: string | null = null;
  #withdrawn: RefusalCode | null = null;
  #arePausesUnread = false;
  #selfTest: SelfTestView | null = null;
  #hostHeardAt: Millisecond | null = null;

  constructor(options: ChairSupervisorOptions) {
    this.#options = options;
    const { chair, clock, recorder, actorOf } = options;
    this.id = chair.devices.chairId;
    this.#state = initialState(options.profile);
    this.journal = new Journal({ chairId: this.id, recorder, clock, actorOf });
    this.#stops = new StopLog(this.journal);
    this.#deviceLog = new DeviceLog(this.journal);
    this.#file = new SessionFile({ chairId: this.id, journal: this.journal, recorder });
    this.#commands = new PumpCommands({
      journal: this.journal,
      send: (message) => this.#host.send(message),
      onWritten: (commandId) => {
        this.#apply({ kind: 'written', commandId });
      },
      onUnwritten: (commandId) => {
        this.#apply({ kind: 'outcome', commandId, outcome: { kind: 'refused', code: UNWRITTEN } });
      },
    });
    this.#host = new HostKeeper({
      devices: chair.devices,
      spawn: options.spawn,
      stopFirst: () => (this.#mayBeRunning() ? 'The device process was started again' : null),
      onMessage: (message) => this.#receive(message),
      onExit: (reason) => this.#hostExited(reason),
    });
  }

  get state(): EngineState {
    return this.#state;
  }

  /** Monotonic time as the engine of this chair knows it (ms). */
  now(): Millisecond {
    return this.#options.clock.now();
  }

  get equipment(): ChairEquipment {
    return this.#options.equipment;
  }

  /** Whether a session is under way here, so that no other may be opened. */
  get isOccupied(): boolean {
    return !CLOSED_PHASES.has(this.#state.phase);
  }

  /** How long the process that guards the pump has said nothing (ms); infinite before its first word. */
  get hostSilence(): number {
    return this.#hostHeardAt === null ? Number.POSITIVE_INFINITY : this.#options.clock.now() - this.#hostHeardAt;
  }

  /** A stop was sent that the pump has not read back yet. */
  get name(): string {
    return this.#options.chair.name;
  }

  get isRunning(): boolean {
    return isRunning(this.#state);
  }

  get isStopping(): boolean {
    return this.#state.stopping !== null;
  }

  /** The station ends: whatever may run here is stopped, at once. */
  stopForClosing(): void {
    if (this.#mayBeRunning()) this.#apply({ kind: 'stop', by: null, reason: 'The station was closed' });
  }

  tick(): void {
    this.#apply({ kind: 'tick' });
    this.#followStation();
    const now = this.#options.clock.now();
    this.#file.tick(this.#state, now);
    this.#prediction.follow(this.#state, this.#details?.entry.drug ?? '', now, this.#earlier);
    this.#judgePrediction();
  }

  #followStation(): void {
    const usable = this.#options.libraryProblem() === null;
    if (usable !== this.#state.libraryUsable) this.#apply({ kind: 'library', usable });
    const held = this.#options.isHeld();
    if (held !== this.#state.stationHeld) this.#apply({ kind: 'hold', held });
  }

  /** As an event, so that a replay decides by the same figure. Rounded up, and told only when it changed. */
  #judgePrediction(): void {
    const maxNgPerMl = this.#prediction.highest(this.#state);
    if (maxNgPerMl !== null && maxNgPerMl !== this.#state.predicted) this.#apply({ kind: 'prediction', maxNgPerMl });
  }

  recordHealth(healthy: boolean): void {
    this.#apply({ kind: 'record', healthy });
  }

  /** This process met a fault that nobody caught. */
  fault(): void {
    this.#apply({ kind: 'fault' });
  }

  /** Whether some page proves that alarms can be heard. */
  sound(proved: boolean): void {
    this.#apply({ kind: 'sound', proved });
  }

  /** Shown in the frames until the next one. */
  showSelfTest(selfTest: SelfTestView): void {
    this.#selfTest = selfTest;
  }

  /** Puts a person's request to the engine and writes both down, accepted or refused. */
  operate(event: OperatorEvent, row: ActRow): Answer {
    if (row.by !== null) this.#setUp.worked(this.#state, this.now());
    return this.#apply(event, (answer) => this.#noteAct(row, answer));
  }

  /** whether a person who signed in then (monotonic ms) may act on the session; an idle set-up is taken up by it. */
  takeUp(signedInAt: number): boolean {
    return this.#setUp.takeUp(this.#state, signedInAt, this.now());
  }

  /** Readings that a person took `takenAgo` milliseconds ago; they are samples to the engine, and an act in the record. */
  enterReading(figures: readonly (readonly [Parameter, number])[], takenAgo: number, row: Omit<ActRow, 'act'>): void {
    const at = millisecond(Math.floor(this.now() - takenAgo));
    const samples = figures.map(([parameter, value]): VitalSample => ({ parameter, value, quality: 'good', at }));
    this.#apply({ kind: 'vitals', samples }, (answer) => this.#noteAct({ act: 'vitals.enter', ...row }, answer));
  }

  /**
   * The session's row must be durable before this is called. When refused, the caller closes the session's row.
   * @param earlier what this patient was given of the same drug before, for the prediction
   */
  plan(binding: SessionBinding, details: SessionDetails, by: PersonId, earlier: readonly Given[] = []): Answer {
    let answer: Answer = { accepted: true };
    const previous = this.#details;
    this.#setUp.worked(this.#state, this.now());
    this.#file.begin(binding, this.#state, () => {
      // Ahead of the event: the frame that shows the planned chair goes out during it.
      this.#details = details;
      answer = this.#apply({ kind: 'plan', by, binding });
      if (!answer.accepted) this.#details = previous;
      else this.#earlier = earlier;
      return answer.accepted;
    });
    return answer;
  }

  /** neither a new session nor a restart lets the same pause begin to count anew. */
  recallPauses({ pauses, lockedBy, isUnread }: KnownPauses): void {
    this.#arePausesUnread = isUnread;
    this.#apply({ kind: 'earlier-pauses', pauses, lockedBy });
  }

  /** What counts here now. */
  get pauses(): KnownPauses {
    const { pauses, lockedBy } = this.#state;
    return { pauses, lockedBy, isUnread: this.#arePausesUnread };
  }

  /** a session that was open when the station died is shown as interrupted; nothing runs. */
  interrupt({ binding, details, left }: KnownSession, delivered: number): void {
    this.#file.takeUp(binding, this.#state);
    this.#details = details;
    const pump = left(this.#options.chair.devices.pump);
    this.#apply({ kind: 'interrupted', binding, delivered, ...(pump !== null && { left: pump }) });
  }

  frame(): ChairFrame {
    const now = this.#options.clock.now();
    const facts = {
      id: this.id,
      name: this.#options.chair.name,
      equipment: this.equipment,
      details: this.#details,
      pumpLinkDetail: this.#linkDetail.pump,
      monitorLinkDetail: this.#linkDetail.monitor,
      pauseReason: this.#pauseReason,
      withdrawnBecause: this.#withdrawn,
      arePausesUnread: this.#arePausesUnread,
      prediction: this.#prediction.view(this.#state, now),
      selfTest: this.#selfTest,
      setUpIdle: this.#setUp.isIdle(this.#state, now),
      libraryProblem: this.#options.libraryProblem(),
      wallClock: new Date(),
    };
    return chairFrame(this.#state, facts, now);
  }

  /** Hands over the trends so far and lets the device host go. */
  async close(patience: number): Promise<void> {
    this.#file.leave(this.#state);
    await this.#host.close(patience);
  }

  #mayBeRunning(): boolean {
    const { phase, pending, stopping } = this.#state;
    return RUNNING_PHASES.has(phase) || pending !== null || stopping !== null;
  }

  #receive(message: FromDeviceHost): void {
    this.#hostHeardAt = this.#options.clock.now();
    if (message.kind === 'link') this.#linkDetail[message.device] = message.detail;
    if (message.kind === 'wave') return this.#wave(message);
    const event = eventOf(message);
    if (event === null) this.#deviceLog.observe(message);
    else this.#apply(event, () => this.#noteMessage(message));
  }

  #noteMessage(message: FromDeviceHost): void {
    if (message.kind === 'outcome') this.#commands.outcome(message.id, message.outcome);
    else this.#deviceLog.observe(message);
  }

  #wave({ samples, at }: Extract<FromDeviceHost, { kind: 'wave' }>): void {
    const samplesPerSecond = this.equipment.waveSamplesPerSecond;
    this.#options.onWave({ chairId: this.id, samples: [...samples], samplesPerSecond, atMs: at });
  }

  #hostExited(reason: string): void {
    const detail = 'The device process ended and is started again';
    this.#apply({ kind: 'guard', reason: 'host-died' }, () => {
      this.#deviceLog.hostExited(reason);
      this.#commands.lost(reason);
    });
    for (const device of ['pump', 'monitor'] as const) {
      this.#linkDetail[device] = detail;
      this.#apply({ kind: 'link', device, state: 'down', detail });
    }
  }

  /** `noteCause` writes down what happened: after the stops it led to were sent, before what else it led to. */
  #apply(event: Unstamped, noteCause: (answer: Answer) => void = nothing): Answer {
    const at = this.#options.clock.now();
    const before = this.#state;
    const stamped: EngineEvent = { ...event, at };
    const { state, effects } = step(before, stamped);
    this.#state = state;
    // ahead of every other effect, and on the wire to the device host before anything is written.
    for (const effect of effects) if (effect.kind === 'stop') this.#host.send({ ...effect, at });
    this.#file.take(stamped);
    const answer = answerIn(effects);
    noteCause(answer);
    for (const effect of effects) this.#carryOut(effect);
    notePauses(before, state, at, this.journal);
    if (before.stopping !== null && state.stopping === null) this.#stops.over(event.kind === 'stopped-by-hand');
    this.#file.accountFor(before, state);
    if (before.phase !== state.phase) this.#file.phaseChanged(state.phase, before.session ?? state.session, at);
    this.#file.settle(state, at);
    if (effects.some(({ kind }) => kind === 'alarm' || kind === 'phase')) this.#options.onUrgent();
    return answer;
  }

  #noteAct(row: ActRow, answer: Answer): void {
    this.journal.note(row.act, actDetails(row, answer));
  }

  #carryOut(effect: Effect): void {
    switch (effect.kind) {
      case 'permit':
        return this.#host.send(effect);
      case 'program':
      case 'start':
        this.#withdrawn = null;
        return void this.#commands.command(effect, this.#state.session?.epoch ?? 0);
      case 'send':
        return this.#commands.send(effect.id);
      case 'withdrawn':
        return this.#noteWithdrawn(effect);
      case 'stop':
        return this.#stops.sent(effect.reason, this.#options.clock.now());
      case 'alarm':
        return this.#noteAlarm(effect);
      case 'phase':
        return this.#notePhase(effect);
      case 'answer':
        return;
    }
  }

  #noteWithdrawn({ id, code, detail }: Extract<Effect, { kind: 'withdrawn' }>): void {
    this.#withdrawn = code;
    this.#commands.withdraw(id, detail);
  }

  #noteAlarm(effect: Extract<Effect, { kind: 'alarm' }>): void {
    const { key, change, by, value, limit } = effect;
    this.#file.alarm(effect);
    const rounded = (figure: number | null) => (figure === null ? null : Math.round(figure));
    this.journal.note(`alarm.${change}`, {
      by,
      new: { ...keyFigures(key), value: rounded(value), limit: rounded(limit) },
    });
  }

  #notePhase({ from, to, reason, by }: Extract<Effect, { kind: 'phase' }>): void {
    this.#pauseReason = to === 'paused' ? reason : null;
    this.#withdrawn = null;
    // A lock that nobody lifted is the same lock; whatever comes after it can be read.
    this.#arePausesUnread &&= this.#state.lockedBy !== null;
    const { boundPump: pump } = this.#state;
    const bound = to === 'armed' && pump !== null && { pump: boundPump(pump, this.#options.chair.devices.pump) };
    const figures = { phase: to, ...given(this.#state), ...bound, ...this.#file.mark(this.#state) };
    this.journal.note('session.phase', { by, reason, old: { phase: from }, new: figures });
  }
}

function answerIn(effects: readonly Effect[]): Answer {
  const answer = effects.find((effect) => effect.kind === 'answer');
  return answer ?? { accepted: true };
}
