import { expect, test } from 'vitest';
import { PROPOSED_PROFILE } from '../profile.ts';
import { initialState } from './initial.ts';

test('of a new chair nothing good is assumed: no line, no sound, no reading, no permission', () => {
  const state = initialState(PROPOSED_PROFILE);
  expect(state).toMatchObject({
    phase: 'idle',
    pump: { link: 'down', identity: null, reading: null, delivered: 0, counterAt: null, marks: [], deviation: null },
    monitorLink: 'down',
    soundProved: false,
    steadySince: null,
    permitAt: null,
    commandedRate: 0,
    session: null,
    boundPump: null,
  });
});

test('each parameter has one place for each tier of its own rules, and nothing has crossed one yet', () => {
  const { vitals } = initialState(PROPOSED_PROFILE);
  for (const rule of PROPOSED_PROFILE.vitals) {
    const tiers = PROPOSED_PROFILE.vitals.filter(({ parameter }) => parameter === rule.parameter);
    const count = tiers.reduce((sum, { tiers }) => sum + tiers.length, 0);
    expect(vitals[rule.parameter].tierSince).toEqual(Array.from({ length: count }, () => null));
  }
});
