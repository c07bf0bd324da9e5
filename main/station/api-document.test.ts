import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { contract, topics } from '../../preload/contract/contract.ts';
import { clientMessageSchema } from '../../preload/dialect.ts';

const text = readFileSync(new URL('../../docs/station-api.md', import.meta.url), 'utf8');
const leaves = Object.entries(contract).flatMap(([group, members]) =>
  Object.entries(members).map(([name, leaf]) => [`${group}.${name}`, leaf] as const),
);

/** Every message a client sends in the document; long ones go over several lines, indented further. */
const messages = [...text.matchAll(/^ {4}-> (.*(?:\n {8}.*)*)/gm)].map(([, message]) =>
  clientMessageSchema.parse(JSON.parse((message ?? '').replaceAll(/\n {8}/g, ''))),
);

describe('docs/station-api.md', () => {
  test.each(leaves)('has a section and a valid example of %s', (name, leaf) => {
    expect(text).toContain(`\n### ${name}\n`);
    const examples = messages.filter((message) => 'call' in message && message.call === name);
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) leaf.input.parse('input' in example ? example.input : null);
  });

  test('names nothing that the contract does not have', () => {
    const known = new Set<string>(leaves.map(([name]) => name));
    const sections = [...text.matchAll(/^### ([a-z]+\.[A-Za-z]+)$/gm)].map(([, name]) => name);
    expect(sections.filter((name) => name === undefined || !known.has(name))).toEqual([]);
    for (const topic of Object.keys(topics)) expect(text).toContain(`| \`${topic}\` |`);
  });

  test.each(leaves)('says who may call %s', (name, { right }) => {
    const [, section = ''] = text.split(`\n### ${name}\n`);
    const words = right === 'anyone' ? 'anyone' : right === 'signed-in' ? 'signed in' : right.join(', ');
    expect(section.trimStart().toLowerCase().startsWith(words)).toBe(true);
  });
});
