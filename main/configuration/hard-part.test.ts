import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { differences, digestOf, hardPart } from './hard-part.ts';
import { NO_LIBRARY } from '../library/signed-library.ts';
import { SITE_LIBRARY } from '../library/testing-library.ts';
import { parseConfiguration } from './load.ts';

const text = readFileSync(new URL('../../docs/chairside.example.yaml', import.meta.url), 'utf8');
const [ONE = '', OTHER = ''] = text.match(/[0-9a-f]{64}/g) ?? [];
const partOf = (yaml: string, library = SITE_LIBRARY) => hardPart(parseConfiguration(yaml, 'site.yaml'), library);
const accepted = partOf(text);

function changed(from: string, to: string): readonly string[] {
  expect(text).toContain(from);
  const now = partOf(text.replace(from, to));
  const found = differences(accepted, now);
  expect(digestOf(now) === digestOf(accepted)).toBe(found.length === 0);
  return found;
}

test.each([
  ['the name of the station', 'station: Infusion room 1', 'station: Room 2', 'station: Infusion room 1 -> Room 2'],
  ['the name of a chair', 'name: Chair 2', 'name: Chair 3', 'chairs.chair-2.name: Chair 2 -> Chair 3'],
  ['a pump address', 'address: 2', 'address: 7', 'chairs.chair-2.pump.address: 2 -> 7'],
  [
    'a port',
    'port: tcp:192.0.2.10:4002',
    'port: tcp:192.0.2.99:4002',
    'chairs.chair-2.monitor.port: tcp:192.0.2.10:4002 -> tcp:192.0.2.99:4002',
  ],
  ['a baud rate', '# baudRate: 19200', 'baudRate: 9600', 'chairs.chair-1.pump.baudRate: nothing -> 9600'],
  ['a data format', '# format: "7"', 'format: "8"', 'chairs.chair-1.monitor.format: nothing -> 8'],
  ['the drug library', 'file: drug-library.json', 'file: other.json', 'library.file: drug-library.json -> other.json'],
  ['an approver', OTHER, 'c'.repeat(64), `library.trustedKeys: ${ONE} ${OTHER} -> ${ONE} ${'c'.repeat(64)}`],
  [
    'the second anchor',
    'anchor: /media/anchors/chairside.jsonl',
    'anchor: /tmp/a',
    'record.anchor: /media/anchors/chairside.jsonl -> /tmp/a',
  ],
  ['the copies', 'backup: /media/backup/chairside', '', 'record.backup: /media/backup/chairside -> nothing'],
])('%s belongs to it, with what it was and what it is', (_what, from, to, line) => {
  const at = text.lastIndexOf(from);
  const found = differences(accepted, partOf(text.slice(0, at) + to + text.slice(at + from.length)));
  expect(found).toEqual([line]);
});

test.each([
  ['the idle time that locks a screen', 'lockAfterMinutes: 3', 'lockAfterMinutes: 5'],
  ['a person', 'name: A. Supervisor', 'name: B. Supervisor'],
  ['a comment', '# Name of this station', '# The name'],
])('%s does not', (_what, from, to) => {
  expect(changed(from, to)).toEqual([]);
});

test('another library under the same name and the same version belongs to it, and one that cannot be read', () => {
  expect(differences(accepted, partOf(text, { ...SITE_LIBRARY, digest: 'ab' }))).toEqual([
    `library.digest: ${SITE_LIBRARY.digest} -> ab`,
  ]);
  const unusable = { ...SITE_LIBRARY, digest: '', library: { ...SITE_LIBRARY.library, version: 'unusable' } };
  expect(differences(accepted, partOf(text, unusable))).toEqual([
    `library.digest: ${SITE_LIBRARY.digest} -> nothing`,
    `library.version: ${SITE_LIBRARY.library.version} -> unusable`,
  ]);
});

test('that the configuration names no drug library belongs to it, and says so', () => {
  const without = text.replace(/^library:\n( .*\n)+/m, '');
  expect(differences(accepted, partOf(without, NO_LIBRARY))).toEqual([
    `library.digest: ${SITE_LIBRARY.digest} -> nothing`,
    'library.file: drug-library.json -> nothing',
    `library.trustedKeys: ${ONE} ${OTHER} -> nothing`,
    'library.version: site-1 -> none',
  ]);
});

test('a chair that comes or goes is named in each of its lines', () => {
  const without = Object.fromEntries(Object.entries(accepted).filter(([place]) => !place.startsWith('chairs.chair-2')));
  const found = differences(without, accepted);
  expect(found).toHaveLength(8);
  expect(found).toContain('chairs.chair-2.pump.driver: nothing -> new-era');
});

test('the order of chairs and approvers says nothing', () => {
  const configuration = parseConfiguration(text, 'site.yaml');
  const library = { file: 'drug-library.json', trustedKeys: [OTHER, ONE] };
  const turned = hardPart({ ...configuration, library, chairs: configuration.chairs.toReversed() }, SITE_LIBRARY);
  expect(digestOf(turned)).toBe(digestOf(accepted));
});
