import { describe, expect, test } from 'vitest';
import { crcByTable, NEW_ERA } from './new-era-target.ts';
import { NONIN } from './nonin-target.ts';
import { fuzz } from './run-fuzz.ts';
import type { Target } from './target.ts';

const TARGETS = [...NEW_ERA, ...NONIN];
const SHORT = { inputs: 4000, seed: 1, seconds: Number.POSITIVE_INFINITY };

describe('a decoder that is given seeded noise and mutated frames (R-7.12)', () => {
  test.each(TARGETS.map((target) => [target.name, target] as const))(
    '%s throws nothing, hangs nowhere, accepts no unsound frame, is in step again and keeps nothing',
    (_, target) => {
      const { findings, frames, inputs } = fuzz(target, SHORT);
      expect(findings).toEqual([]);
      expect(inputs).toBe(SHORT.inputs);
      // Mutated frames that are still whole have to come through, or nothing was shown.
      expect(frames).toBeGreaterThan(SHORT.inputs / 4);
    },
  );
});

test('the checksum of the fuzzer is CRC-16/XMODEM', () => {
  expect(crcByTable(Buffer.from('123456789'))).toBe(0x31c3);
});

const [reply] = NEW_ERA;
if (reply === undefined) throw new Error('no target for what a pump sends');
const kept: unknown[] = [];

/** A good decoder spoiled in one way each. */
const SPOILED: Readonly<Record<string, Partial<Target>>> = {
  unsound: { decode: (pieces) => [...reply.decode(pieces), 'safe 00W'] },
  throws: {
    decode: () => {
      throw new RangeError('planted');
    },
  },
  splits: { decode: (pieces) => pieces.flatMap((piece) => reply.decode([piece])) },
  resync: {
    live: () => {
      const isInStep = reply.live();
      let lost = false;
      return (garbage) => {
        lost ||= garbage.length > 100;
        return isInStep(garbage) && !lost;
      };
    },
  },
  memory: {
    live: () => () => {
      kept.push(Array.from({ length: 1000 }, () => 0));
      return true;
    },
  },
};

describe('the fuzzer finds a decoder that', () => {
  test.each(Object.entries(SPOILED))('%s', (kind, spoiled) => {
    const { findings } = fuzz({ ...reply, ...spoiled }, SHORT);
    expect(findings.map((finding) => finding.kind)).toContain(kind);
  });

  test('hangs', () => {
    const slow: Target = {
      ...reply,
      decode: (pieces) => {
        const until = performance.now() + 60;
        while (performance.now() < until);
        return reply.decode(pieces);
      },
    };
    expect(fuzz(slow, { ...SHORT, inputs: 2 }).findings).toMatchObject([{ kind: 'hangs' }, { kind: 'hangs' }]);
  });
});

test('the same seed gives the same run, another one another', () => {
  const [first, again, other] = [1, 1, 2].map((seed) => fuzz(reply, { ...SHORT, inputs: 500, seed }).frames);
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});
