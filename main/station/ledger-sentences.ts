import { z } from 'zod';
import type { EventFacts } from './event-sentences.ts';

// Sentences for what people write to a session beside its course: the controlled drug, notes, signatures.

const factsSchema = z.object({
  volumeUl: z.number().optional(),
  massUg: z.number().optional(),
  text: z.string().optional(),
  meaning: z.string().optional(),
  name: z.string().optional(),
  lot: z.string().optional(),
  expiry: z.string().optional(),
  manner: z.string().optional(),
  witness: z.string().optional(),
  rows: z.number().optional(),
  whole: z.boolean().optional(),
  session: z.string().optional(),
});
type Facts = z.infer<typeof factsSchema>;

const read = (figures: unknown): Facts => factsSchema.safeParse(figures).data ?? {};
const amount = ({ volumeUl = Number.NaN, massUg = Number.NaN }: Facts): string =>
  `${volumeUl / 1000} mL (${massUg / 1000} mg)`;
const because = ({ reason }: EventFacts): string => (reason === undefined || reason === '' ? '' : `: ${reason}`);

const moved = (what: string) => (facts: EventFacts) => {
  const { witness } = read(facts.new);
  return `Drug ${what}: ${amount(read(facts.new))}${witness === undefined ? '' : `, witness ${witness}`}${because(facts)}`;
};

export const LEDGER_SENTENCES: Readonly<Record<string, (facts: EventFacts) => string>> = {
  'drug.drawn': (facts) => `Drug drawn up: ${amount(read(facts.new))}, lot ${read(facts.new).lot ?? '?'}`,
  'drug.expired': (facts) =>
    `Drawing up refused: lot ${read(facts.new).lot ?? '?'} expired ${read(facts.new).expiry ?? '?'}`,
  'drug.waste': (facts) => {
    const { manner = '?', witness = '?' } = read(facts.new);
    return `Drug wasted: ${amount(read(facts.new))}, ${manner}, witness ${witness}${because(facts)}`;
  },
  'drug.return': moved('returned'),
  'drug.residual': moved('left in syringe and set'),
  'drug.prime': moved('pushed into the line by hand'),
  'drug.flush': moved('flushed into the patient by hand'),
  'drug.corrected': (facts) =>
    `Drug entry corrected from ${amount(read(facts.old))} to ${amount(read(facts.new))}${because(facts)}`,
  'drug.discrepancy': (facts) => `Drug balance declared open${because(facts)}`,
  'drug.discrepancy.closed': (facts) => `Drug balance closed by a supervisor${because(facts)}`,
  'session.note': (facts) => {
    const before = read(facts.old).text;
    return `Note: ${read(facts.new).text ?? '?'}${before === undefined ? '' : ` (before: ${before})`}`;
  },
  'session.signed': (facts) => `Signed by ${read(facts.new).name ?? '?'}, meaning ${read(facts.new).meaning ?? '?'}`,
  'session.viewed': (facts) => `Session ${read(facts.new).session ?? '?'} was looked at`,
  'record.verified': (facts) => {
    const { rows = Number.NaN, whole } = read(facts.new);
    return whole === true
      ? `The record was checked and is whole, ${rows} rows`
      : `The check of the record failed${because(facts)}`;
  },
};
