import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { publishWithSheet } from '../../main/export/write/publish.ts';
import { newDraft, openSink } from '../../main/export/write/sink.ts';

// A station that gives a complete export its name: `node killed-publisher.ts FOLDER STEP`, killed before its STEP-th change of the folder.

const [folder = '', step = '0'] = process.argv.slice(2);
const sink = await openSink({ form: 'folder', target: folder, draft: newDraft(folder) }, 'export');
await sink.put('data/x.txt', Buffer.from('x'));
await sink.close();

let left = Number(step);
for (const name of ['mkdir', 'open', 'rename', 'rm'] as const) {
  const real = fs.promises[name] as (...args: unknown[]) => Promise<unknown>;
  Object.assign(fs.promises, {
    [name]: async (...args: unknown[]) => {
      if (left === 0) process.kill(process.pid, 'SIGKILL');
      left -= 1;
      return await real(...args);
    },
  });
}
syncBuiltinESMExports();
await publishWithSheet(sink, (name) => `sheet of ${name}\n`);
