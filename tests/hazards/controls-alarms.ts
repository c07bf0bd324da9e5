import type { ControlGroup } from './controls.ts';

/** What makes sure that an alarm reaches somebody. */
export const ALARM_CONTROLS: readonly ControlGroup[] = [
  {
    file: 'core/engine/supervise.ts',
    test: 'core/engine/audio-pause.test.ts',
    removals: [
      {
        hazard: 11,
        control: 'a medium alarm that nobody answers becomes high',
        text: 'return waits && hasLasted(alarm.raisedAt, escalateAfter, at) ? escalate(next, key, alarm) : next;',
        without: 'return waits && hasLasted(alarm.raisedAt, escalateAfter, at) ? next : next;',
        fails: 'that nobody acknowledges for 2 min becomes high',
      },
    ],
  },
  {
    file: 'core/engine/vital-conditions.ts',
    test: 'core/engine/alarm-keys.test.ts',
    removals: [
      {
        hazard: 11,
        control: 'a poor signal of another sign is another alarm',
        text: "condition(alarmKey('signal-poor', parameter))",
        without: "condition('signal-poor')",
        fails: 'the second is raised although the first is acknowledged',
      },
    ],
  },
  {
    file: 'core/engine/alarm-book.ts',
    test: 'core/engine/audio-pause.test.ts',
    removals: [
      {
        hazard: 11,
        control: 'only alarms that were drawn are acknowledged',
        text: 'alarm.acknowledgedBy === null && isDrawn(drawn, key, alarm))',
        without: 'alarm.acknowledgedBy === null)',
        fails: 'answers only the alarms that were seen',
      },
      {
        hazard: 12,
        control: 'an answer to one raising does not cover the next of the same name',
        text: ' && (seen.raisedAt ?? raisedAt) === raisedAt',
        without: '',
        fails: 'answers only the raising that was drawn',
      },
    ],
  },
  {
    file: 'core/engine/audio-pause.ts',
    test: 'core/engine/audio-pause.test.ts',
    removals: [
      {
        hazard: 12,
        control: 'an audio pause has a longest time',
        text: 'turn.at + Math.min(duration, LONGEST)',
        without: 'turn.at + Math.max(duration, LONGEST)',
        fails: 'never lasts longer than 120 s',
      },
      {
        hazard: 12,
        control: 'an audio pause ends by itself',
        text: 'return isNeeded && turn.at < audioPausedUntil ? turn : endAudioPause(turn);',
        without: 'return isNeeded ? turn : endAudioPause(turn);',
        fails: 'quiets the alarms that were seen for its time',
      },
    ],
  },
  {
    file: 'core/engine/requirements.ts',
    test: 'core/engine/audio-pause.test.ts',
    removals: [
      {
        hazard: 12,
        control: 'nothing starts without proved sound',
        text: 'met: (state) => state.soundProved,',
        without: 'met: () => true,',
        fails: 'keeps a session from starting',
      },
    ],
  },
  {
    file: 'core/engine/station-conditions.ts',
    test: 'core/engine/audio-pause.test.ts',
    removals: [
      {
        hazard: 12,
        control: 'lost sound at a controlled pump is an alarm',
        text: "if (!state.soundProved && isControlled(state)) found.push(condition('sound-lost'));",
        without: '',
        fails: 'is an alarm while the patient is at a controlled pump',
      },
    ],
  },
  {
    file: 'core/engine/station-conditions.ts',
    test: 'core/engine/idle.test.ts',
    removals: [
      {
        hazard: 36,
        control: 'a session that is paused and forgotten asks to be resumed or ended',
        text: "if (hasLasted(state.pausedSince, profile.idleAfter, at)) found.push(condition('session-idle'));",
        without: '',
        fails: 'asks after ten minutes to be resumed or ended',
      },
    ],
  },
  {
    file: 'main/station/sound-watch.ts',
    test: 'main/station/sound-watch.test.ts',
    removals: [
      {
        hazard: 12,
        control: 'a page that sounds by an old frame is not believed',
        text: ' || at - frameMs > OLD_FRAME',
        without: '',
        fails: 'by an old frame is found within 5 s',
      },
      {
        hazard: 12,
        control: 'a page that sounds another set of alarms is not believed',
        text: 'return frameMs < since || sounds === priority;',
        without: 'return frameMs >= 0;',
        fails: 'what was raised before is',
      },
      {
        hazard: 12,
        control: 'a page that says nothing more does not count',
        text: 'now - at > SILENT_AFTER',
        without: 'now - at < 0',
        fails: 'a page that falls silent is found within 3 s',
      },
    ],
  },
  {
    file: 'main/station/supervision.ts',
    test: 'main/station/sound.test.ts',
    removals: [
      {
        hazard: 11,
        control: 'main sounds what no page can',
        text: 'this.#options.backupSound?.set(proved ? null : wanted);',
        without: 'this.#options.backupSound?.set(null);',
        fails: 'where no page proves its sound, main sounds the alarm',
      },
    ],
  },
  {
    file: 'main/station/handlers/session.ts',
    test: 'main/station/sound.test.ts',
    removals: [
      {
        hazard: 12,
        control: 'arming asks for the self-test, of which the sound is a part',
        text: 'await passSelfTest(call, chair, personOf(call).id);',
        without: '',
        fails: 'nothing is armed while the self-test fails',
      },
    ],
  },
  {
    file: 'main/station/alarm-load.ts',
    test: 'main/station/alarm-load.test.ts',
    removals: [
      {
        hazard: 13,
        control: 'the alarm load of a session is counted',
        text: 'if (audible(state).some(isSounding)) this.#soundingMs += gone;',
        without: '',
        fails: 'counts alarms by name and priority',
      },
    ],
  },
  {
    file: 'main/electron/page-watch.ts',
    test: 'main/electron/page-watch.test.ts',
    removals: [
      {
        hazard: 20,
        control: 'a page that reports no more is found',
        text: 'this.#timer = setTimeout(this.#onFrozen, LAST_CHANCE);',
        without: '',
        fails: 'one that stops is found within 3 s',
      },
    ],
  },
];
