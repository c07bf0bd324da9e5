import type { ChairFrame } from '../../../preload/contract/frames.ts';

type Phase = ChairFrame['phase'];

export const PHASE_WORDS = {
  idle: 'No session',
  planned: 'Planned',
  checked: 'Checked',
  armed: 'Armed',
  infusing: 'Infusing',
  paused: 'Paused',
  ended: 'Ended',
  interrupted: 'Interrupted',
} as const satisfies Record<Phase, string>;

/** The way of every session, in order. Paused, ended and interrupted stand in place of the last. */
export const STEPS = ['planned', 'checked', 'armed', 'infusing'] as const satisfies readonly Phase[];

/** Index of the step a phase stands at; -1 without a session. */
export function stepOf(phase: Phase | null): number {
  switch (phase) {
    case null:
    case 'idle':
      return -1;
    case 'planned':
      return 0;
    case 'checked':
      return 1;
    case 'armed':
      return 2;
    case 'infusing':
    case 'paused':
    case 'ended':
    case 'interrupted':
      return 3;
  }
}
