import { join } from 'node:path';
import { open, recordSession, temporaryFolder } from '../db/test-kit.ts';
import { exportBench } from '../main/station/export-bench.ts';
import { choose } from '../main/station/export-choice.ts';

// One record and one export by themselves, before the tests begin hundreds of threads: what Node strips of types is kept
// from then on (tools/run.mjs), and no thread compiles WebAssembly for it beside others.

using folder = temporaryFolder();
const trail = await open(join(folder.path, 'record'));
await recordSession(trail, 's1');
const desk = exportBench(trail, join(folder.path, 'exports'), () => undefined);
const subject = { kind: 'session', sessionId: 's1' } as const;
const request = { subject, form: 'folder', content: 'identified' } as const;
const by = { id: 'sam', name: 'Sam', role: 'supervisor' } as const;
const result = await desk.result(desk.start(request, await choose(subject, 'identified', trail), by));
await trail.close();
if (result.state !== 'done') throw new Error(`the export ended as ${JSON.stringify(result)}`);
