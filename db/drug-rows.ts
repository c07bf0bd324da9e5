import { z } from 'zod';

// The rows by which a controlled drug is accounted for, as they stand in the trail. Volumes in uL, masses in ug.

const whole = z.int().nonnegative();
const amount = { volumeUl: whole, massUg: whole };
const place = z.enum(['syringe', 'container']);

const drawnSchema = z.object({
  ...amount,
  drug: z.string(),
  ndc: z.string(),
  lot: z.string(),
  expiry: z.string(),
  containerConcentrationUgPerMl: whole,
  containerVolumeUl: whole,
  containers: whole,
  openedUg: whole,
  afterAdditionUl: whole,
  /** Written down after the infusion had begun. */
  late: z.boolean(),
});
const concentration = { concentrationUgPerMl: whole };
const wasteSchema = z.object({ ...amount, ...concentration, from: place, manner: z.string(), witness: z.string() });
/** Null in rows of before every way out of the account took two. */
const witness = { witness: z.string().nullable().default(null) };
const returnSchema = z.object({ ...amount, ...concentration, ...witness, from: place });
const amountSchema = z.object({ ...amount, ...concentration, ...witness });

/** What each act moves. `prime`: pushed into the line by hand; `flush`: out of the line into the patient. */
const FIGURES = {
  'drug.drawn': drawnSchema,
  'drug.waste': wasteSchema,
  'drug.return': returnSchema,
  'drug.residual': amountSchema,
  'drug.prime': amountSchema,
  'drug.flush': amountSchema,
} as const;

export type DrugAct = keyof typeof FIGURES;
type Figures = { [Act in DrugAct]: z.infer<(typeof FIGURES)[Act]> };

interface EntryFacts {
  readonly seq: number;
  readonly time: string;
  readonly by: string | null;
  readonly reason: string | null;
  /** Volume first written down, where a correction replaced it; null: never corrected. */
  readonly correctedFromUl: number | null;
}

/** One entry with the figures that hold now. */
export type DrugEntryRow = {
  [Act in DrugAct]: EntryFacts & { readonly act: Act; readonly figures: Figures[Act] };
}[DrugAct];

const bodySchema = z.object({
  seq: z.int(),
  ts: z.string(),
  act: z.string(),
  outcome: z.string(),
  actor: z.object({ id: z.string(), role: z.string().default(''), auth: z.array(z.string()).default([]) }).nullable(),
  reason: z.string().optional(),
  ref: z.int().optional(),
  old: z.json().optional(),
  new: z.json().optional(),
});
export type DrugBody = z.infer<typeof bodySchema>;

/** Null for a row that cannot be read; verification names that damage. */
export function readBody(text: string): DrugBody | null {
  try {
    return bodySchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null; // Verification names the damage; the other rows still count.
  }
}

function isDrugAct(act: string): act is DrugAct {
  return Object.hasOwn(FIGURES, act);
}

const correctionSchema = z.object({ volumeUl: whole, massUg: whole });

/** Entries in the order of the record, each with its newest correction. A row without its figures is no entry. */
export function drugEntries(bodies: readonly DrugBody[]): DrugEntryRow[] {
  const corrections = new Map<number, z.infer<typeof correctionSchema>>();
  for (const { act, ref, new: figures } of bodies) {
    const corrected = act === 'drug.corrected' ? correctionSchema.safeParse(figures).data : undefined;
    if (ref !== undefined && corrected !== undefined) corrections.set(ref, corrected);
  }
  return bodies.flatMap(({ seq, ts, act, actor, reason, new: written }) => {
    if (!isDrugAct(act)) return [];
    const figures = FIGURES[act].safeParse(written).data;
    if (figures === undefined) return [];
    const correction = corrections.get(seq);
    const facts = { seq, time: ts, by: actor?.id ?? null, reason: reason ?? null };
    const correctedFromUl = correction === undefined ? null : figures.volumeUl;
    // The cast joins act and figures, which FIGURES keeps in step.
    return [{ ...facts, act, figures: { ...figures, ...correction }, correctedFromUl } as DrugEntryRow];
  });
}

/** Who signed the entry beside whoever wrote it; null for none. */
export function witnessOf(entry: DrugEntryRow): string | null {
  return entry.act === 'drug.drawn' ? null : entry.figures.witness;
}
