import type { ShownChair } from '../../app/shown.ts';
import { age } from '../../ui/format.ts';
import { pumpView } from '../pump/pump-view.ts';
import type { StopPress } from './stop-control.ts';

export interface StopText {
  readonly text: string;
  readonly tone: 'calm' | 'waiting' | 'failed';
}

/** What the pump reads back, for the line under STOP. */
function reported(chair: ShownChair): string {
  const { state, flowUlPerH } = pumpView(chair);
  if (flowUlPerH === null) return `pump: ${state}`;
  return `pump reads back ${state.toUpperCase()}, ${age(chair.pump.ageMs)} ago`;
}

/** Tells apart: asked, sent, and read back as stopped. A sent stop is never told as a stopped pump. */
export function stopText(chair: ShownChair, press: StopPress | undefined): StopText {
  if (press?.kind === 'failed') return { text: `${press.message} - stop at the pump`, tone: 'failed' };
  if (!chair.live) return { text: 'No connection - stop at the pump', tone: 'failed' };
  if (chair.alarms.some((alarm) => alarm.id === 'stop-not-confirmed' && alarm.active)) {
    return { text: 'STOP NOT CONFIRMED - stop at the pump', tone: 'failed' };
  }
  if (press?.kind === 'sending') return { text: 'Sending stop ...', tone: 'waiting' };
  const { flowUlPerH } = pumpView(chair);
  if (press?.kind === 'sent' && flowUlPerH === null) {
    return { text: 'Stop sent, the pump cannot be read - stop at the pump', tone: 'failed' };
  }
  if (chair.pump.stopPending || (press?.kind === 'sent' && flowUlPerH !== 0))
    return { text: `Stop sent, not confirmed yet - ${reported(chair)}`, tone: 'waiting' };
  if (press?.kind === 'sent') return { text: `Stop sent - ${reported(chair)}`, tone: 'calm' };
  return { text: capital(reported(chair)), tone: 'calm' };
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
