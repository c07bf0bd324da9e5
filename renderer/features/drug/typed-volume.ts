import { parseDecimal } from '../../../preload/contract/parse-decimal.ts';

/** Thousandths of what was typed (mL as uL, mg/mL as ug/mL); null where it is no number yet. */
export function numberOf(text: string): number | null {
  const typed = parseDecimal(text);
  return typed.kind === 'value' ? typed.thousandths : null;
}

/** Why it is no number, for display; null for nothing typed yet. */
export function wrongIn(text: string): string | null {
  const typed = parseDecimal(text);
  return typed.kind === 'malformed' ? typed.why : null;
}
