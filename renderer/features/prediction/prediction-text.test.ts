import { expect, test } from 'vitest';
import { INFUSING, PLAN, SESSION } from '../../../tests/e2e/support/sample-frames.ts';
import { predictionText } from './prediction-text.ts';

const chair = { ...INFUSING, live: true };
const models = [
  { name: 'Clements 1981', ngPerMl: 61.9 },
  { name: 'Domino 1984', ngPerMl: 118 },
];

test('is a band that is named a prediction, never narrower than the models', () => {
  const session = { ...SESSION, prediction: { minNgPerMl: 61.9, maxNgPerMl: 118.1, models } };
  expect(predictionText(chair, session)).toEqual({
    band: '61-119',
    meaning: 'A prediction of four published models, not a measurement. Stops above 500 ng/mL',
    models: [
      { name: 'Clements 1981', value: '61.9' },
      { name: 'Domino 1984', value: '118.0' },
    ],
  });
});

test('before any drug there is no number', () => {
  const session = { ...SESSION, prediction: { minNgPerMl: 0, maxNgPerMl: 0, models } };
  expect(predictionText(chair, session)).toEqual({
    band: '--',
    meaning: 'None given yet in this session. Stops above 500 ng/mL',
    models: [],
  });
});

test('a drug that no model describes has no number, and no ceiling that protects', () => {
  const session = {
    ...SESSION,
    plan: { ...PLAN, drug: 'esketamine' },
    prediction: null,
    predictionCeilingNgPerMl: null,
  };
  expect(predictionText(chair, session)).toEqual({
    band: '--',
    meaning: 'Not predicted: no published model of esketamine is in use, so no prediction ceiling protects',
    models: [],
  });
});

test('an entry without a ceiling says so', () => {
  expect(predictionText(chair, { ...SESSION, predictionCeilingNgPerMl: null }).meaning).toContain('No ceiling is set');
});

test('a trace that rounds to nothing is still drug that was given', () => {
  const session = { ...SESSION, prediction: { minNgPerMl: 0, maxNgPerMl: 0.1, models } };
  expect(predictionText(chair, session).band).toBe('0-1');
});

test.each([
  ['the pump is silent', true, 'infusing', 'Not known now: the pump does not report'],
  ['the session was interrupted', true, 'interrupted', 'Not known: the session was interrupted'],
  ['no frame comes', false, null, 'Not known: no connection to the station'],
] as const)('while %s it says that it does not know, without a number', (_when, live, phase, meaning) => {
  const text = predictionText({ live, phase }, { ...SESSION, prediction: null });
  expect(text).toEqual({ band: '--', meaning, models: [] });
});
