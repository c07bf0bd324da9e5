import type { ExportRequest, SessionRow } from '../../app/types.ts';
import { clock } from '../../ui/format.ts';

export type Content = ExportRequest['content'];
export type Form = ExportRequest['form'];

export interface Option<Value extends string> {
  readonly value: Value;
  readonly label: string;
}

export const FORMS: readonly Option<Form>[] = [
  { value: 'folder', label: 'Folder' },
  { value: 'zip', label: 'One zip file' },
];

export const CONTENTS: readonly Option<Content>[] = [
  { value: 'identified', label: 'Identified, with proof' },
  { value: 'safe-harbor', label: 'De-identified (Safe Harbor)' },
  { value: 'date-shifted', label: 'Dates shifted (limited data set)' },
];

const NOTES: Readonly<Record<Content, string>> = {
  identified:
    'Contains names. Signed events with proofs, report (PDF), exchange file (FHIR) and tables. Handle it as a health record.',
  'safe-harbor':
    'No names, ids, dates but the year, devices or free text. Report and tables, without proof. You must not know how to find the person again.',
  'date-shifted':
    'NOT de-identified: dates are moved, intervals kept. Only under a data use agreement. Report and tables, without proof.',
};

export const contentNote = (content: Content): string => NOTES[content];

export interface SubjectOption {
  readonly label: string;
  readonly subject: ExportRequest['subject'];
}

/** Only a closed session can be exported by itself; the others leave out what is still open. */
export function subjectsFor(session: SessionRow, drugs: readonly string[]): readonly SubjectOption[] {
  const { id, patientId, patientName, openedAt, closedAt } = session;
  // As the station wrote it, with its zone: by its days the sessions are chosen.
  const day = clock(openedAt).date;
  return [
    ...(closedAt === null ? [] : [{ label: 'This session', subject: { kind: 'session', sessionId: id } as const }]),
    { label: `All sessions of ${day}`, subject: { kind: 'day', day } },
    { label: `All sessions of ${patientName} (${patientId})`, subject: { kind: 'person', patientId } },
    ...drugs.map((drug) => ({ label: `All sessions with ${drug}`, subject: { kind: 'drug', drug } as const })),
  ];
}
