import { CONTENT_WIDTH, INK, PAGE, type Sheet } from './sheet.ts';

/** A name and what it is; the figure carries its unit. */
export type Fact = readonly [name: string, value: string];

const GAP = 22;
const NAME_SHARE = 0.36;

/** Two lists of facts beside each other, filled left column first. */
export function drawFacts(sheet: Sheet, told: readonly Fact[]): void {
  // One line, broken only where the column ends: whoever puts line ends into a name must not push facts off the page.
  const facts = told.map(([name, value]): Fact => [name, value.replaceAll(/\s+/gu, ' ')]);
  const half = Math.ceil(facts.length / 2);
  const width = (CONTENT_WIDTH - GAP) / 2;
  const columns = [facts.slice(0, half), facts.slice(half)];
  const heights = columns.map((column) => column.reduce((sum, fact) => sum + heightOf(sheet, fact, width), 0));
  sheet.need(Math.max(...heights));
  const { y } = sheet;
  for (const [index, column] of columns.entries()) {
    sheet.y = y;
    for (const fact of column) drawFact(sheet, fact, PAGE.left + index * (width + GAP), width);
  }
  sheet.y = y + Math.max(...heights) + 2;
}

function heightOf(sheet: Sheet, [name, value]: Fact, width: number): number {
  const nameHeight = sheet.heightOf(name, width * NAME_SHARE - 6);
  return Math.max(nameHeight, sheet.heightOf(value, width * (1 - NAME_SHARE), { font: 'bold' })) + 4;
}

function drawFact(sheet: Sheet, fact: Fact, x: number, width: number): void {
  const [name, value] = fact;
  const { y } = sheet;
  sheet.element('P', () => {
    sheet.text(name, x, y, { color: INK.soft, width: width * NAME_SHARE - 6 });
    sheet.text(value, x + width * NAME_SHARE, y, { font: 'bold', width: width * (1 - NAME_SHARE) });
  });
  sheet.y = y + heightOf(sheet, fact, width);
}
