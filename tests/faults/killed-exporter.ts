import { join } from 'node:path';
import { open, recordSession } from '../../db/test-kit.ts';
import { exportBench } from '../../main/station/export-bench.ts';

// A station that is making an export: `node killed-exporter.ts FOLDER`, until it is killed.

const [folder = ''] = process.argv.slice(2);
const trail = await open(join(folder, 'record'));
await recordSession(trail, 's1');
const desk = exportBench(trail, join(folder, 'exports'), () => undefined);
const request = { subject: { kind: 'session', sessionId: 's1' }, form: 'folder', content: 'identified' } as const;
// The same session a hundred times: the export has not come to its end when it is killed.
const sessions = Array.from({ length: 100 }, () => 's1');
const collection = { name: 'chairside-day-2026-11-22', subject: 'day 2026-11-22' };
const chosen = { act: 'export.collection', sessions, label: '2026-11-22', collection } as const;
await desk.result(desk.start(request, chosen, { id: 'sam', name: 'Sam', role: 'supervisor' }));
