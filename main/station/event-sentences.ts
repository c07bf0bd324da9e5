import { messageOf, recordedKey } from '../../core/alarm-keys.ts';
import type { BedsideField } from '../../preload/contract/bedside.ts';
import { LEDGER_SENTENCES } from './ledger-sentences.ts';

/** What a sentence is made from: one row's own words and figures. */
export interface EventFacts {
  readonly act: string;
  readonly outcome: string;
  readonly reason?: string | undefined;
  readonly old?: unknown;
  readonly new?: unknown;
}

type Sentence = (facts: EventFacts) => string;

function figure(container: unknown, key: string): unknown {
  if (typeof container !== 'object' || container === null) return undefined;
  return new Map<string, unknown>(Object.entries(container)).get(key);
}

const word = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '?');
const text = (facts: EventFacts, key: string): string => word(figure(facts.new, key));
const count = (facts: EventFacts, key: string): number => Number(figure(facts.new, key) ?? Number.NaN);
const mL = (facts: EventFacts, key: string): string => `${count(facts, key) / 1000} mL`;
const rate = (facts: EventFacts): string => `${count(facts, 'rateUlPerH') / 1000} mL/h`;
const mg = (facts: EventFacts, key: string): string => `${count(facts, key) / 1000} mg`;
const because = ({ reason }: EventFacts): string => (reason === undefined || reason === '' ? '' : `: ${reason}`);

/** Of exports that had their name when they were cut off; nothing where there was none. */
const lateSheets = ({ new: figures }: EventFacts): string => {
  const sheets = Number(figure(figures, 'sheets') ?? 0);
  return sheets === 0 ? '' : `, ${sheets} anchor sheets got their name`;
};

/** An operator's act and, when it was refused, why. */
function asked(what: string): Sentence {
  return (facts) => {
    if (facts.outcome !== 'denied') return `${what}${because(facts)}`;
    const why = figure(facts.new, 'refused');
    return why === undefined ? `${what} refused` : `${what} refused (${word(why)})`;
  };
}

const READ_AT_BEDSIDE: Readonly<Record<BedsideField, (read: string) => string>> = {
  patientIdRead: (read) => `patient id "${read}"`,
  drugLotRead: (read) => `lot "${read}"`,
  concentrationRead: (read) => `concentration "${read}" mg/mL`,
};

/** What was read, or what of it did not match. Rows of older builds and exports without identifiers do not say it. */
function bedsideChecks(facts: EventFacts): string {
  const mismatched = figure(facts.new, 'mismatched');
  const isMismatch = Array.isArray(mismatched);
  if (facts.outcome === 'denied' && !isMismatch) return asked('Bedside checks')(facts);
  const read = (Object.keys(READ_AT_BEDSIDE) as BedsideField[])
    .filter((field) => figure(facts.new, field) !== undefined && (!isMismatch || mismatched.includes(field)))
    .map((field) => READ_AT_BEDSIDE[field](text(facts, field)))
    .join(', ');
  if (isMismatch) return `Bedside checks refused, not as in the session: ${read}`;
  return read === '' ? 'Bedside checks' : `Bedside checks: read ${read}`;
}

const witness = (facts: EventFacts): string => {
  const name = figure(facts.new, 'witnessName');
  return name === undefined ? '' : `, signed as second person by ${word(name)}`;
};

function outcomeOf(what: string): Sentence {
  return (facts) => {
    if (facts.outcome === 'ok') return `Pump confirmed ${what}`;
    if (facts.outcome === 'unknown') return `Outcome of ${what} is not known${because(facts)}`;
    return `Pump refused ${what}${because(facts)}`;
  };
}

function alarmMessage(facts: EventFacts): string {
  const key = recordedKey(figure(facts.new, 'id'), figure(facts.new, 'subject'));
  return key === null ? text(facts, 'id') : messageOf(key);
}

function withValue(facts: EventFacts): string {
  const value = figure(facts.new, 'value');
  const limit = figure(facts.new, 'limit');
  if (typeof value !== 'number') return '';
  return typeof limit === 'number' ? ` (value ${value}, limit ${limit})` : ` (value ${value})`;
}

const SENTENCES: Readonly<Record<string, Sentence>> = {
  'station.start': (facts) => `Station started, version ${text(facts, 'version')}`,
  'station.held': (facts) =>
    figure(facts.new, 'endsBy') === 'restart'
      ? `Nothing can be started until the station is restarted${because(facts)}`
      : `Nothing can be started until two persons sign${because(facts)}`,
  'configuration.accepted': (facts) => `Configuration accepted${because(facts)}`,
  'station.fault': (facts) => `The program met a fault, so nothing runs any more${because(facts)}`,
  'station.stop': () => 'Station closed',
  'station.error': (facts) => `The station failed to answer${because(facts)}`,
  'access.sign-in': () => 'Signed in',
  'access.sign-out': () => 'Signed out',
  'access.sign-in.failed': (facts) => `Sign-in failed${because(facts)}`,
  'access.lock': (facts) => `Screen locked${because(facts)}`,
  'access.unlock': () => 'Screen unlocked',
  'access.switch': () => 'Signed in over another person',
  'access.change': (facts) => `People: ${text(facts, 'what')}${because(facts)}`,
  'emergency.over': () => 'Emergency access is over',
  'access.denied': (facts) => `"${text(facts, 'leaf')}" refused${because(facts)}`,
  'session.open': (facts) =>
    `Session opened: ${mg(facts, 'doseUg')} ${text(facts, 'drug')} in ${mL(facts, 'volumeUl')} at ${rate(facts)}`,
  'limit.override': (facts) => `Soft limit passed with a reason${because(facts)}`,
  'limit.patient': (facts) => `Alarm limits of this patient differ from everybody's${because(facts)}`,
  'vitals.enter': (facts) =>
    facts.outcome === 'denied' ? `Reading refused${because(facts)}` : `${text(facts, 'what')} entered`,
  'session.check': bedsideChecks,
  'session.arm': asked('Arm'),
  'session.start': asked('Start'),
  'session.pause': asked('Pause'),
  'session.resume': (facts) => `${asked('Resume')(facts)}${witness(facts)}`,
  'session.end': asked('End'),
  'chair.pauses': (facts) =>
    figure(facts.new, 'lockedBy') === null
      ? 'Pauses that may lock this chair were counted'
      : 'The same pause came again and again: a second person has to sign',
  'chair.stop': asked('STOP'),
  'session.phase': (facts) => {
    const from = word(figure(facts.old, 'phase'));
    return `Session went from ${from} to ${text(facts, 'phase')}${because(facts)}, ${mL(facts, 'deliveredUl')} given`;
  },
  'session.gap': (facts) => {
    const volume = mL(facts, 'unseenUl');
    if (facts.outcome === 'ok') return `While the station was down the pump gave ${volume}, by its own counter`;
    if (facts.outcome === 'unknown')
      return `While the station was down the pump may have given ${volume}: not heard yet`;
    return `What the pump gave while the station was down cannot be told any more: up to ${volume} count as given`;
  },
  'session.close': (facts) => `Session closed, ${text(facts, 'state')}${because(facts)}`,
  'alarm.raised': (facts) => `Alarm: ${alarmMessage(facts)}${withValue(facts)}`,
  'alarm.cleared': (facts) => `Alarm over: ${alarmMessage(facts)}`,
  'alarm.acknowledged': (facts) => `Alarm acknowledged: ${alarmMessage(facts)}`,
  'alarm.escalated': (facts) => `Alarm now high, nobody came: ${alarmMessage(facts)}`,
  'alarm.paused': (facts) => `Sound paused: ${alarmMessage(facts)}`,
  'alarm.acknowledge': asked('Acknowledge alarms'),
  'alarm.pause-audio': (facts) => `Sound pause of ${text(facts, 'seconds')} s asked`,
  'sound.proved': () => 'A screen proves its sound',
  'sound.lost': () => 'No screen proves its sound any more',
  'sound.heard': () => 'Test tone heard',
  'sound.no-backup': () => 'This machine has no player for a backup sound',
  'self-test.write': () => 'Self-test: a row was written',
  'self-test': (facts) => (facts.outcome === 'ok' ? 'Self-test passed' : `Self-test failed${because(facts)}`),
  'pump.program.intent': (facts) => `Pump is to be set to ${rate(facts)}, at most ${mL(facts, 'volumeUl')}`,
  'pump.program.outcome': outcomeOf('the setting'),
  'pump.program.withdrawn': (facts) => `Pump setting was not sent${because(facts)}`,
  'pump.start.intent': () => 'Pump is to start',
  'pump.start.outcome': outcomeOf('the start'),
  'pump.start.withdrawn': (facts) => `Pump start was not sent${because(facts)}`,
  'pump.stop.intent': (facts) => `Stop sent to the pump (${text(facts, 'sent')})${because(facts)}`,
  'pump.stop.outcome': (facts) =>
    facts.outcome === 'ok' ? 'Pump reads back as not delivering' : `Stop ended${because(facts)}`,
  'pump.state': (facts) => `Pump reads back: ${text(facts, 'state')} at ${rate(facts)}`,
  'pump.identity': (facts) => `Pump says it is ${text(facts, 'model')}, firmware ${text(facts, 'firmware')}`,
  'link.change': (facts) => `Connection to the ${text(facts, 'device')}: ${text(facts, 'state')}${because(facts)}`,
  'device.alarm': (facts) =>
    `Device reports ${text(facts, 'code')}${figure(facts.new, 'active') === true ? '' : ', over'}`,
  'device.discarded': (facts) =>
    `${text(facts, 'bytes')} bytes from the ${text(facts, 'device')} rejected${because(facts)}`,
  'device.host.exit': (facts) => `Device process ended${because(facts)}`,
  'guard.tripped': (facts) => `Device process stopped the pump by itself${because(facts)}`,
  'demonstration.scenario': (facts) => `Demonstration: ${text(facts, 'scenario')}`,
  'export.begun': (facts) => `Export of ${text(facts, 'of')} ${text(facts, 'what')} began`,
  'export.session': (facts) => `Session ${text(facts, 'session')} exported, ${text(facts, 'rows')} rows`,
  ...LEDGER_SENTENCES,
  'export.collection': (facts) =>
    `${text(facts, 'sessions')} sessions exported (${text(facts, 'of')} ${text(facts, 'what')}), ${text(facts, 'rows')} rows`,
  'export.drafts': (facts) =>
    `${text(facts, 'removed')} drafts of exports that were cut off were removed, ${text(facts, 'left')} are still there${lateSheets(facts)}${because(facts)}`,
  'export.station-log': (facts) => `The log of the station was exported, ${text(facts, 'rows')} rows`,
  'export.ended': (facts) =>
    `Export of ${text(facts, 'of')} ${text(facts, 'what')} ended without a result${because(facts)}`,
  'log.gap': (facts) =>
    `The record could not be written: ${text(facts, 'delayedRows')} rows late, ${text(facts, 'lostRows')} lost`,
  'log.rejected': (facts) => `A row "${text(facts, 'act')}" could not be written${because(facts)}`,
  'log.genesis': (facts) =>
    figure(facts.new, 'segment') === undefined
      ? 'The record begins'
      : `The record goes on in segment ${text(facts, 'segment')}${because(facts)}`,
  'log.anchor.failed': (facts) => `An anchor of the record cannot be kept (${text(facts, 'place')})${because(facts)}`,
  'log.anchor.back': (facts) => `Anchors are kept again (${text(facts, 'place')})`,
  'log.anchor.unreadable': (facts) => `An anchor cannot be opened and was set aside (${text(facts, 'place')})`,
  'log.anchor.missing': (facts) => `An anchor that was kept is not there any more (${text(facts, 'place')})`,
  'log.segment.foreign': (facts) =>
    `From row ${text(facts, 'seq')} on the record has a root key of which no anchor says that this station began it`,
  'log.rollback': (facts) => `The record does not fit its anchor (${text(facts, 'place')})${because(facts)}`,
  'log.damage': (facts) => `The record is damaged at row ${text(facts, 'seq')}${because(facts)}`,
  'log.facts.corrected': (facts) => `The list of sessions was read anew from the record${because(facts)}`,
  'record.backup': (facts) =>
    facts.outcome === 'ok'
      ? `The record was copied, ${text(facts, 'rows')} rows`
      : `The record was not copied${because(facts)}`,
  'record.restored': (facts) =>
    `The copy ${text(facts, 'copy')} was put in the place of the record; it ends with row ${text(facts, 'rows')}`,
  'record.restore-accepted': (facts) => `Two persons signed for the copy that row ${text(facts, 'restored')} tells of`,
  'key.enrolled': (facts) =>
    facts.outcome === 'ok'
      ? `Two persons compared the root fingerprint with the paper: ${text(facts, 'rootFingerprint')}`
      : `The root fingerprint was not enrolled${because(facts)}`,
  'clock.step': (facts) => `The wall clock was moved by ${count(facts, 'stepMs') / 1000} s`,
  'key.store': (facts) =>
    `The key store of this computer failed for the key of "${text(facts, 'of')}"${because(facts)}`,
  'key.rotate': () => 'The record changed its signing key',
  unreadable: () => 'This row of the record cannot be read. Verify the record.',
  'pump.stopped-by-hand': asked('Stopped at the pump by hand'),
  'pump.progress': (facts) => `Given so far: ${mL(facts, 'deliveredUl')}, ${mg(facts, 'deliveredUg')}`,
  'trend.chunk': () => 'A minute of trends was written',
  'engine.chunk': (facts) => `${text(facts, 'events')} engine events were written`,
};

/** One plain sentence for any row; an act without a sentence of its own is shown by its name. */
export function sentenceOf(facts: EventFacts): string {
  return SENTENCES[facts.act]?.(facts) ?? `${facts.act}${because(facts)}`;
}
