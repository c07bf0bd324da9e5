import { CONTENT_HEIGHT, CONTENT_WIDTH, INK, PAGE, type Sheet } from './sheet.ts';

export interface TableColumn {
  readonly title: string;
  /** Share of the width; the shares of a table are weighed against each other. */
  readonly share: number;
  readonly align?: 'left' | 'right';
}

export interface TableRow {
  readonly cells: readonly string[];
  /** Colour of a bar at the left that sets the row apart. */
  readonly mark?: string;
}

const SIZE = 7.6;
const PADDING = 3;
/** Of a row, so that it fits on a page below the head of the table, in points. */
const MOST = CONTENT_HEIGHT - 60;

interface Cell {
  readonly text: string;
  readonly x: number;
  readonly width: number;
  readonly align: 'left' | 'right';
}

/** A table whose head is repeated on every page. A row is torn apart only where no page could hold it. */
export function drawTable(sheet: Sheet, columns: readonly TableColumn[], rows: readonly TableRow[]): void {
  const { doc } = sheet;
  const table = doc.struct('Table');
  doc.addStructure(table);
  const drawRow = (texts: readonly string[], tag: 'TH' | 'TD', mark?: string): void => {
    const cells = place(columns, texts);
    const font = tag === 'TH' ? 'bold' : 'plain';
    const height = heightOf(sheet, cells, font);
    if (tag === 'TD' && height > MOST) {
      for (const part of partsOf(sheet, cells)) drawRow(part, tag, mark);
      return;
    }
    if (height > sheet.room) {
      sheet.page();
      if (tag === 'TD')
        drawRow(
          columns.map(({ title }) => title),
          'TH',
        );
    }
    const { y } = sheet;
    sheet.artifact(() => backdrop(sheet, height, tag === 'TH', mark));
    const drawn = cells.map(({ text, x, width, align }) =>
      doc.struct(tag, {}, () => {
        const color = tag === 'TH' ? INK.soft : INK.text;
        sheet.text(text === '' ? ' ' : text, x, y + PADDING, { font, size: SIZE, color, width, align });
      }),
    );
    table.add(doc.struct('TR', {}, drawn));
    sheet.y = y + height;
  };
  sheet.need(40);
  drawRow(
    columns.map(({ title }) => title),
    'TH',
  );
  for (const { cells, mark } of rows) drawRow(cells, 'TD', mark);
  table.end();
}

function place(columns: readonly TableColumn[], texts: readonly string[]): readonly Cell[] {
  const all = columns.reduce((sum, { share }) => sum + share, 0);
  let x: number = PAGE.left;
  return columns.map(({ share, align = 'left' }, index) => {
    const width = (CONTENT_WIDTH * share) / all;
    const cell = { text: texts[index] ?? '', x: x + 4, width: width - 8, align };
    x += width;
    return cell;
  });
}

function heightOf(sheet: Sheet, cells: readonly Cell[], font: 'plain' | 'bold'): number {
  const heights = cells.map(({ text, width }) => sheet.heightOf(text === '' ? ' ' : text, width, { font, size: SIZE }));
  return Math.max(...heights) + 2 * PADDING;
}

/** Texts of the rows that a row is told in which is higher than a page. */
function partsOf(sheet: Sheet, cells: readonly Cell[]): readonly (readonly string[])[] {
  const pieces = cells.map(({ text, width }) => sheet.pieces(text, width, MOST - 2 * PADDING, { size: SIZE }));
  const parts = Math.max(...pieces.map(({ length }) => length));
  return Array.from({ length: parts }, (_, index) => pieces.map((each) => each[index] ?? ''));
}

function backdrop(sheet: Sheet, height: number, isHead: boolean, mark: string | undefined): void {
  const { doc, y } = sheet;
  if (isHead) doc.rect(PAGE.left, y, CONTENT_WIDTH, height).fill(INK.tint);
  if (mark !== undefined) doc.rect(PAGE.left, y + 1, 2, height - 2).fill(mark);
  sheet.line(PAGE.left, y + height, PAGE.width - PAGE.right, y + height);
}
