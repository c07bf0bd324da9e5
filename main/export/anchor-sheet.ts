import { printedCheckpoint } from '../../db/anchor.ts';
import { zoneClock } from './facts/clock.ts';

/** What an export is that does not carry its anchor. */
type SheetOf = 'unnamed-export' | 'station-log';

/** What stands on the sheet: the anchor that other exports carry in themselves. */
export interface SheetFacts {
  readonly of: SheetOf;
  /** Of the file or folder that was exported. */
  readonly name: string;
  /** Hex. */
  readonly sha256: string;
  readonly station: string;
  /** ISO 8601 with Z. */
  readonly at: string;
  /** IANA name. */
  readonly timeZone: string;
  readonly rootFingerprint: string;
  /** Signed note over the whole trail; empty where the record has lost it. */
  readonly checkpoint: string;
}

const KEEP: Readonly<Record<SheetOf, string>> = {
  'unnamed-export': `Keep this. Do not hand it out with the export.
It names the station and its record, by which the export could be led back to
where it comes from. Nothing of it is in the export.`,
  'station-log': `Keep this, away from the station.
The table stays a table and does not carry it; it may be handed out with it.`,
};

const HASHED: Readonly<Record<SheetOf, string>> = {
  'unnamed-export': 'of its tagmanifest-sha256.txt, as in the record',
  'station-log': 'of the file, as in the record',
};

const USE = `What it is for: the record had these rows when this was exported. A copy of
this sheet that lies elsewhere, as a file or on paper, shows later that rows
were cut off or changed, or that an old record was put back:

    npm run verify -- DATA --since THIS_FILE --root FINGERPRINT

Take the fingerprint from the paper of the station, not from this file. On
paper, compare the line "Checkpoint". Of this sheet the station signed nothing
but the note below.
`;

/** A sheet to be printed and kept; `verify --since` reads the note in it. */
export function anchorSheet(facts: SheetFacts): string {
  const { of, name, sha256, station, at, timeZone, rootFingerprint, checkpoint } = facts;
  const anchor = printedCheckpoint(checkpoint);
  const record =
    anchor === null
      ? 'This sheet anchors nothing: the record has lost its signed head.\n'
      : `Record            ${anchor.size} rows\nCheckpoint        ${anchor.fingerprint}\n`;
  return `Chairside: anchor of the record

${KEEP[of]}

Station           ${station}
Time              ${zoneClock(timeZone, at).moment(at)} (${timeZone})
Root fingerprint  ${rootFingerprint}
${record}Exported          ${name}
SHA-256           ${sha256}
                  (${HASHED[of]})

${USE}${anchor === null ? '' : `\nThe signed checkpoint:\n\n${anchor.note}`}`;
}
