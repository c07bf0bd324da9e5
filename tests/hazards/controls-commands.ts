import type { ControlGroup } from './controls.ts';

/** What the rules for orders and commands hold against hazards. */
export const COMMAND_CONTROLS: readonly ControlGroup[] = [
  {
    file: 'core/plan.ts',
    test: 'core/plan.test.ts',
    removals: [
      {
        hazard: 1,
        control: 'an order beyond a hard limit gives no plan',
        text: "if (isForbidden(findings)) return { kind: 'refused', findings };",
        without: '',
        fails: 'soft findings leave a plan, a hard one leaves none',
      },
      {
        hazard: 6,
        control: 'a malformed figure is blocked',
        text: "if (malformed.length > 0) return { kind: 'refused', findings: malformed };",
        without: '',
        fails: 'without a weight is refused',
      },
    ],
  },
  {
    file: 'core/limits.ts',
    test: 'core/plan.test.ts',
    removals: [
      {
        hazard: 6,
        control: 'a figure above its soft limit is found',
        text: "if (above(range.softMax)) return finding('soft', 'above', range.softMax);",
        without: '',
        fails: 'dose rate above its soft limit',
      },
      {
        hazard: 7,
        control: 'a concentration that the entry does not list is refused',
        text: 'if (allowed.includes(value)) return [];',
        without: 'if (value > 0) return [];',
        fails: 'a concentration that the entry does not list is refused',
      },
    ],
  },
  {
    file: 'core/shipped-library.ts',
    test: 'core/shipped-library.test.ts',
    removals: [
      {
        hazard: 7,
        control: 'an unknown drug has no entry',
        text: '(entry) => entry.id === id) ?? null',
        without: '(entry) => entry.id === id) ?? library.entries[0] ?? null',
        fails: 'finds an entry by its id and nothing else',
      },
    ],
  },
  {
    file: 'core/engine/commands.ts',
    test: 'core/engine/run.test.ts',
    removals: [
      {
        hazard: 3,
        control: 'a resumed run gives only what is left',
        text: 'const volume = volumeLeft(session, turn.state.pump.delivered);',
        without: 'const { volume } = session.plan;',
        fails: 'after a pause gives only what is left',
      },
      {
        hazard: 17,
        control: 'only the outcome of the command under way counts',
        text: 'if (pending === null || pending.id !== commandId || pending.confirmedAt !== null) return turn;',
        without: 'if (pending === null) return turn;',
        fails: 'of an abandoned command starts nothing',
      },
      {
        hazard: 9,
        control: 'a command goes out only with all that a start asks for at that moment',
        text: 'if (pending === null || pending.id !== commandId || pending.sent) return turn;\n  const unmet = firstUnmet(TO_GO_ON, turn.state, turn.at);',
        without:
          'if (pending === null || pending.id !== commandId || pending.sent) return turn;\n  const unmet = firstUnmet([], turn.state, turn.at);',
        fails: 'when its program was written down: without fresh vital signs nothing is sent',
      },
      {
        hazard: 34,
        control: 'a failed record lets nothing start',
        text: 'confirmedAt: turn.at } });\n  const unmet = firstUnmet(TO_GO_ON, turn.state, turn.at);',
        without: 'confirmedAt: turn.at } });\n  const unmet = firstUnmet([], turn.state, turn.at);',
        fails: 'when the program is confirmed: without the record the pump is not started',
      },
      {
        hazard: 17,
        control: 'a command goes out once',
        text: 'pending.id !== commandId || pending.sent) return turn;',
        without: 'pending.id !== commandId) return turn;',
        fails: 'and a command goes out once, however often its intent was written',
      },
    ],
  },
  {
    file: 'core/engine/requirements.ts',
    test: 'core/engine/run.test.ts',
    removals: [
      {
        hazard: 8,
        control: 'a library that expired between request and start lets nothing start',
        text: '  met: ({ libraryUsable }) => libraryUsable,',
        without: '  met: () => true,',
        fails: 'when the program is confirmed: without the drug library (R-4.9) the pump is not started',
      },
      {
        hazard: 38,
        control: 'a station that came to be held between request and start lets nothing start',
        text: '  met: ({ stationHeld }) => !stationHeld,',
        without: '  met: () => true,',
        fails: 'when the program is confirmed: without two signatures the pump is not started',
      },
    ],
  },
  {
    file: 'core/engine/permit.ts',
    test: 'core/engine/permit.test.ts',
    removals: [
      {
        hazard: 21,
        control: 'a permission is renewed only while all is well',
        text: 'return due && isRunning(turn.state) && isWell(turn.state, turn.at) ? grantPermit(turn) : turn;',
        without: 'return due && isRunning(turn.state) ? grantPermit(turn) : turn;',
        fails: 'is not renewed over stale vital signs',
      },
    ],
  },
  {
    file: 'core/engine/requirements.ts',
    test: 'core/engine/requirements.test.ts',
    removals: [
      {
        hazard: 17,
        control: 'one command at a time',
        text: '[noCommandPending, ...TO_GO_ON]',
        without: 'TO_GO_ON',
        fails: 'a finished command',
      },
      {
        hazard: 18,
        control: 'vital signs must have been steady',
        text: '\n  vitalsSteady,',
        without: '',
        fails: 'values in limits',
      },
      {
        hazard: 18,
        control: 'the rate is confirmed anew',
        text: 'met: ({ session }) => session?.plan.rate === rate,',
        without: 'met: ({ session }) => session !== null,',
        fails: 'the planned rate',
      },
      {
        hazard: 39,
        control: 'nobody overrides an alarm that pauses',
        text: '\n  noPauseCondition,',
        without: '',
        fails: 'a pump without alarm',
      },
    ],
  },
  {
    file: 'core/engine/requirements.ts',
    test: 'core/engine/session.test.ts',
    removals: [
      {
        hazard: 36,
        control: 'no session begins while another is open',
        text: "  inPhase('idle', 'ended', 'interrupted'),\n  pumpStopped,",
        without: '  pumpStopped,',
        fails: 'goes step by step and each step only once',
      },
    ],
  },
  {
    file: 'main/library/signed-library.ts',
    test: 'main/library/signed-library.test.ts',
    removals: [
      {
        hazard: 8,
        control: 'a library changed after it was signed gives no entry',
        text: "if (!isSignedBy(Buffer.from(key, 'hex'), message, Buffer.from(own.signature, 'hex'))) {",
        without: 'if (!isSignedBy.name) {',
        fails: 'changed after it was signed',
      },
      {
        hazard: 8,
        control: 'an expired library may not be used',
        text: 'return now.getTime() < Date.parse(until) ? null :',
        without: 'return now.getTime() < Number.POSITIVE_INFINITY ? null :',
        fails: 'the days of a library are in UTC',
      },
    ],
  },
  {
    file: 'core/engine/predictions.ts',
    test: 'core/engine/predictions.test.ts',
    removals: [
      {
        hazard: 1,
        control: 'a prediction above its ceiling stops the pump',
        text: 'return ceiling !== null && state.predicted > ceiling;',
        without: 'return ceiling !== null && state.predicted < 0;',
        fails: 'stops a running infusion at once, with its figure and the ceiling',
      },
    ],
  },
  {
    file: 'core/engine/repeated-pauses.ts',
    test: 'core/engine/repeated-pauses.test.ts',
    removals: [
      {
        hazard: 19,
        control: 'the third pause of one cause locks the chair',
        text: 'return isTooOften ? change(',
        without: 'return isTooOften && turn.at < 0 ? change(',
        fails: 'locks the third time and opens only for a second person',
      },
      {
        hazard: 19,
        control: 'nobody is their own second person',
        text: '(second !== undefined && second !== by)',
        without: 'second !== undefined',
        fails: 'locks the third time and opens only for a second person',
      },
      {
        hazard: 19,
        control: 'all alarms of one sign are one cause',
        text: 'return rule?.parameter ?? idOf(key);',
        without: 'return rule === undefined ? idOf(key) : idOf(key);',
        fails: 'two alarms of one sign are one cause',
      },
    ],
  },
  {
    file: 'core/engine/operator.ts',
    test: 'core/engine/repeated-pauses.test.ts',
    removals: [
      {
        hazard: 19,
        control: 'a new session at a locked chair starts only with a second person',
        text: "[inPhase('armed'), secondPersonSigned(by, second), ...TO_RUN]",
        without: "[inPhase('armed'), ...TO_RUN]",
        fails: 'by a new session, of patient p-1: its start needs a second person',
      },
    ],
  },
  {
    file: 'main/station/earlier-pauses.ts',
    test: 'main/station/earlier-pauses.test.ts',
    removals: [
      {
        hazard: 19,
        control: 'a restart forgets no pause',
        text: 'if (known !== undefined) return knownIn(known, now, await trail.clockSteps());',
        without: 'if (known !== undefined) return NONE;',
        fails: 'three pauses, two stations',
      },
      {
        hazard: 19,
        control: 'a row that cannot be read locks',
        text: 'if (known === null) return UNREADABLE;',
        without: 'if (known === null) return NONE;',
        fails: 'is a lock where a row that cannot be read at all',
      },
    ],
  },
  {
    file: 'main/station/handlers/open-session.ts',
    test: 'main/station/handlers/open-session.test.ts',
    removals: [
      {
        hazard: 19,
        control: "a patient's pauses count on at another chair",
        text: 'if (carried !== null) chair.recallPauses(carried);',
        without: '',
        fails: 'a patient who was paused twice at another chair',
      },
    ],
  },
  {
    file: 'core/engine/operator.ts',
    test: 'core/engine/session.test.ts',
    removals: [
      {
        hazard: 23,
        control: 'a session found open at start-up is interrupted',
        text: "enter(opened, 'interrupted', 'found open at start-up', null)",
        without: "enter(opened, 'paused', 'found open at start-up', null)",
        fails: 'is never continued, and its pump is stopped when it runs',
      },
    ],
  },
];
