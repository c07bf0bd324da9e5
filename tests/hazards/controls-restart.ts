import type { ControlGroup } from './controls.ts';

/** What the engine holds against a station that died, or that is not well itself, and a counter that was cleared. */
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
];
