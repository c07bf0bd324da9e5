import { encodeQR } from 'qr';
import { printedCheckpoint } from '../../../db/anchor.ts';
import type { Verification } from '../../../db/trail.ts';
import { CONTENT_WIDTH, INK, PAGE, type Sheet } from './sheet.ts';

const QR_SIZE = 150;

export interface Proof {
  /** Signed note over the whole trail. */
  readonly checkpoint: string;
  readonly rootFingerprint: string;
  /** What a check of the whole record said just before. */
  readonly verification: Verification;
}

/** What ties the paper to the record: whoever keeps it can show later that the record was cut or rewritten. */
export function drawProof(sheet: Sheet, { checkpoint, rootFingerprint, verification }: Proof): void {
  sheet.need(400);
  sheet.heading('Proof', 'keep this page away from the station');
  sheet.paragraph(
    'Every event of this session is a leaf of the signed trail of the station. The checkpoint below fixes that trail at the ' +
      'moment of this export: later, rows can be added to it, but none of these can be changed or removed without contradicting ' +
      'a copy of this page that was kept elsewhere.',
  );
  const top = sheet.y + 4;
  const x = PAGE.left + QR_SIZE + 18;
  const width = CONTENT_WIDTH - QR_SIZE - 18;
  sheet.element('Figure', () => drawQr(sheet, checkpoint, PAGE.left, top), 'QR code of the checkpoint note');
  let y = top;
  const put = (text: string, style: Parameters<Sheet['text']>[3]): void => {
    const full = { ...style, width };
    sheet.element('P', () => sheet.text(text, x, y, full));
    y += sheet.heightOf(text, width, full) + 2;
  };
  const name = { size: 7.5, color: INK.soft } as const;
  put('Fingerprint of the trail (size, first 80 bits of the root)', name);
  put(printedCheckpoint(checkpoint)?.fingerprint ?? 'not a checkpoint', { font: 'mono', size: 11 });
  put('Root key of the station', name);
  put(rootFingerprint, { font: 'mono', size: 9.5 });
  put('Checkpoint note, also in the code on the left', name);
  put(checkpoint.trimEnd(), { font: 'mono', size: 6.8 });
  sheet.y = Math.max(y, top + QR_SIZE) + 10;
  sheet.paragraph(checkedSentence(verification), { font: verification.damage === null ? 'plain' : 'bold' });
  sheet.paragraph(anchorSentences(verification));
  for (const sentence of CHECKS) sheet.paragraph(sentence);
  sheet.paragraph(NOT_PROVEN, { color: INK.soft });
}

const CHECKS = [
  'Attached to this document: events.jsonl (every row of the session, to the byte as it was hashed) and checkpoint.txt.',
  'The folder that this document came in holds what proves them. npm run verify -- FOLDER, or node verify.mjs FOLDER, checks ' +
    'there without the station: that each row is as it was written, in its order and in the trail of this checkpoint; that the ' +
    'signatures lead back to the root key; that no row between opening and closing is missing; and that trend values, engine ' +
    'events, patient and clinician are those that the rows vouch for.',
  'Not checked by it: the pages of this report. They were made from those rows, and the manifest of the folder shows whether ' +
    'this file was changed since; whoever changes the file can make the manifest fit. Where a page and the rows differ, the ' +
    'rows count.',
];

const NOT_PROVEN =
  'Not proven by anything here: that the clock of the station was right, that the devices told the truth, that the right name ' +
  'was entered, and that nothing was recorded after this export. Names of persons and the time zone are those of the ' +
  'configuration on the day of the export; they are not signed. The root key counts only where it is compared with the paper.';

/** Stands on the first page, too; empty where the record holds. */
export function damageSentence({ damage }: Verification): string {
  return damage === null ? '' : `THE RECORD IS DAMAGED at row ${damage.seq}: ${damage.detail}.`;
}

function checkedSentence(verification: Verification): string {
  const { rows } = verification;
  return damageSentence(verification) || `The whole record was checked at this export: ${rows} rows, no damage.`;
}

/** The window in which a change would show nowhere: how long it is decides how much the record proves. */
function anchorSentences({ anchors, unanchoredRows }: Verification): string {
  const places = anchors.map(
    ({ place, size, unreadable }) =>
      `${place}: the first ${size} rows${unreadable === 0 ? '' : `, ${unreadable} entries not readable`}`,
  );
  const outside =
    places.length === 0
      ? 'No anchor outside the database was found: only this paper and other exports vouch for the record.'
      : `Anchors outside the database vouch for it - ${places.join('; ')}.`;
  const window =
    unanchoredRows === 0
      ? 'No row lies after the last anchor.'
      : `The newest ${unanchoredRows} rows lie after the last anchor: until the next one, who holds the signing key could have ` +
        'removed or rewritten those unseen. From now on this page is an anchor for them.';
  return `${outside} ${window}`;
}

function drawQr(sheet: Sheet, text: string, x: number, y: number): void {
  const modules = encodeQR(text, 'raw', { ecc: 'medium', border: 2 });
  const size = QR_SIZE / modules.length;
  for (const [row, line] of modules.entries()) {
    for (const [column, dark] of line.entries()) {
      if (dark) sheet.doc.rect(x + column * size, y + row * size, size + 0.02, size + 0.02);
    }
  }
  sheet.doc.fill('#000000');
}
