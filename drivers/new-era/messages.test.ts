import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseInfused, parseReply, parseVersion } from './messages.ts';

const reply = (payload: string) => parseReply({ mode: 'safe', payload });

describe('a reply', () => {
  test.each([
    ['I', 'infusing'],
    ['W', 'withdrawing'],
    ['S', 'stopped'],
    ['P', 'paused'],
    ['T', 'waiting'],
    ['U', 'waiting'],
    ['X', 'purging'],
  ])('with prompt %s means %s', (prompt, state) => {
    expect(reply(`07${prompt}14.43`)).toEqual({ kind: 'status', address: 7, state, error: null, data: '14.43' });
  });

  test.each([
    ['R', 'power-interrupted'],
    ['S', 'stalled'],
    ['T', 'host-timeout'],
    ['E', 'program-error'],
    ['O', 'phase-out-of-range'],
  ])('with alarm %s means %s', (letter, alarm) => {
    expect(reply(`00A?${letter}`)).toEqual({ kind: 'alarm', address: 0, alarm });
  });

  test.each([
    ['?', 'not-recognised'],
    ['?NA', 'not-applicable'],
    ['?OOR', 'out-of-range'],
    ['?COM', 'bad-packet'],
    ['?IGN', 'ignored'],
  ])('with %s is an error', (text, error) => {
    expect(reply(`00S${text}`)).toMatchObject({ kind: 'status', state: 'stopped', error, data: '' });
  });

  test.each(['', '0S', '00', '00Q', '00A?', '00A?Q', '00S?WHAT', 'RUN', '0RUN'])('is not %j', (payload) => {
    expect(reply(payload)).toBeNull();
  });

  test('of any text is parsed or null, never thrown', () => {
    const anyText = fc.property(fc.string(), (payload) => {
      expect(() => reply(payload)).not.toThrow();
    });
    fc.assert(anyText);
  });
});

test('a version names model and firmware, with X firmware too', () => {
  expect(parseVersion('NE1000V3.928')).toEqual({ model: 'NE1000', firmware: '3.928' });
  expect(parseVersion('NE1000XV3.92')).toEqual({ model: 'NE1000X', firmware: '3.92' });
  expect(parseVersion('NE4000X2V4.64')).toEqual({ model: 'NE4000X2', firmware: '4.64' });
  expect(parseVersion('PHD2000V1.0')).toBeNull();
});

test('the infused volume is taken from the counters', () => {
  expect(parseInfused('I0.250W9.000ML')).toBe(250);
  expect(parseInfused('I0.250W9.000')).toBeNull();
  expect(parseInfused('I12345W9.000ML')).toBeNull();
});
