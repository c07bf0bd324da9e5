/** What a person typed: nothing yet, a number in thousandths, or why it is no number. */
export type TypedNumber =
  | { readonly kind: 'empty' }
  | { readonly kind: 'value'; readonly thousandths: number }
  | { readonly kind: 'malformed'; readonly why: string };

const malformed = (why: string): TypedNumber => ({ kind: 'malformed', why });

/**
 * Reads a positive number with decimal comma or point and at most two decimals. Anything doubtful is refused and
 * explained, never corrected: "1,000" could be one or a thousand, ".5" and "05" are known slips.
 */
export function parseDecimal(typed: string): TypedNumber {
  const text = typed.trim();
  if (text === '') return { kind: 'empty' };
  if (/[^\d.,]/.test(text)) return malformed('Digits and one decimal comma or point only.');
  if ((text.match(/[.,]/g) ?? []).length > 1) return malformed('Only one decimal comma or point.');
  if (/^[.,]/.test(text)) return malformed(`Write a zero before the decimal sign: 0${text}`);
  if (/[.,]$/.test(text)) return malformed('A digit must follow the decimal sign.');
  if (/^0\d/.test(text)) return malformed('A number does not begin with an extra zero.');
  const [whole = '', decimals = ''] = text.split(/[.,]/);
  if (decimals.length > 2) return malformed('At most two decimals. No thousands separators.');
  if (whole.length > 5) return malformed('Too many digits.');
  const thousandths = Number(whole) * 1000 + Number(decimals.padEnd(3, '0'));
  return thousandths === 0 ? malformed('Must be more than zero.') : { kind: 'value', thousandths };
}
