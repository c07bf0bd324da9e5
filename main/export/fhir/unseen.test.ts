import type { MedicationAdministration } from '@medplum/fhirtypes';
import { expect, test } from 'vitest';
import type { JsonValue } from '../../../db/trail.ts';
import { sessionFacts } from '../facts/session-facts.ts';
import { CONTEXT, recordedInfusion } from '../testing-infusion.ts';
import { fhirBundle } from './bundle.ts';
import { fhirProblems } from './check.ts';

/** A session over which the station died and came back, with what it then wrote of the pump. */
async function restarted(accounting: string, unseenUl: number) {
  const recorded = await recordedInfusion(10);
  const bodies = recorded.rows.map(({ body }) => body);
  const at = (ts: string, act: string, figures: JsonValue) =>
    JSON.stringify({ ...JSON.parse(bodies.at(-1) ?? ''), ts, act, actor: null, new: figures });
  const rows = [
    at('2026-11-22T09:00:00.000Z', 'session.phase', { phase: 'interrupted', deliveredUl: 1000, deliveredUg: 2000 }),
    at('2026-11-22T09:00:00.001Z', 'session.gap', { accounting: 'awaited', unseenUl: 3000 }),
    at('2026-11-22T09:00:04.000Z', 'session.gap', { accounting, unseenUl }),
  ];
  const bundle = fhirBundle(sessionFacts({ ...recorded, bodies: [...bodies, ...rows] }, CONTEXT), recorded.checkpoint);
  expect(fhirProblems(bundle)).toEqual([]);
  const given = bundle.entry?.flatMap(({ resource }) =>
    resource?.resourceType === 'MedicationAdministration' ? [resource] : [],
  );
  return given?.findLast(({ dosage }) =>
    dosage?.text?.startsWith('while the station was down'),
  ) as MedicationAdministration;
}

test('what the pump gave while the station was down is an administration of its own, by its counter (R-4.5)', async () => {
  expect(await restarted('counted', 250)).toMatchObject({
    status: 'completed',
    effectivePeriod: { end: '2026-11-22T09:00:04.000Z' },
    dosage: { dose: { value: 0.5, code: 'mg' } },
  });
});

test('where no counter tells any more its dose is not known, and no figure is made up', async () => {
  const { status, dosage } = await restarted('lost', 3000);
  expect(status).toBe('unknown');
  expect(dosage).not.toHaveProperty('dose');
  expect(dosage?.text).toContain('at most 6 mg');
});
