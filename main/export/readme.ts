import type { SessionBundle } from '../../db/trail.ts';
import { recordDamage } from './evidence-damage.ts';

interface ReadmeFacts {
  readonly bundle: SessionBundle;
  readonly rootFingerprint: string;
  /** Whether the report and the exchange file are there. */
  readonly hasReport: boolean;
  /** Whether the evidence holds; else damage.txt says where it does not. */
  readonly isWhole: boolean;
}

const REPORT_FILES = `  data/report.pdf      the same for people (PDF/A-3, with events.jsonl attached)
  data/fhir.json       the same for other systems (HL7 FHIR R4 bundle)
  data/context.json    names of the staff, time zone and who exported this, from the configuration; not signed
`;

const REPORT_LIMITS = `  That the pages of report.pdf say what the events say, or that the names in context.json are right: nobody signed them.
  Where they differ from data/events.jsonl, the events count.
`;

const DAMAGED = 'THE EVIDENCE OF THIS SESSION IS DAMAGED. Read damage.txt first.';

function damagedLines(bundle: SessionBundle): string {
  return `\n${[DAMAGED, ...recordDamage(bundle)].join('\n')}\n`;
}

/** The text a reader finds who has never heard of Chairside. */
export function readmeText({ bundle, rootFingerprint, hasReport, isWhole }: ReadmeFacts): string {
  const { session, rows, checkpoint } = bundle;
  const [origin = '', size = ''] = checkpoint.split('\n');
  return `Chairside: export of one infusion session
${isWhole ? '' : damagedLines(bundle)}
Session           ${session.id}
Chair             ${session.chairId}
State             ${session.state}
Events            ${rows.length}
Trail             ${origin}, ${size} rows when this was exported
Root fingerprint  ${rootFingerprint}

THIS FOLDER CONTAINS THE PATIENT'S NAME (${hasReport ? 'session.json, report.pdf, fhir.json' : 'data/session.json only'}). Handle it as a health record.
Chairside is not a cleared medical device.

In plain words: the station wrote down each event when it happened and sealed it so that a later change shows. This folder
is a copy of one session with those seals. ${hasReport ? 'Read report.pdf, and check' : 'Check'} the folder where it matters that nothing was changed.

How to check it
  With Node 20:        node verify.mjs . --root "${rootFingerprint}"    (one file, nothing to install)
  With Chairside:      npm run verify -- FOLDER --root "${rootFingerprint}"
  Decisions again:     npm run replay -- FOLDER
  Files only:          sha256sum -c manifest-sha256.txt
  Take the fingerprint from the paper on which it was written down when the station was set up,
  not from this file: whoever changes the folder can change this file too. Where the station lost its signing key since,
  there is a paper for each root key: give --root for each. Without the newest one nothing is proven.

What is here
  data/events.jsonl    one event a line, to the byte as it was hashed (RFC 8785 JSON)
  data/proofs.jsonl    for each event its hash, SHA-256(0x00, line), and its RFC 6962 proof against the checkpoint
  data/checkpoint.txt  size and Merkle root of the whole trail, signed (C2SP checkpoint, Ed25519)
  data/extent.json     the row with which this export began, with its proof: which rows of which sessions it must hold
  data/missing.jsonl   only where the record had lost rows: first and last number of each stretch
  data/keys.jsonl      the signing keys from the root key on, each handed over by the one before
  data/trends.jsonl    values of each second by the minute; an event holds the SHA-256 of each line
  data/engine-events.jsonl   everything the deciding engine was given, in chunks: a line with chunk number, first event
                       and number of events (the first with the state before), then a line for each event;
                       an event row "engine.chunk" holds the SHA-256 of each chunk's bytes
  data/session.json    the session, with the patient's name
  data/alarm-load.json  alarms of the session counted, from its closing row
  data/events.csv, data/trends.csv   the same for spreadsheets; times in UTC, units in the headings
  data/drug.csv        account of the controlled drug: every entry as it holds now, the sums and the differences
${hasReport ? REPORT_FILES : ''}
What a clean check proves
  Every event is as the station wrote it, in that order, under a key that leads back to the root fingerprint.
  No event between the first and the closing row of the session was left out. The trend values are the recorded ones.
  The engine events are the recorded ones. A replay that ends with THE SAME proves that the station's decisions follow
  from them: the row of each change of phase holds the SHA-256 of the engine's state.
  The patient and clinician in session.json are those with whom the session was opened, its times and state those of the
  rows that opened and closed it.

What it does not prove
  That this text, bag-info.txt, verify.mjs and what else is not signed are as they were: manifests can be made to fit.
  That the station's clock was right (times are the computer's own), that the devices told the truth,
  or that the right name was entered for the person in the chair.
  That nothing was recorded after this export, or removed after the last checkpoint seen outside the station:
  someone who held the station's newest key could rewrite what came after it. Keep this folder elsewhere.
${hasReport ? REPORT_LIMITS : ''}`;
}

/** How an export that speaks of nobody is checked, and how far that goes. */
export const WITHOUT_PROOF = `With Node 20:          node verify.mjs .    (the same, one file, nothing to install)
There is no proof in here: what proves the events names the station, its rows and their order. Every check of these files alone says
NO EVIDENCE (exit code 2) where they fit their manifests, which whoever changes a file can rewrite. Whether the station wrote exactly these
files is known to its record alone; there:  npm run verify -- FOLDER --record DATA
`;

/** What goes with an export that speaks of nobody. */
export function deidentifiedReadme(notice: string, simulated: boolean, isWhole: boolean): string {
  return `Chairside: infusion session without identifiers
${simulated ? '\nSIMULATED - NOT A REAL PATIENT\n' : ''}${isWhole ? '' : `\n${DAMAGED}\n`}
${notice}

  data/deidentified.json  which variant this is
  data/events.csv         the events; lines are numbered anew
  data/trends.csv         values of each second; an empty cell is a gap
  data/drug.csv           account of the controlled drug, without lots, codes and names
${isWhole ? '  data/report.pdf         the same for people\n' : ''}
Files only:            sha256sum -c manifest-sha256.txt
${WITHOUT_PROOF}Chairside is not a cleared medical device.
`;
}
