import { expect, test } from 'vitest';
import { event, open, temporaryFolder } from '../../db/test-kit.ts';
import { startWriter } from './record-kit.ts';

const KILLS = 15;

test(`R-8.2: ${KILLS} kills during appends lose no acknowledged row, and the trail goes on`, async () => {
  using folder = temporaryFolder();
  let rowsBefore = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    const writer = startWriter(folder.path);
    await writer.line;
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 120));
    await writer.kill();
    expect(writer.seen()).toBeGreaterThan(rowsBefore);

    const trail = await open(folder.path);
    const found = await trail.verify();
    const next = await trail.append(event('after.kill', { new: { kill } }));
    await trail.close();
    expect(found.damage).toBeNull();
    expect(found.rows).toBeGreaterThanOrEqual(writer.seen());
    expect(next.seq).toBe(found.rows + 1);
    rowsBefore = found.rows;
  }
});

test('a record that another process holds is locked until that process is gone', async () => {
  using folder = temporaryFolder();
  const writer = startWriter(folder.path);
  await writer.line;
  const refused = open(folder.path);
  await expect(refused).rejects.toMatchObject({ code: 'RECORD_LOCKED', message: /Close it/ });
  await writer.kill();
  const trail = await open(folder.path);
  expect((await trail.verify()).damage).toBeNull();
  await trail.close();
});

test(`R-8.2: ${KILLS} kills while the signing key changes never lose the key, an acknowledged row or an anchor`, async () => {
  using folder = temporaryFolder();
  for (let kill = 0; kill < KILLS; kill += 1) {
    const writer = startWriter(folder.path, 'record-rotator');
    await writer.line;
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 120));
    await writer.kill();

    const trail = await open(folder.path);
    const found = await trail.verify();
    const { segment, concerns } = await trail.status();
    await trail.close();
    expect(found.damage).toBeNull();
    expect(found.rows).toBeGreaterThanOrEqual(writer.seen());
    expect({ segment, concerns }).toEqual({ segment: 1, concerns: [] });
  }
});
