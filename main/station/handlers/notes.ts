import { z } from 'zod';
import type { DrugBody } from '../../../db/drug-rows.ts';
import type { PersonConfiguration } from '../../configuration/configuration.ts';
import { withZone } from '../local-time.ts';

const textSchema = z.object({ text: z.string() });

export interface NoteView {
  readonly seq: number;
  readonly time: string;
  readonly by: string;
  readonly text: string;
  readonly corrects: number | null;
  readonly old: string | null;
}

/** Every note in the order of the record; a correction is a note of its own and takes nothing away. */
export function notesIn(
  bodies: readonly DrugBody[],
  people: readonly Pick<PersonConfiguration, 'id' | 'name'>[],
): NoteView[] {
  return bodies.flatMap(({ act, seq, ts, actor, ref, old, new: figures }) => {
    const note = act === 'session.note' ? textSchema.safeParse(figures).data : undefined;
    if (note === undefined) return [];
    const by = people.find(({ id }) => id === actor?.id)?.name ?? actor?.id ?? 'station';
    const before = textSchema.safeParse(old).data?.text ?? null;
    return [{ seq, time: withZone(new Date(ts)), by, text: note.text, corrects: ref ?? null, old: before }];
  });
}
