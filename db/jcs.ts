/**
 * RFC 8785 canonical JSON, written here a second time on purpose: the record is written with the `canonicalize` package
 * and checked with this, so a fault in one of them does not hide itself. ECMAScript's own number text is RFC 8785's.
 */
export function jcs(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return jcsString(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(jcs).join(',')}]`;
  if (typeof value === 'object') return jcsObject(value);
  throw new TypeError(`this ${typeof value} has no canonical form`);
}

function jcsString(value: string): string {
  if (!value.isWellFormed()) throw new TypeError('half a character has no canonical form');
  return JSON.stringify(value);
}

function jcsObject(value: object): string {
  // The default sort compares UTF-16 code units, which is the order of RFC 8785 section 3.2.3.
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${jcsString(name)}:${jcs(member)}`).join(',')}}`;
}
