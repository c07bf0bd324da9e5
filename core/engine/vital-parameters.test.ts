import { describe, expect, test } from 'vitest';
import { PROPOSED_PROFILE } from '../profile.ts';
import { millisecond } from '../units.ts';
import { condition } from './alarm-book.ts';
import { BINDING, brief, Chair } from './testing.ts';
import { tierConditions } from './vital-tiers.ts';

const MINUTE = 60_000;
const alarms = (chair: Chair) => Object.keys(chair.state.alarms);
const raised = (effects: ReturnType<Chair['pass']>) => brief(effects).filter((kind) => kind.startsWith('raised'));

describe('a vital that is watched when present', () => {
  test('asks for nothing as long as it was never measured', () => {
    const chair = new Chair().infuse();
    expect(raised(chair.pass(30_000))).toEqual([]);
  });

  test('counts as lost once it was measured in this session (R-2.1)', () => {
    const chair = new Chair();
    chair.others = { rr: 14 };
    chair.infuse();
    chair.others = {};
    expect(raised(chair.pass(2750))).toEqual([]);
    expect(raised(chair.pass(250))).toEqual(['raised:vitals-stale:rr']);
    expect(brief(chair.pass(2000))).toEqual(['stop', 'raised:vitals-lost:rr', 'infusing->paused']);
  });

  test('of the patient before requires nothing of the next', () => {
    const chair = new Chair();
    chair.others = { rr: 14 };
    chair.connect();
    chair.others = {};
    chair.pass(20_000);
    chair.infuse();
    expect(raised(chair.pass(30_000))).toEqual([]);
    expect(chair.state.vitals.rr.latest).toBeNull();
  });
});

describe('breathing', () => {
  test('none stops at once', () => {
    const chair = new Chair().infuse();
    expect(brief(chair.measure('rr', 0))).toEqual(['stop', 'raised:apnoea', 'infusing->paused']);
  });

  test.each([
    ['rr', 7, 'rr-limit', 'rr-advisory'],
    ['etco2', 61, 'etco2-limit', 'etco2-advisory'],
  ] as const)('%s of %d calls after 3 s and pauses after 15 s', (parameter, value, alarm, call) => {
    const chair = new Chair().infuse();
    chair.others = { [parameter]: value };
    expect(raised(chair.pass(3750))).toEqual([]);
    expect(raised(chair.pass(11_250))).toEqual([`raised:${call}`]);
    expect(brief(chair.pass(1000))).toEqual(['stop', `raised:${alarm}`, 'infusing->paused']);
  });
});

describe('a second, independent vital past a limit that pauses', () => {
  test('shortens the delay to three seconds', () => {
    const chair = new Chair().infuse();
    chair.spo2 = 88;
    chair.others = { rr: 7 };
    expect(raised(chair.pass(3750))).toEqual([]);
    expect(raised(chair.pass(250))).toEqual(['raised:spo2-low', 'raised:rr-limit']);
  });

  test.each([
    ['of the same sensor', { pulse: 44, others: {} }],
    ['only past an advisory limit', { pulse: 70, others: { rr: 9 } }],
    ['of a device that calls it invalid', { pulse: 70, others: { rr: null } }],
  ])('%s agrees to nothing', (_, { pulse, others }) => {
    const chair = new Chair().infuse();
    chair.spo2 = 88;
    chair.pulse = pulse;
    chair.others = others;
    expect(raised(chair.pass(9000)).filter((kind) => kind.includes('spo2'))).toEqual(['raised:spo2-advisory']);
  });

  test('whose signal has turned poor since agrees to nothing', () => {
    const chair = new Chair().infuse();
    chair.spo2 = 88;
    chair.measure('rr', 7);
    const effects = Array.from({ length: 4 }, () => {
      chair.measure('rr', 7, 'poor');
      return chair.pass(1000);
    });
    expect(raised(effects.flat())).not.toContain('raised:spo2-low');
  });

  test('does not hasten a limit that only advises', () => {
    const chair = new Chair().infuse();
    chair.spo2 = 93;
    chair.others = { rr: 7 };
    expect(raised(chair.pass(9000))).toEqual(['raised:rr-advisory']);
  });
});

describe('an ECG beside the pulse', () => {
  test.each([0, 38])('that counts %d beats beside a live pulse is technical: announced, no pause', (hr) => {
    const chair = new Chair().infuse();
    chair.others = { hr };
    expect(brief(chair.pass(30_000)).filter((kind) => kind !== 'permit')).toEqual(['raised:hr-doubtful']);
    expect(chair.state.alarms['hr-doubtful']).toMatchObject({ value: hr, limit: 40 });
  });

  test('that agrees with a low pulse pauses', () => {
    const chair = new Chair().infuse();
    chair.pulse = 44;
    chair.others = { hr: 43 };
    expect(raised(chair.pass(4000))).toEqual(['raised:pulse-limit', 'raised:hr-limit']);
    expect(chair.state.phase).toBe('paused');
  });

  test('that is past several limits at once is doubted once, by the most severe of them', () => {
    const chair = new Chair().infuse();
    chair.measure('hr', 300);
    chair.pass(30_000);
    chair.measure('hr', 300);
    const rule = PROPOSED_PROFILE.vitals.find(({ parameter }) => parameter === 'hr');
    if (rule === undefined) throw new Error('no rule for the ECG');
    const doubts = tierConditions(chair.state, rule, chair.state.lastTick ?? millisecond(0));
    expect(doubts).toEqual([condition('hr-doubtful', 300, 150)]);
  });

  test.each([140, 151, 300])('that counts %d beats, twice the live pulse or more, is technical: no pause', (hr) => {
    const chair = new Chair().infuse();
    chair.others = { hr };
    expect(brief(chair.pass(30_000)).filter((kind) => kind !== 'permit')).toEqual(['raised:hr-doubtful']);
    expect(chair.state.alarms['hr-doubtful']).toMatchObject({ value: hr });
  });

  test.each([149, 140, 110, 87])('that counts too many beside a pulse of %d pauses at once', (pulse) => {
    const chair = new Chair().infuse();
    chair.pulse = pulse;
    chair.vitals();
    expect(brief(chair.measure('hr', 151))).toEqual(['stop', 'raised:hr-critical', 'infusing->paused']);
  });

  test('that counts too many pauses when a pulse that said otherwise follows it', () => {
    const chair = new Chair().infuse();
    chair.others = { hr: 160 };
    expect(raised(chair.pass(1000))).toEqual(['raised:hr-doubtful']);
    chair.pulse = 120;
    expect(raised(chair.pass(1000))).toEqual(['raised:hr-critical']);
    expect(chair.state.phase).toBe('paused');
  });

  test.each<[string, (chair: Chair) => void]>([
    ['lost', (chair) => chair.measure('pulse', null, 'invalid')],
    ['poor', (chair) => chair.measure('pulse', 70, 'poor')],
    ['too slow itself', (chair) => chair.measure('pulse', 44)],
    ['beside an SpO2 past its limit', (chair) => chair.measure('spo2', 89)],
    ['beside a breath past its limit', (chair) => chair.measure('rr', 7)],
  ])('that counts too many pauses at once where the pulse is %s', (_, make) => {
    const chair = new Chair().infuse();
    make(chair);
    expect(brief(chair.measure('hr', 160))).toContain('raised:hr-critical');
    expect(chair.state.phase).toBe('paused');
  });

  test('that counts too many pauses when the pulse that contradicted it is silent', () => {
    const chair = new Chair().infuse();
    for (let second = 0; second < 3; second += 1) {
      chair.pass(1000, { vitals: true });
      chair.measure('spo2', 98);
      chair.measure('hr', 160);
    }
    expect(alarms(chair)).toContain('hr-critical');
    expect(chair.state.phase).toBe('paused');
  });

  test('far above the pulse still starts nothing: it is past its limit (R-2.8)', () => {
    const chair = new Chair();
    chair.others = { hr: 160 };
    chair.arm();
    expect(brief(chair.start())).toEqual(['refused:vitals-not-steady']);
  });

  test('is believed when the pulse signal is poor', () => {
    const chair = new Chair().infuse();
    chair.quality = 'poor';
    chair.pass(1000);
    expect(brief(chair.measure('hr', 38))).toContain('raised:hr-critical');
  });

  test('is believed where no pulse is watched', () => {
    const chair = new Chair();
    const { profile } = chair.state;
    const without = { ...profile, vitals: profile.vitals.filter(({ parameter }) => parameter !== 'pulse') };
    const blind = new Chair(without).infuse();
    expect(brief(blind.measure('hr', 38))).toContain('raised:hr-critical');
  });

  test('that is lost is announced; both lost pause', () => {
    const chair = new Chair();
    chair.others = { hr: 70 };
    chair.infuse();
    chair.others = {};
    const effects = brief(chair.pass(30_000));
    expect(effects.filter((kind) => kind !== 'permit')).toEqual(['raised:vitals-stale:hr']);
    expect(effects).toContain('permit');
    chair.pass(6000, { vitals: true });
    expect(alarms(chair)).toEqual(expect.arrayContaining(['vitals-lost:hr', 'vitals-lost:pulse', 'vitals-lost:spo2']));
  });

  test('that is lost lets nothing be started anew (R-2.8)', () => {
    const chair = new Chair();
    chair.others = { hr: 70 };
    chair.arm();
    chair.others = {};
    chair.pass(5000);
    expect(brief(chair.start())).toEqual(['refused:vitals-not-steady']);
  });
});

describe('a cuff pressure', () => {
  test('past a pause limit asks for a repeat, and pauses when the repeat agrees', () => {
    const chair = new Chair().infuse();
    expect(brief(chair.measure('nibp-sys', 185))).toEqual(['raised:nibp-repeat:nibp-sys', 'raised:nibp-sys-advisory']);
    expect(chair.state.alarms['nibp-repeat:nibp-sys']).toMatchObject({ value: 185, limit: 180 });
    chair.pass(30_000);
    expect(brief(chair.measure('nibp-sys', 183))).toEqual([
      'stop',
      'raised:nibp-sys-limit',
      'cleared:nibp-repeat:nibp-sys',
      'infusing->paused',
    ]);
  });

  test('past a pause limit that the repeat does not show pauses nothing', () => {
    const chair = new Chair().infuse();
    chair.measure('nibp-dia', 112);
    chair.pass(30_000);
    expect(brief(chair.measure('nibp-dia', 92))).toEqual(['cleared:nibp-repeat:nibp-dia', 'cleared:nibp-dia-advisory']);
    expect(chair.state.phase).toBe('infusing');
  });

  test('past a pause limit that nobody repeats pauses after two minutes', () => {
    const chair = new Chair().infuse();
    chair.measure('nibp-sys', 89);
    expect(raised(chair.pass(119_750))).toEqual([]);
    expect(raised(chair.pass(250))).toEqual(['raised:nibp-sys-limit']);
  });

  test.each(['poor', 'invalid'] as const)('that a %s reading follows was not repeated', (quality) => {
    const chair = new Chair().infuse();
    chair.measure('nibp-dia', 112);
    chair.pass(1000);
    chair.measure('nibp-dia', 70, quality);
    expect(raised(chair.pass(119_000))).toContain('raised:nibp-dia-limit');
  });

  test('at a critical value pauses at once', () => {
    const chair = new Chair().infuse();
    expect(brief(chair.measure('nibp-sys', 201))).toContain('raised:nibp-sys-critical');
    expect(chair.state.phase).toBe('paused');
  });

  test('is asked for in time and relied on for two intervals and a minute (R-5.3)', () => {
    const chair = new Chair().infuse();
    chair.measure('nibp-sys', 120);
    expect(raised(chair.pass(15 * MINUTE - 250))).toEqual([]);
    expect(raised(chair.pass(250))).toEqual(['raised:reading-overdue:nibp-sys']);
    expect(raised(chair.pass(6 * MINUTE - 250))).toEqual([]);
    expect(brief(chair.pass(250))).toEqual(['stop', 'raised:reading-expired:nibp-sys', 'infusing->paused']);
  });

  test('that a profile always requires is asked for before it was ever taken, and nothing is armed without it', () => {
    const { profile } = new Chair().state;
    const vitals = profile.vitals.map((rule) =>
      rule.parameter === 'nibp-sys' ? { ...rule, required: 'always' as const } : rule,
    );
    const chair = new Chair({ ...profile, vitals }).connect();
    chair.send({ kind: 'plan', by: 'anna', binding: BINDING });
    expect(brief(chair.send({ kind: 'check', by: 'anna' }))).toContain('raised:reading-overdue:nibp-sys');
    expect(brief(chair.send({ kind: 'arm', by: 'anna' }))).toEqual(['refused:no-vitals']);
  });

  test('entered later counts from when it was taken', () => {
    const chair = new Chair().infuse();
    chair.pass(10 * MINUTE);
    const taken = {
      ...chair.sample('nibp-sys', 120),
      at: (chair.now - 9 * MINUTE) as typeof chair.state.lastTick & number,
    };
    chair.send({ kind: 'vitals', samples: [taken] });
    expect(raised(chair.pass(6 * MINUTE))).toEqual(['raised:reading-overdue:nibp-sys']);
  });
});

describe('a sedation score', () => {
  test.each([
    [4, ['raised:sedation-advisory']],
    [3, ['stop', 'raised:sedation-limit', 'infusing->paused']],
    [1, ['stop', 'raised:sedation-deep', 'infusing->paused']],
  ])('of %d acts on entry', (score, effects) => {
    const chair = new Chair().infuse();
    expect(brief(chair.measure('sedation', score))).toEqual(effects);
  });

  test('too low lets nothing run again until a better one is entered (R-2.8)', () => {
    const chair = new Chair().infuse();
    chair.measure('sedation', 3);
    chair.rest();
    chair.acknowledge();
    chair.pass(40_000);
    expect(brief(chair.resume())).toEqual(['refused:alarm-active']);
    chair.measure('sedation', 5);
    chair.pass(31_000);
    expect(brief(chair.resume())).toContain('accepted');
  });
});
