import { PAGE } from './sheet.ts';
import { type Box, type DrawnPage, inkIn, type PlacedText, warmPixels } from './testing-pages.ts';

// For tests of reports: what nobody may find on a page of one.

const PAPER = { left: 0, right: PAGE.width, top: 0, bottom: PAGE.height };
/** Lines below the running head and above the running foot. */
const HEAD = 48;
const FOOT = PAGE.height - 48;
const BODY = { ...PAPER, top: HEAD + 2, bottom: FOOT - 2 };
/** A line of text has more. */
const LEAST_INK = 500;

const MARGINS = {
  left: { ...PAPER, right: PAGE.left - 1 },
  right: { ...PAPER, left: PAGE.width - PAGE.right + 1 },
  upper: { ...PAPER, bottom: 24 },
  lower: { ...PAPER, top: PAGE.height - 20 },
};

/** Each as a sentence; none for a page that is as it has to be. */
export function faultsOf(page: DrawnPage): readonly string[] {
  const { number, pages, texts } = page;
  const faults = [
    ...(texts.some(({ text }) => text === `Page ${number} of ${pages}`) ? [] : ['it has no number']),
    ...(inkIn(page, BODY) < LEAST_INK ? ['it is blank'] : []),
    ...Object.entries(MARGINS).flatMap(([name, box]) => (inkIn(page, box) === 0 ? [] : [`ink in the ${name} margin`])),
    ...touching(texts).map((both) => `one over the other: ${both}`),
    ...texts.filter(overLine).map(({ text }) => `over the line of head or foot: ${text}`),
    ...texts.filter((text) => isStruck(page, text)).map(({ text }) => `a line or mark goes through: ${text}`),
  ];
  return faults.map((fault) => `page ${number}: ${fault}`);
}

function touching(texts: readonly PlacedText[]): readonly string[] {
  return texts.flatMap((one, index) =>
    texts.slice(index + 1).flatMap((other) => (touch(one, other) ? [`${one.text} | ${other.text}`] : [])),
  );
}

function touch(one: Box, other: Box): boolean {
  const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const down = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return across > 0.5 && down > 0.5;
}

const overLine = ({ top, bottom }: Box): boolean => (top < FOOT && bottom > FOOT) || (top < HEAD && bottom > HEAD);

/** Letters are dark, grey or blue; lines of limits and marks of alarms are warm, also where they are thinner than a pixel. */
function isStruck(page: DrawnPage, text: PlacedText): boolean {
  // White on red.
  return !text.text.startsWith('SIMULATED') && warmPixels(page, text) > 0;
}
