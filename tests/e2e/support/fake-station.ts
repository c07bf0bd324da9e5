import type { StationApi, TopicData } from '../../../preload/contract/api.ts';
import type { TopicName } from '../../../preload/contract/contract.ts';
import type { Person, StationFrame } from '../../../preload/contract/frames.ts';
import type { Result } from '../../../preload/contract/leaf.ts';

type Value<Call> = Call extends (...input: never[]) => Promise<Result<infer V>> ? V : never;
type Groups = Omit<StationApi, 'subscribe' | 'onConnection'>;

/** One answer per leaf of the contract: a value, a refusal, or `'never'` for a call that stays open. */
export type Answers = {
  readonly [Group in keyof Groups]?: {
    readonly [Name in keyof Groups[Group]]?: Result<Value<Groups[Group][Name]>> | 'never';
  };
};

export interface FakeScript {
  readonly frame: StationFrame;
  readonly me: Person | null;
  readonly answers: Answers;
}

/** What a test reaches in the page. */
export interface FakeStation {
  frame: StationFrame | null;
  readonly calls: { readonly leaf: string; readonly input: unknown }[];
}

declare global {
  interface Window {
    fakeStation: FakeStation;
  }
}

/**
 * Runs inside the page, before its own script, and stands where the preload API would. It is sent as text: it may use
 * nothing from outside itself.
 */
export function installFakeStation({ frame, me, answers }: FakeScript): void {
  const PERIOD_MS = 100;
  const WAVE_HZ = 75;
  const calls: FakeStation['calls'] = [];
  const known = new Map<string, unknown>([
    ['access.me', { ok: true, value: me }],
    ['chair.stop', { ok: true, value: {} }],
    ['sound.report', { ok: true, value: { proved: true } }],
  ]);
  for (const [group, leaves] of Object.entries(answers)) {
    for (const [name, answer] of Object.entries(leaves)) known.set(`${group}.${name}`, answer);
  }
  const fake: FakeStation = { frame, calls };

  const call = (leaf: string) => (input: unknown) => {
    calls.push({ leaf, input });
    const answer = known.get(leaf) ?? { ok: false, code: 'FAKE', message: `The test has no answer for ${leaf}` };
    return answer === 'never' ? new Promise(() => undefined) : Promise.resolve(answer);
  };
  const group = (name: string) => new Proxy({}, { get: (_target, leaf) => call(`${name}.${String(leaf)}`) });

  const wave = (atMs: number): number => {
    const beat = ((atMs / 1000) * 1.2) % 1;
    return 0.1 + 0.8 * Math.exp(-((beat - 0.22) ** 2) / 0.012) + 0.25 * Math.exp(-((beat - 0.55) ** 2) / 0.02);
  };
  const topics: { readonly [Name in TopicName]: () => TopicData<Name>[] } = {
    station: () => (fake.frame === null ? [] : [fake.frame]),
    wave: () => {
      const atMs = Math.round(performance.now());
      const count = Math.round((WAVE_HZ * PERIOD_MS) / 1000);
      const samples = Array.from({ length: count }, (_, index) => wave(atMs - ((count - 1 - index) * 1000) / WAVE_HZ));
      return (fake.frame?.chairs ?? []).map(({ id }) => ({ chairId: id, samples, samplesPerSecond: WAVE_HZ, atMs }));
    },
    trail: () => [],
  };
  const subscribe: StationApi['subscribe'] = (name, listener) => {
    let number = 0;
    const send = (): void => {
      for (const data of topics[name]()) listener({ number: number++, data });
    };
    send();
    const timer = setInterval(send, PERIOD_MS);
    return () => clearInterval(timer);
  };

  const api = {
    station: group('station'),
    access: group('access'),
    seat: group('seat'),
    people: group('people'),
    enrolment: group('enrolment'),
    emergency: group('emergency'),
    library: group('library'),
    session: group('session'),
    drug: group('drug'),
    record: group('record'),
    review: group('review'),
    exports: group('exports'),
    chair: group('chair'),
    alarm: group('alarm'),
    sound: group('sound'),
    demonstration: group('demonstration'),
    subscribe,
    onConnection: () => () => undefined,
  };
  Object.assign(window, { chairside: api, fakeStation: fake });
}
