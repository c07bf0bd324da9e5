import { ALARMS, type AlarmId, type AlarmPriority } from '../../core/alarms.ts';
import { isCalling } from '../../core/engine/facts.ts';
import type { Effect } from '../../core/engine/effects.ts';
import type { EngineState } from '../../core/engine/state.ts';
import type { Millisecond } from '../../core/units.ts';

type AlarmEffect = Extract<Effect, { kind: 'alarm' }>;

/** Alarm load of one session, as it stands in the row that closes it: whole numbers only. */
export interface AlarmLoadFigures {
  readonly byPriority: { readonly [Priority in AlarmPriority]: number };
  /** How often each alarm was raised; only those that were. */
  readonly byAlarm: { readonly [Id in AlarmId]?: number };
  readonly escalated: number;
  readonly audioPauses: number;
  /** Time in which at least one alarm wanted to be heard. */
  readonly soundingMs: number;
  readonly overMs: number;
}

/** Counts what a session asks of the ears of those beside it. */
export class AlarmLoad {
  readonly #byPriority = { high: 0, medium: 0, low: 0 };
  readonly #byAlarm: { [Id in AlarmId]?: number } = {};
  #escalated = 0;
  #audioPauses = 0;
  #soundingMs = 0;
  #overMs = 0;
  #lastTick: Millisecond | null = null;
  #wasPaused = false;

  note({ id, change }: Pick<AlarmEffect, 'id' | 'change'>): void {
    if (change === 'escalated') this.#escalated += 1;
    if (change !== 'raised') return;
    this.#byPriority[ALARMS[id].priority] += 1;
    this.#byAlarm[id] = (this.#byAlarm[id] ?? 0) + 1;
  }

  /** To be called at every tick of the session. */
  tick({ alarms, audioPausedUntil }: Pick<EngineState, 'alarms' | 'audioPausedUntil'>, now: Millisecond): void {
    const gone = this.#lastTick === null ? 0 : Math.max(0, now - this.#lastTick);
    this.#lastTick = now;
    this.#overMs += gone;
    if (Object.values(alarms).some(isCalling)) this.#soundingMs += gone;
    const isPaused = audioPausedUntil !== null;
    if (isPaused && !this.#wasPaused) this.#audioPauses += 1;
    this.#wasPaused = isPaused;
  }

  figures(): AlarmLoadFigures {
    return {
      byPriority: { ...this.#byPriority },
      byAlarm: { ...this.#byAlarm },
      escalated: this.#escalated,
      audioPauses: this.#audioPauses,
      soundingMs: this.#soundingMs,
      overMs: this.#overMs,
    };
  }
}
