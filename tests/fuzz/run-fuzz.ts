import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Input, inputOf } from './inputs.ts';
import { type Target, unsoundFrame } from './target.ts';

/** */
const HANG_MS = 50;
/** What takes longer is timed again: a scheduler or collector that held us up does not do so every time, a hang does. */
const SUSPECT_MS = 5;
const RETAKES = 5;
/** Compiled code and caches settle over the first inputs; what grows after them, grows with the inputs. */
const SETTLED_AFTER = 20_000;
const MAX_GROWTH_BYTES = 4 * 1024 * 1024;
const KEPT_FINDINGS = 5;

export interface Finding {
  readonly kind: 'throws' | 'hangs' | 'unsound' | 'splits' | 'resync' | 'memory';
  readonly index: number;
  readonly hex: string;
  readonly detail: string;
}

export interface Fuzzed {
  readonly target: string;
  /** Reached, which is less than asked for where the time was up. */
  readonly inputs: number;
  /** That the decoder accepted, so that a run in which nothing was accepted shows. */
  readonly frames: number;
  readonly slowestMs: number;
  readonly heapGrowthKiB: number;
  readonly seconds: number;
  readonly failures: number;
  readonly findings: readonly Finding[];
}

export interface FuzzOptions {
  readonly inputs: number;
  readonly seed: number;
  /** Ends the run early; Infinity for never. */
  readonly seconds: number;
  readonly progress?: (inputs: number) => void;
}

/** Gives a decoder seeded inputs and judges what it makes of each. Never throws for what a decoder does. */
export function fuzz(target: Target, { inputs, seed, seconds, progress }: FuzzOptions): Fuzzed {
  const startedAt = performance.now();
  const findings: Finding[] = [];
  const live = target.live();
  const settled = Math.min(SETTLED_AFTER, Math.floor(inputs / 2));
  let [failures, frames, slowest, heap, index] = [0, 0, 0, 0, 0];
  const report = (finding: Omit<Finding, 'index'>): void => {
    failures += 1;
    if (findings.length < KEPT_FINDINGS) findings.push({ index, ...finding });
  };
  const elapsed = (): number => (performance.now() - startedAt) / 1000;
  for (; index < inputs; index += 1) {
    if (index === settled) heap = heapInUse();
    if (index % 1000 === 0 && elapsed() > seconds) break;
    if (index > 0 && index % 100_000 === 0) progress?.(index);
    const input = inputOf(target, seed, index);
    const before = performance.now();
    const judged = judge(target, input, live);
    let took = performance.now() - before;
    for (let again = 0; took > SUSPECT_MS && again < RETAKES; again += 1) took = Math.min(took, retake(target, input));
    if (took > HANG_MS) report({ kind: 'hangs', hex: hexOf(input), detail: `${took} ms` });
    slowest = Math.max(slowest, took);
    frames += judged.frames;
    for (const finding of judged.findings) report(finding);
  }
  const growth = index > settled ? heapInUse() - heap : 0;
  if (growth > MAX_GROWTH_BYTES) report({ kind: 'memory', hex: '', detail: `${growth} bytes` });
  return {
    target: target.name,
    inputs: index,
    frames,
    slowestMs: Math.round(slowest * 100) / 100,
    heapGrowthKiB: Math.round(growth / 1024),
    seconds: Math.round(elapsed()),
    failures,
    findings,
  };
}

interface Judged {
  readonly frames: number;
  readonly findings: readonly Omit<Finding, 'index'>[];
}

function judge(target: Target, input: Input, live: (garbage: Uint8Array) => boolean): Judged {
  const hex = () => hexOf(input);
  try {
    const whole = target.decode([input.bytes]);
    const split = target.decode(input.pieces);
    const findings: Omit<Finding, 'index'>[] = [];
    const unsound = unsoundFrame(target, input.bytes, whole);
    if (unsound !== null) findings.push({ kind: 'unsound', hex: hex(), detail: unsound });
    if (!isSame(whole, split)) {
      const cuts = input.pieces.map(({ length }) => length).join('+');
      findings.push({ kind: 'splits', hex: hex(), detail: cuts });
    }
    if (!live(input.bytes)) findings.push({ kind: 'resync', hex: hex(), detail: 'good units behind it are not read' });
    return { frames: whole.length, findings };
  } catch (error) {
    return { frames: 0, findings: [{ kind: 'throws', hex: hex(), detail: String(error) }] };
  }
}

/** Milliseconds that the same input takes with fresh decoders. */
function retake(target: Target, input: Input): number {
  const live = target.live();
  const before = performance.now();
  judge(target, input, live);
  return performance.now() - before;
}

const hexOf = ({ bytes }: Input): string => Buffer.from(bytes).toString('hex');

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((text, index) => text === other[index]);

/** Of what is still reachable; everything else is collected first. */
function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed;
}
