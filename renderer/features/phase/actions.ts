import type { ChairFrame } from '../../../preload/contract/frames.ts';
import type { ShownChair } from '../../app/shown.ts';

export type Action = 'open' | 'check' | 'arm' | 'start' | 'pause' | 'resume' | 'end';

export const ACTION_WORDS = {
  open: 'Open a session',
  check: 'Bedside check',
  arm: 'Arm',
  start: 'Start the infusion',
  pause: 'Pause',
  resume: 'Resume',
  end: 'End the session',
} as const satisfies Record<Action, string>;

export interface Offered {
  readonly next: Action | null;
  readonly others: readonly Action[];
}

/** The one next action of a phase. What the station really allows it says itself, by refusing. */
export function offered(phase: ChairFrame['phase'] | null): Offered {
  switch (phase) {
    case null:
      return { next: null, others: [] };
    case 'idle':
    case 'ended':
    case 'interrupted':
      return { next: 'open', others: [] };
    case 'planned':
      return { next: 'check', others: ['end'] };
    case 'checked':
      return { next: 'arm', others: ['end'] };
    case 'armed':
      return { next: 'start', others: ['end'] };
    case 'infusing':
      return { next: 'pause', others: ['end'] };
    case 'paused':
      return { next: 'resume', others: ['end'] };
  }
}

const wholeSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000);

const RAISING: ReadonlySet<Action> = new Set(['arm', 'start', 'resume']);

/** Why an action cannot succeed yet, as the station's own frame says. Empty: nothing known against it. */
export function blockers(chair: ShownChair, action: Action): readonly string[] {
  if (action === 'open') {
    if (chair.libraryProblem !== null) return [chair.libraryProblem];
    const waiting = chair.alarms.some(({ priority, acknowledged }) => priority === 'high' && !acknowledged);
    return waiting ? ['Acknowledge the high alarm first'] : [];
  }
  const held = chair.alarms.some(({ id, active }) => id === 'station-held' && active);
  const reasons = held && RAISING.has(action) ? ['The station is held: see the notice'] : [];
  if (action !== 'start' && action !== 'resume') return reasons;
  if (chair.steadyMs !== null && chair.steadyMs < chair.steadyNeededMs) {
    reasons.push(`Steady vitals ${wholeSeconds(chair.steadyMs)} of ${wholeSeconds(chair.steadyNeededMs)} s`);
  }
  if (chair.pump.link !== 'up') reasons.push('No connection to the pump');
  if (chair.monitor.link !== 'up') reasons.push('No connection to the monitor');
  if (chair.libraryProblem !== null) reasons.push(chair.libraryProblem);
  if (!chair.recordHealthy) reasons.push('The record cannot be written');
  const high = chair.alarms.filter(({ priority }) => priority === 'high');
  if (high.some(({ acknowledged }) => !acknowledged)) reasons.push('Acknowledge the high alarm first');
  else if (high.length > 0) reasons.push('High alarm lasts');
  return reasons;
}
