import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../drivers/kit/app-error.ts';
import { loadConfiguration, parseConfiguration } from './load.ts';

const example = readFileSync(new URL('../../docs/chairside.example.yaml', import.meta.url), 'utf8');

/** The errors of the example after a change of its text. */
function errorsAfter(...changes: readonly (readonly [string | RegExp, string])[]): string {
  const text = changes.reduce((before, [from, to]) => {
    const after = before.replace(from, to);
    expect(after).not.toBe(before);
    return after;
  }, example);
  try {
    parseConfiguration(text, 'site.yaml');
  } catch (error) {
    if (error instanceof AppError && error.code === 'CONFIG_INVALID') return error.message;
    throw error;
  }
  return '';
}

const lineOf = (text: string): number => example.slice(0, example.indexOf(text)).split('\n').length;

describe('configuration file', () => {
  test('the documented example loads', () => {
    const { chairs, people, library, demonstration } = parseConfiguration(example, 'example');
    expect(demonstration).toBe(false);
    expect(library?.file).toBe('drug-library.json');
    expect(chairs.map(({ devices }) => devices.monitor.port)[1]).toBe('tcp:192.0.2.10:4002');
    expect(chairs[0]?.devices).toMatchObject({ syringe: 'BD 60 mL', pump: { address: 1, baudRate: null } });
    expect(people.map(({ role, hint }) => [role, hint])).toEqual([
      ['clinician', null],
      ['supervisor', null],
      ['administrator', null],
    ]);
  });

  test.each([
    ['an unknown driver', 'driver: new-era', 'driver: other', 'chairs[0].pump.driver: there is no driver "other"'],
    ['a port without a kind', 'tcp:192.0.2.10:4001', '/dev/ttyUSB0', 'chairs[1].pump.port: write serial:PATH'],
    ['a TCP port out of range', '192.0.2.10:4001', '192.0.2.10:99999', 'chairs[1].pump.port: write serial:PATH'],
    ['an address of no pump', 'address: 1', 'address: 100', 'chairs[0].pump.address: is 0 to 99'],
    ['an unknown syringe', 'BD 60 mL', 'Bucket', 'chairs[0].pump.syringe: the driver "new-era" does not know'],
    ['a role that is none', 'role: supervisor', 'role: boss', 'people[1].role: is one of "clinician"'],
    ['an unknown key', '    name: Chair 2', '    colour: 2\n    name: Chair 2', 'chairs[1].colour: is not a known key'],
    ['a port used twice', '192.0.2.10:4002', '192.0.2.10:4001', 'chairs[1].monitor.port: the port "tcp:192'],
    ['a chair id used twice', 'id: chair-2', 'id: chair-1', 'chairs[1].id: the chair id "chair-1" is used twice'],
    ['a pump address used twice', 'address: 2', 'address: 1', 'chairs[1].pump.address: the pump address "1" is used'],
    ['people without an administrator', 'role: administrator', 'role: technician', 'people: name an administrator and'],
    [
      'an administrator without a second signer',
      'role: supervisor',
      'role: technician',
      'people: name an administrator',
    ],
    ['a person used twice', 'id: a-supervisor', 'id: a-clinician', 'people[1].id: the person id'],
  ])('names %s with its line', (_what, from, to, message) => {
    expect(errorsAfter([from, to])).toMatch(/^site\.yaml:\d+: /);
    expect(errorsAfter([from, to])).toContain(`: ${message}`);
    expect(errorsAfter([from, to]).split('\n')).toHaveLength(1);
  });

  test('an address that is left out is 0, which two pumps cannot share either', () => {
    expect(errorsAfter([/ +address: 1\n/, ''], [/ +address: 2\n/, ''])).toContain('the pump address "0" is used twice');
  });

  test('gives the line on which the error stands', () => {
    expect(errorsAfter(['address: 1', 'address: 100'])).toContain(`site.yaml:${lineOf('address: 1')}:`);
  });

  test('a plain PIN is refused and not repeated', () => {
    const errors = errorsAfter([/pin: scrypt\S+/, 'pin: "204816"']);
    expect(errors).toContain('people[0].pin: is not a PIN string');
    expect(errors).not.toContain('204816');
  });

  test('a missing key is reported at what should hold it', () => {
    expect(errorsAfter([/ +role: supervisor\n/, ''])).toMatch(/people\[1\]\.role: is (missing|one of)/);
    expect(errorsAfter([/station: .*/, ''])).toContain('station: is missing');
  });

  test('all errors come at once, in the order of the file', () => {
    const errors = errorsAfter(
      ['driver: new-era', 'driver: x'],
      ['id: chair-2', 'id: chair-1'],
      ['role: supervisor', 'role: x'],
    );
    const lines = errors.split('\n').map((line) => Number(line.split(':')[1]));
    expect(lines).toHaveLength(3);
    expect(lines).toEqual(lines.toSorted((a, b) => a - b));
  });

  test.each([
    ['broken YAML', 'chairs: [ {id: a\npeople: []\n'],
    ['a key given twice', 'station: a\nstation: b\n'],
    ['a list instead of keys', '- 1\n'],
    ['nothing', ''],
  ])('refuses %s with a line and no stack', (_what, text) => {
    expect(() => parseConfiguration(text, 'site.yaml')).toThrow(/^site\.yaml:\d+: /);
  });

  test('a file that is not there is named', async () => {
    await expect(loadConfiguration('/no/such/site.yaml')).rejects.toThrow(
      /site\.yaml: the configuration cannot be read/,
    );
  });
});
