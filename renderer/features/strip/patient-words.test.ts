import { expect, test } from 'vitest';
import { patientAndId, patientOf } from './patient-words.ts';

const ADA = { patientName: 'Ada Novak', patientId: 'P-1042' };
const NOT_TOLD = { patientName: null, patientId: null };

test('a patient whom the station does not name here is not taken for a free chair', () => {
  expect([ADA, NOT_TOLD, null].map(patientOf)).toEqual(['Ada Novak', 'Patient not shown', 'No session']);
  expect([ADA, NOT_TOLD].map(patientAndId)).toEqual([['Ada Novak', 'P-1042'], ['Patient not shown']]);
});
