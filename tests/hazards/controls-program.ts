import type { ControlGroup } from './controls.ts';

/** What holds against a program that is replaced while it runs. */
export const PROGRAM_CONTROLS: readonly ControlGroup[] = [
  {
    file: 'main/program-files.ts',
    test: 'main/program-files.test.ts',
    removals: [
      {
        hazard: 40,
        control: 'a file of the program that was exchanged is another one, though size and time are as before',
        text: ' ${found.ino}`',
        without: '`',
        fails: 'exchanged is another one',
      },
    ],
  },
  {
    file: 'main/station/program-watch.ts',
    test: 'main/station/program-watch.test.ts',
    removals: [
      {
        hazard: 40,
        control: 'a program that was replaced is looked for while the station runs',
        text: 'this.#timer = setInterval(() => void this.#lookAgain(), this.#lookEvery);',
        without: 'this.#timer = setInterval(() => void this.#isLooking, this.#lookEvery);',
        fails: 'starts nothing that was armed before',
      },
    ],
  },
  {
    file: 'main/station/handlers/self-test.ts',
    test: 'main/station/program-watch.test.ts',
    removals: [
      {
        hazard: 40,
        control: 'the program is looked at before anything is armed',
        text: 'program: () => program.look(),',
        without: 'program: async () => (program === null ? null : null),',
        fails: 'arms nothing, before the watch has looked by itself',
      },
    ],
  },
  {
    file: 'main/station/holds.ts',
    test: 'main/station/program-watch.test.ts',
    removals: [
      {
        hazard: 40,
        control: 'a station whose program was replaced is held',
        text: 'this.#open.length + this.#untilRestart.length > 0',
        without: 'this.#open.length > 0',
        fails: 'starts nothing that was armed before',
      },
    ],
  },
];
