import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openTrail } from '../../db/client.ts';
import { acceptConfiguration } from '../support/accept-configuration.ts';
import { DemonstrationProcess } from '../support/demonstration-process.ts';
import { startInfusion } from '../support/infusion.ts';
import { StationClient } from '../support/station-client.ts';
import { CLINICIAN, StationProcess, writeConfiguration } from '../support/station-process.ts';

const rowSchema = z.object({
  act: z.string(),
  mono: z.number(),
  new: z.object({ accounting: z.string(), deliveredUl: z.number() }).partial().catch({}),
});

/** the whole of main is gone in the middle of an infusion, without a last word. */
describe('main killed while infusing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chairside-killed-'));
  const demonstration = new DemonstrationProcess(1);
  let args: readonly string[];

  beforeAll(async () => {
    const configuration = await writeConfiguration(folder, await demonstration.ready());
    args = ['--config', configuration, '--data', join(folder, 'data')];
  });

  afterAll(() => {
    demonstration.end();
    rmSync(folder, { recursive: true, force: true });
  });

  test('the pump halts within 4 s, and the restarted station shows INTERRUPTED, counts what came meanwhile and runs nothing', async () => {
    const first = new StationProcess(args);
    const client = await StationClient.connect(await first.address());
    await acceptConfiguration(client);
    const sessionId = await startInfusion(client, 'chair-1');
    expect((await demonstration.truth(0)).delivering).toBe(true);

    const killedAt = performance.now();
    await first.end('SIGKILL');
    client.close();
    await demonstration.untilNotDelivering(0, 10_000);
    expect(performance.now() - killedAt).toBeLessThan(4000);
    const delivered = (await demonstration.truth(0)).deliveredMicrolitres;

    const second = new StationProcess(args);
    const again = await StationClient.connect(await second.address());
    const chair = await again.until('chair-1', 'the interrupted session', ({ phase }) => phase === 'interrupted');
    expect(chair.session?.id).toBe(sessionId);
    expect(chair.alarms.map(({ id }) => id)).toContain('interrupted');

    // Neither an order to resume nor waiting brings the pump back.
    await again.must('access.signIn', CLINICIAN);
    const refused = await again.call('session.resume', {
      chairId: 'chair-1',
      reason: 'Go on after the restart',
      confirmedRateUlPerH: 26_200,
    });
    expect(refused.ok).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 3000));
    const shown = again.chair('chair-1').session?.deliveredUl ?? Number.NaN;
    const after = await demonstration.truth(0);
    expect(after.delivering).toBe(false);
    expect(after.deliveredMicrolitres).toBe(delivered);

    again.close();
    expect(await second.end()).toBe(0);
    const trail = await openTrail({ folder: join(folder, 'data'), station: 'Test station', appVersion: 'test' });
    expect(await trail.verify()).toMatchObject({ damage: null });
    // what came between the last row and the halt is in the session, by the pump's own counter.
    const rows = (await trail.sessionRows(sessionId)).map(({ body }) => rowSchema.parse(JSON.parse(body)));
    const [found, counted, ...more] = rows.filter(({ act }) => act === 'session.gap');
    expect([found?.new.accounting, counted?.new.accounting, more.length]).toEqual(['awaited', 'counted', 0]);
    expect(Math.abs((counted?.new.deliveredUl ?? 0) - delivered)).toBeLessThanOrEqual(10);
    expect(shown).toBe(counted?.new.deliveredUl);
    // by the clock of the station itself, from the gap that it found at its start.
    expect((counted?.mono ?? Number.NaN) - (found?.mono ?? Number.NaN)).toBeLessThanOrEqual(5000);
    await trail.close();
  });
});
