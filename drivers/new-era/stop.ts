import { mayDeliver, type Outcome } from '../../core/pump.ts';
import type { Exchange } from './exchange.ts';
import { WATCHDOG_SECONDS } from './manifest.ts';
import type { StatusReply } from './messages.ts';
import { command } from './requests.ts';

/** The first STP pauses, the second resets the program; the rest is for alarms, refusals and replies owed. */
const MAX_STOPS = 6;
const MAX_SILENCES = 2;

/**
 * Sends STP until the pump says that its program is stopped. Paused is not enough: a key at the panel would resume.
 * After two unanswered ones the outcome is unknown, and the caller keeps at it.
 */
export async function stop(exchange: Exchange): Promise<Outcome> {
  let last: StatusReply | null = null;
  let silences = 0;
  for (let sent = 0; sent < MAX_STOPS; sent += 1) {
    const owed = await exchange.preempt();
    const answer = await exchange.ask(command('STP', () => true));
    if (answer.kind === 'dropped') return { kind: 'unknown', detail: 'the line is closed' };
    if (answer.kind === 'silent') {
      silences += 1;
      if (silences === MAX_SILENCES) return { kind: 'unknown', detail: 'no reply to STP' };
      if (exchange.heard.basic) await backToSafeMode(exchange);
    } else if (!owed && answer.reply.kind === 'status') {
      // A reply that may belong to the exchange cut short is no evidence; nor is an alarm, which consumed the STP.
      last = answer.reply;
      if (last.state === 'stopped') return { kind: 'confirmed' };
    }
  }
  return settled(last);
}

/** A pump left in Basic mode obeys, but its unguarded replies count for nothing: so that the next one does. */
async function backToSafeMode(exchange: Exchange): Promise<void> {
  await exchange.ask({ ...command(`SAF${WATCHDOG_SECONDS}`, () => true), acceptsBasic: true });
}

function settled(last: StatusReply | null): Outcome {
  if (!last) return { kind: 'unknown', detail: 'no certain reply to STP' };
  if (!mayDeliver(last.state)) return { kind: 'confirmed' };
  if (last.error !== null) return { kind: 'refused', code: last.error };
  return { kind: 'unknown', detail: `the pump still reports ${last.state}` };
}
