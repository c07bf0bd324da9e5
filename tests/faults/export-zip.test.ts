import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Zip, ZipPassThrough } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { open, recordSession, temporaryFolder } from '../../db/test-kit.ts';
import type { Files } from '../../main/export/bag.ts';
import { exportSession } from '../../main/export/export-session.ts';
import { readFolder } from '../../main/export/read-export.ts';

// a reader unpacks all of a zip and looks at what comes first; the check must not look at something else.

const work = temporaryFolder();
let files: Files = new Map();
let root = '';

beforeAll(async () => {
  const trail = await open(join(work.path, 'record'));
  await recordSession(trail, 's1');
  const exported = await exportSession(trail, 's1', work.path);
  await trail.close();
  files = await readFolder(exported.folder);
  ({ root } = exported);
});

afterAll(() => work[Symbol.dispose]());

type Entry = readonly [path: string, content: Buffer];
const genuine = (folder: string): Entry[] => [...files].map(([path, content]) => [`${folder}/${path}`, content]);
const forged = (path: string): Entry => [path, Buffer.from('{"act":"pump.start.intent","new":{"rateUlPerH":1}}\n')];

function verify(entries: readonly Entry[]) {
  const path = join(work.path, `${basename(work.path)}.zip`);
  const packed: Uint8Array[] = [];
  const zip = new Zip((_, bytes) => packed.push(bytes));
  for (const [name, content] of entries) {
    const entry = new ZipPassThrough(name);
    zip.add(entry);
    entry.push(content, true);
  }
  zip.end();
  writeFileSync(path, Buffer.concat(packed));
  const cli = fileURLToPath(new URL('../../main/export/verify-cli.ts', import.meta.url));
  return spawnSync(process.execPath, [cli, path, '--root', root], { encoding: 'utf8' });
}

test('a zip with the export in one folder is in order', () => {
  expect(verify(genuine('export'))).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/^IN ORDER\n/) as string,
  });
});

describe('a zip that holds more than the export which is checked is damaged:', () => {
  test.each<[what: string, entries: () => readonly Entry[], say: string]>([
    [
      'a forged folder before the genuine one',
      () => [forged('export/data/events.jsonl'), ...genuine('genuine')],
      'more than one folder at its top',
    ],
    [
      'a forged folder after the genuine one',
      () => [...genuine('genuine'), forged('zzz/note.txt')],
      'more than one folder at its top',
    ],
    [
      'a forged file beside the folder',
      () => [forged('events.jsonl'), ...genuine('genuine')],
      'more than one folder at its top',
    ],
    [
      'a forged file under the name of a genuine one',
      () => [forged('export/data/events.jsonl'), ...genuine('export')],
      'export/data/events.jsonl is in it more than once',
    ],
  ])('%s', (_, entries, say) => {
    const { status, stdout, stderr } = verify(entries());
    expect(stdout).not.toContain('IN ORDER');
    expect(stderr).toContain(say);
    expect(status).toBe(1);
  });
});
