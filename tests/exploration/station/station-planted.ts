import type { AuditRow, SessionRecord, Trail } from '../../../db/trail.ts';
import type { Mistake } from './station-world.ts';

// Main with one mistake each, as a hurried change could bring it in: what it overlooks in the record, or sends wrongly.
// The search has to find every one.

const overlooking = (isSeen: (session: SessionRecord) => boolean): Mistake => ({
  view: (record) => override(record, { sessions: async () => (await record.sessions()).filter(isSeen) }),
});

const readingSessions = (change: (session: SessionRecord) => SessionRecord): Mistake => ({
  view: (record) => override(record, { sessions: async () => (await record.sessions()).map(change) }),
});

const misreading = (text: RegExp, by: string): Mistake => ({
  view: (record) =>
    override(record, {
      sessionRows: async (id) =>
        (await record.sessionRows(id)).map((row): AuditRow => ({ ...row, body: row.body.replaceAll(text, by) })),
    }),
});

/** The same record, but for these calls. */
function override(record: Trail, calls: Partial<Trail>): Trail {
  return new Proxy(record, {
    get: (target, name) => {
      const call: unknown = Reflect.get(calls, name) ?? Reflect.get(target, name);
      return typeof call === 'function' ? call.bind(target) : call;
    },
  });
}

/** What the search says of it; some break more than one claim, whichever is found first. */
interface Planted extends Mistake {
  readonly breaks: RegExp;
}

const DOSE = /was given/;
const ONE_EPOCH = /^epoch \d+ is of/;

export const PLANTED: Readonly<Record<string, Planted>> = {
  'forgets sessions that were closed': { ...overlooking(({ state }) => state === 'open'), breaks: ONE_EPOCH },
  'forgets sessions of the other chair': {
    ...overlooking(({ chairId }) => chairId === 'chair-1'),
    breaks: /was given|two sessions under way|is of/,
  },
  'takes an id in small letters for another patient': {
    ...readingSessions((session) => ({ ...session, patientId: session.patientId.replace('p-1', 'another') })),
    breaks: /was given|two sessions under way/,
  },
  'takes an open session for one that gives nothing more': {
    ...misreading(/"doseCeilingUg":\d+/g, '"doseCeilingUg":0'),
    breaks: DOSE,
  },
  'takes a stop that is not read back for one that is': {
    ...misreading(/"countedUg":\d+/g, '"countedUg":0'),
    breaks: DOSE,
  },
  'forgets what a pump may give after its session was closed': {
    ...misreading(/"runningTimeMs":\d+/g, '"runningTimeMs":0'),
    breaks: DOSE,
  },
  'believes a wall clock that was put forward': {
    view: (record) => override(record, { clockSteps: async () => [] }),
    breaks: DOSE,
  },
  'lets two openings at once overlook each other': {
    view: (record) => override(record, { sessions: oncePerTurn(() => record.sessions()) }),
    breaks: /two sessions under way|is of/,
  },
  'never closes a session in the record': {
    view: (record) => override(record, { closeSession: (_id, _state, event) => record.append(event) }),
    breaks: /two open sessions in the record/,
  },
  'sends a program with the epoch of the session before': {
    send: (message) => (message.kind === 'program' ? { ...message, epoch: message.epoch - 1 } : message),
    breaks: /^a program of epoch \d+, of /,
  },
  'starts with the epoch of the session before': {
    send: (message) => (message.kind === 'start' ? { ...message, epoch: message.epoch - 1 } : message),
    breaks: /^a start of epoch \d+, of /,
  },
};

/** Whoever asks before the next turn of the event loop gets the answer to the first question. */
function oncePerTurn<Answer>(ask: () => Promise<Answer>): () => Promise<Answer> {
  let answer: Promise<Answer> | null = null;
  const forget = () => {
    answer = null;
  };
  return () => {
    if (answer === null) setImmediate(forget);
    answer ??= ask();
    return answer;
  };
}
