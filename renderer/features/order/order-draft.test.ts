import { describe, expect, test } from 'vitest';
import { PLAN } from '../../../tests/e2e/support/sample-frames.ts';
import { EMPTY_DRAFT, type OrderDraft } from '../../app/app-store.ts';
import type { Preview } from '../../app/types.ts';
import { NO_FACTORS } from './factors-draft.ts';
import { findingText, openIssues, readDraft } from './order-draft.ts';

const draft: OrderDraft = {
  patientId: 'P-1',
  patientName: 'A',
  drugLot: 'L1',
  entryId: 'KETAMINE-MOOD-CLINIC',
  concentrationUgPerMl: 2000,
  weightKg: '82,5',
  doseMg: '41.25',
  durationMin: '40',
  overrideReason: '',
  factors: NO_FACTORS,
};
const finding = { level: 'soft', what: 'dose-rate', side: 'above', value: 0.9, limit: 0.75, unit: 'mg/kg/h' } as const;
const preview = (findings: Preview['findings']): Preview => ({
  findings,
  plan: PLAN,
});

describe('an order as typed', () => {
  test('is read exactly into whole units', () => {
    expect(readDraft(draft).order).toEqual({
      entryId: 'KETAMINE-MOOD-CLINIC',
      concentrationUgPerMl: 2000,
      weightG: 82_500,
      doseUg: 41_250,
      durationMs: 2_400_000,
    });
  });

  test('a malformed figure gives no order and says why', () => {
    const { order, errors } = readDraft({ ...draft, doseMg: '1,000' });
    expect(order).toBeNull();
    expect(errors).toEqual({ weightKg: null, doseMg: expect.stringContaining('two decimals'), durationMin: null });
  });

  test('an empty form is not wrong, only unfinished', () => {
    expect(readDraft(EMPTY_DRAFT).errors).toEqual({ weightKg: null, doseMg: null, durationMin: null });
    expect(openIssues(EMPTY_DRAFT, null)).toHaveLength(8);
  });
});

describe('opening a session', () => {
  test('waits for the preview of the station', () => {
    expect(openIssues(draft, null)).toEqual(['preview by the station']);
    expect(openIssues(draft, preview([]))).toEqual([]);
  });

  test('a hard finding blocks, whatever reason is given', () => {
    const hard = { ...finding, level: 'hard' } as const;
    expect(openIssues({ ...draft, overrideReason: 'because' }, preview([hard]))).toHaveLength(1);
  });

  test('a soft finding needs a reason', () => {
    expect(openIssues(draft, preview([finding]))).toHaveLength(1);
    expect(openIssues({ ...draft, overrideReason: 'agreed with Dr A' }, preview([finding]))).toEqual([]);
  });

  test('a finding names value, limit and unit', () => {
    expect(findingText(finding)).toBe('Dose rate 0.9 mg/kg/h is above the soft limit of 0.75 mg/kg/h');
  });
});
