import type { Contradiction } from './anchor-check.ts';
import { THIS_COMPUTER } from './anchor-places.ts';
import type { HeldAnchors } from './anchors.ts';
import type { Segment } from './verify-keys.ts';

/**
 * Root fingerprints of the segments that this station began, by its own anchors. One of an older version names none; it vouches for those that
 * begin within its rows. The first segment is what the record is: another one is another record, which its anchors and the paper show.
 */
export function rootsIn(
  segments: readonly Segment[],
  held: readonly HeldAnchors[],
  contradictions: readonly Contradiction[],
): ReadonlySet<string> {
  const contradicted = new Set(contradictions.map(({ anchor }) => anchor));
  const anchors = held.filter(({ place }) => place.name === THIS_COMPUTER).flatMap((each) => each.anchors);
  const named = anchors.flatMap((anchor) => {
    if (anchor.roots !== undefined) return anchor.roots;
    const within = segments.filter(({ seq }) => seq <= anchor.size && !contradicted.has(anchor));
    return within.map(({ rootFingerprint }) => rootFingerprint);
  });
  return new Set([...segments.slice(0, 1).map(({ rootFingerprint }) => rootFingerprint), ...named]);
}

/** Which segments of the trail this station began, and which it knows nothing of. */
export class OwnSegments {
  #roots: ReadonlySet<string> = new Set();
  #foreign: readonly Segment[] = [];

  /** @param isOwn whether this run began the newest segment */
  judge(segments: readonly Segment[], known: ReadonlySet<string>, isOwn: boolean): void {
    const newest = isOwn ? segments.slice(-1).map(({ rootFingerprint }) => rootFingerprint) : [];
    this.#roots = new Set([...known, ...newest]);
    this.#foreign = segments.filter(({ rootFingerprint }) => !this.#roots.has(rootFingerprint));
  }

  adopt(segments: readonly Segment[]): void {
    this.#roots = new Set([...this.#roots, ...segments.map(({ rootFingerprint }) => rootFingerprint)]);
    this.#foreign = [];
  }

  get roots(): readonly string[] {
    return [...this.#roots];
  }

  get foreign(): readonly Segment[] {
    return this.#foreign;
  }

  get concerns(): readonly string[] {
    return this.#foreign.map(
      ({ seq, rootFingerprint }) =>
        `From row ${seq} on the record has a root key (${rootFingerprint}) of which no anchor says that this station began it: somebody else ` +
        'may have written these rows. Keep a copy of its folder and tell the supervisor; then enrol the root fingerprint of now with two persons.',
    );
  }
}
