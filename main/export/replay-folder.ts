import { readPayload } from './read-payload.ts';
import type { ProfileChange } from './profile-file.ts';
import { type Recording, recordingsOf } from './recordings.ts';
import { type ReplayResult, replayRecording, wallTime } from './replay-record.ts';
import { readFolder } from './read-export.ts';
import { verifyFolder } from './verify-folder.ts';
import { type WhatIf, whatIf } from './what-if.ts';

export interface ReplayReport {
  /** Sentences; empty where the replay and the record are the same. */
  readonly differences: readonly string[];
  readonly findings: readonly string[];
  readonly notProven: readonly string[];
  /** One for each recording, where other limits were asked for and the replay is the same. */
  readonly whatIf: readonly WhatIf[];
}

const NO_EVENTS = 'The export holds no engine events, so there is nothing to replay.';

const versionOf = ({ rows: [row] }: Recording): string => row?.app ?? 'unknown';

function findingOf(recording: Recording, result: ReplayResult): string[] {
  const [first] = recording.events;
  const last = recording.events.at(-1);
  if (first === undefined || last === undefined) return [];
  const span = `${wallTime(recording, first.at)} to ${wallTime(recording, last.at)}`;
  return [
    `${result.events} engine events from ${span}, recorded by version ${versionOf(recording)}, were put to the engine again.`,
    `At ${result.states} recorded points its state is the recorded one (SHA-256).`,
    `Its ${result.decisions} changes of phase, alarms, stops, programs and starts are those in the record, in that order.`,
  ];
}

/** Another version may decide otherwise and be right: the reader must know which one the session was recorded by. */
function differenceOf(recording: Recording, result: ReplayResult | undefined): string[] {
  const difference = result?.difference ?? null;
  return difference === null ? [] : [`${difference} The session was recorded by version ${versionOf(recording)}.`];
}

function notProvenOf(results: readonly ReplayResult[]): string[] {
  const unreplayed = results.reduce((sum, result) => sum + result.unreplayed, 0);
  return [
    ...(unreplayed === 0
      ? []
      : [
          `What led to ${unreplayed} later decisions: their events were not recorded yet, or were lost with the station.`,
        ]),
    'That the devices told the truth, or that the decisions were right: only that they follow from what was recorded.',
  ];
}

function otherCourse(recording: Recording, change: ProfileChange | undefined): WhatIf[] {
  const { initial } = recording;
  return change === undefined || initial === null ? [] : [whatIf(recording, initial, change(initial.profile))];
}

/** Compares recordings with their rows; pure, and only as good as the check of signatures before it. */
export function judgeRecordings(recordings: readonly Recording[], change?: ProfileChange): ReplayReport {
  const results = recordings.map(replayRecording);
  const told = recordings.flatMap((recording, index) => differenceOf(recording, results[index]));
  const differences = recordings.length === 0 ? [NO_EVENTS] : told;
  const isSame = differences.length === 0;
  return {
    differences,
    findings: isSame
      ? recordings.flatMap((recording, index) => {
          const result = results[index];
          return result === undefined ? [] : findingOf(recording, result);
        })
      : [],
    notProven: notProvenOf(results),
    whatIf: isSame ? recordings.flatMap((recording) => otherCourse(recording, change)) : [],
  };
}

/**
 * Checks an exported folder as `npm run verify` does and, if it is in order, replays its engine events.
 * Rejects where the folder cannot be read or its events are of another version.
 */
export async function replayFolder(folder: string, change?: ProfileChange): Promise<ReplayReport> {
  const { damage } = await verifyFolder(folder);
  if (damage.length > 0) {
    const differences = ['The folder is damaged, so nothing was replayed.', ...damage];
    return { differences, findings: [], notProven: [], whatIf: [] };
  }
  const report = judgeRecordings(recordingsOf(readPayload(await readFolder(folder))), change);
  return { ...report, findings: report.findings.length === 0 ? [] : ['The folder is in order.', ...report.findings] };
}
