import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { attachmentsOf } from './attachments.ts';

const object = (dictionary: string, content: Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`1 0 obj\n<<\n${dictionary}\n>>\nstream\n`),
    content,
    Buffer.from('\nendstream\nendobj\n'),
  ]);

test('gives attached files, packed or not, and no other stream', () => {
  const pdf = Buffer.concat([
    object('/Length 3', Buffer.from('abc')),
    object('/Type /EmbeddedFile\n/Filter /FlateDecode', deflateSync('{"a":1}\n')),
    object('/Type /EmbeddedFile\n/Filter /FlateDecode', Buffer.from('not packed')),
  ]);
  const [packed, broken, ...more] = attachmentsOf(pdf);
  expect(packed?.toString()).toBe('{"a":1}\n');
  expect(broken?.toString()).toContain('not packed');
  expect(more).toEqual([]);
});
