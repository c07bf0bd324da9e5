import type { ControlGroup } from './controls.ts';

/** What is held against a station that died or is not well itself: its dose, its record, its own faults. */
export const RESTART_CONTROLS: readonly ControlGroup[] = [
  {
    file: 'core/engine/station-conditions.ts',
    test: 'core/engine/station-fault.test.ts',
    removals: [
      {
        hazard: 22,
        control: 'a main that met a fault gives no permission any more',
        text: "if (state.faulty === true) found.push(condition('station-fault'));",
        without: '',
        fails: 'starts nothing again, whoever acknowledges it and however long it is ago',
      },
    ],
  },
  {
    file: 'core/pump.ts',
    test: 'core/engine/volume.test.ts',
    removals: [
      {
        hazard: 3,
        control: 'a cleared counter loses no volume',
        text: 'return counter < last ? counter : counter - last;',
        without: 'return counter < last ? 0 : counter - last;',
        fails: 'is the sum of the increments and survives a cleared counter',
      },
    ],
  },
  {
    file: 'core/engine/unseen.ts',
    test: 'core/engine/unseen.test.ts',
    removals: [
      {
        hazard: 3,
        control: 'until the pump is heard again, all that it had left to give counts',
        text: "unseen === undefined || unseen.accounting === 'counted' ? 0 : unseen.most",
        without: '0 * (unseen?.most ?? 0)',
        fails: 'counts with all that the pump had left, as long as it was not heard',
      },
      {
        hazard: 3,
        control: 'what the pump gave while the station was down is counted',
        text: 'const went = counterIncrement(unseen.counter, counter);',
        without: 'const went = 0;',
        fails: 'is what the counter of the same pump went up by, and from then on nothing else',
      },
    ],
  },
  {
    file: 'main/station/self-test.ts',
    test: 'main/station/self-test.test.ts',
    removals: [
      {
        hazard: 35,
        control: 'what came since the last check is walked before anything is armed',
        text: "newest = await verify('newest', time, () => undefined);",
        without: 'newest = { rows: 1, damage: null, after: 1 };',
        fails: 'finds damage in the newest rows of a record that is too long to be walked',
      },
    ],
  },
  {
    file: 'main/station/record-watch.ts',
    test: 'main/station/record-watch.test.ts',
    removals: [
      {
        hazard: 34,
        control: 'a record that does not answer is found',
        text: 'this.#answers(!isHung);',
        without: 'this.#answers(true);',
        fails: 'one that hangs is found within 3 s, whenever it began to',
      },
    ],
  },
  {
    file: 'main/station/recorder.ts',
    test: 'main/station/recorder.test.ts',
    removals: [
      {
        hazard: 34,
        control: 'a row that is not written in time stops whoever waits behind it',
        text: 'inTime(HUNG_AFTER, () => this.#hang())',
        without: 'inTime(HUNG_AFTER, () => undefined)',
        fails: 'a write that hangs is told of within 3 s',
      },
    ],
  },
  {
    file: 'main/station/left-behind.ts',
    test: 'main/station/restart-dose.test.ts',
    removals: [
      {
        hazard: 3,
        control: 'a start that may have been sent before the station died counts',
        text: "if (act === 'pump.start.intent') [may, wasSeen] = [true, false];",
        without: '',
        fails: 'with a start that may have been sent counts the whole plan',
      },
    ],
  },
  {
    file: 'main/station/session-file.ts',
    test: 'main/station/restart-dose.test.ts',
    removals: [
      {
        hazard: 3,
        control: 'an interrupted session stays open until its pump was heard',
        text: 'if (isAwaited(state)) this.#over =',
        without: 'if (state.lastTick === 1) this.#over =',
        fails: 'gives the session what the counter of its pump went up by meanwhile, and closes it with that',
      },
    ],
  },
];
