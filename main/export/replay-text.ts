import type { ReplayReport } from './replay-folder.ts';
import type { WhatIf } from './what-if.ts';

function list(title: string, sentences: readonly string[]): string {
  return sentences.length === 0 ? '' : `${title}\n${sentences.map((sentence) => `  - ${sentence}\n`).join('')}\n`;
}

function column(decisions: readonly string[], line: number): string {
  return decisions[line] ?? '';
}

function toTable({ moments }: WhatIf): string {
  const lines = moments.flatMap(({ time, recorded, other }) =>
    Array.from({ length: Math.max(recorded.length, other.length) }, (_, line) => ({
      time: line === 0 ? time : '',
      recorded: column(recorded, line),
      other: column(other, line),
    })),
  );
  const head = { time: 'Time', recorded: 'As recorded', other: 'With the other limits' };
  const all = [head, ...lines];
  const width = (of: 'time' | 'recorded'): number => Math.max(...all.map((line) => line[of].length));
  const [timeWidth, recordedWidth] = [width('time'), width('recorded')];
  return all
    .map(({ time, recorded, other }) =>
      `${time.padEnd(timeWidth)}  ${recorded.padEnd(recordedWidth)}  ${other}`.trimEnd(),
    )
    .join('\n');
}

const INDICATION = `This is only an indication. The signs are those of the patient as really treated; nobody knows how they
would have gone with the other limits.`;

function whatIfText(course: WhatIf): string {
  const parted =
    course.partedAt === null
      ? 'The pump would have been treated the same.'
      : `From ${course.partedAt} the pump would have been treated differently; after that, only alarms of the signs are shown
for the other limits, because the pump's read-backs are those of the real course.`;
  return `With the other limits\n\n${toTable(course)}\n\n${parted}\n${INDICATION}\n`;
}

/** The report for a terminal. */
export function replayText({ differences, findings, notProven, whatIf }: ReplayReport): string {
  const verdict = differences.length === 0 ? 'THE SAME' : 'DIFFERENT';
  const lists = [list('Different', differences), list('Proven', findings), list('Not proven', notProven)];
  return `${verdict}\n\n${lists.join('')}${whatIf.map(whatIfText).join('\n')}`;
}
