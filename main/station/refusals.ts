import type { RefusalCode } from '../../core/engine/effects.ts';
import type { Answer } from './act-row.ts';

/** A request that is not carried out, with a code to branch on and a sentence that says what to do. */
export class Refusal extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
  }
}

/** Code for whoever has to choose a secret of their own before anything else. */
export const SECRET_FIRST = 'SECRET_MUST_CHANGE';

/** A refusal for who somebody is, what they may do or what they did before: each is a row of its own. */
export class Denial extends Refusal {
  readonly facts: { readonly [fact: string]: string };

  constructor(code: string, message: string, facts: { readonly [fact: string]: string } = {}) {
    super(code, message);
    this.facts = facts;
  }
}

export const SENTENCES: Readonly<Record<RefusalCode, string>> = {
  'wrong-phase': 'This is not possible in the present phase of the session.',
  'no-pump': 'No pump is connected. Check its power and cable, then try again.',
  'no-monitor': 'No monitor is connected. Check its power and cable, then try again.',
  'wrong-pump': 'Another pump answers than the one this session was armed with. Connect that pump or end the session.',
  'pump-not-stopped': 'The pump does not read back as stopped. Stop it at the pump, then try again.',
  'no-vitals': 'The monitor gives no valid vital signs. Check the sensor on the patient, then try again.',
  'vitals-not-steady': 'The vital signs have not been steady inside their limits for long enough. Wait and try again.',
  'alarm-not-acknowledged': 'An alarm waits for acknowledgement. Look at the patient, acknowledge it, then try again.',
  'alarm-active': 'An alarm condition still holds. Remove its cause, then try again.',
  'command-pending': 'A pump command is still under way. Wait for its outcome, then try again.',
  'outcome-unknown':
    'The outcome of the last pump command is not known. Wait until the pump reads back, then try again.',
  'reason-missing': 'Give a reason.',
  'rate-not-confirmed': 'The confirmed rate is not the rate of the plan. Read the rate again and confirm it.',
  'second-person-needed':
    'The same pause came again and again. Look for its cause; then a second clinician or a supervisor has to sign.',
  'dose-reached': 'The dose of this session has been given. End the session.',
  'sound-not-proved':
    'No screen proves that its alarms can be heard. Touch the screen, check the loudspeaker, then try again.',
  'library-unusable':
    'The drug library is not signed, whole and of today, so nothing may be started. Have its approvers look at it.',
  'station-held': 'This station is held: every screen says why, and what ends it. Then try again.',
  'prediction-ceiling':
    'The models predict a plasma concentration above the ceiling of the drug library. Wait until it has fallen.',
  'record-failed':
    'The record cannot be written, so nothing was sent to the pump. Check the disk of this station, then try again.',
};

/** Throws what the engine refused as a Refusal; returns when it accepted. */
export function requireAccepted(answer: Answer): void {
  if (answer.accepted) return;
  const { code, detail } = answer;
  const sentence = SENTENCES[code];
  throw new Refusal(code.toUpperCase().replaceAll('-', '_'), detail === '' ? sentence : `${sentence} (${detail})`);
}
