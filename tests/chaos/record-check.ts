import { openTrail } from '../../db/client.ts';
import type { Acknowledged } from './clinician.ts';

/** the record fits together and holds a row for every call that the station accepted. */
export async function checkRecord(folder: string, acknowledged: readonly Acknowledged[]) {
  const trail = await openTrail({ folder, station: 'Test station', appVersion: 'chaos' });
  try {
    const { rows, damage } = await trail.verify();
    const written = new Map<string, number>();
    for (const { id } of await trail.sessions()) {
      for (const { body } of await trail.sessionRows(id)) {
        const { act, outcome } = JSON.parse(body) as { readonly act: string; readonly outcome: string };
        if (outcome === 'ok') count(written, keyOf({ act, session: id }));
      }
    }
    const asked = new Map<string, number>();
    for (const one of acknowledged) count(asked, keyOf(one));
    const missing = [...asked].filter(([key, calls]) => calls > (written.get(key) ?? 0));
    return { rows, damage, missing: missing.map(([key, calls]) => `${key}: ${calls} asked, ${written.get(key) ?? 0}`) };
  } finally {
    await trail.close();
  }
}

const keyOf = ({ act, session }: Acknowledged): string => `${session} ${act}`;
const count = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);
