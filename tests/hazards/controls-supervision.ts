import type { ControlGroup } from './controls.ts';

/** What the watch over patient and pump holds against hazards. */
export const SUPERVISION_CONTROLS: readonly ControlGroup[] = [
  {
    file: 'core/engine/volume.ts',
    test: 'core/engine/volume.test.ts',
    removals: [
      {
        hazard: 2,
        control: 'counted volume is compared with the commanded rate',
        text: 'return Math.abs(counted - expected) > Math.max(expected * deviationShare, deviationMicrolitres);',
        without: 'return false;',
        fails: 'finds a pump that delivers twice its rate',
      },
      {
        hazard: 2,
        control: 'the last minutes are compared by themselves, however much was given before',
        text: 'return isDue ? [...young, compared] : young;',
        without: 'return [];',
        fails: 'finds a pump that delivers nothing as soon as after a minute (R-4.6)',
      },
    ],
  },
  {
    file: 'core/engine/pump-conditions.ts',
    test: 'core/engine/volume.test.ts',
    removals: [
      {
        hazard: 3,
        control: 'the dose ceiling stops the pump',
        text: 'if (mayMoveDrug(state) && isCeilingReached(session, pump.delivered)) {',
        without: 'if (session === null) {',
        fails: 'stops the pump before the plan is complete',
      },
    ],
  },
  {
    file: 'core/engine/facts.ts',
    test: 'core/engine/pump-watch.test.ts',
    removals: [
      {
        hazard: 5,
        control: 'another pump than the bound one is an alarm',
        text: 'return boundPump !== null && pump.identity !== null && !isSamePump(boundPump, pump.identity);',
        without: 'return false;',
        fails: 'with another serial is alarmed',
      },
    ],
  },
  {
    file: 'core/engine/pump-conditions.ts',
    test: 'core/engine/pump-watch.test.ts',
    removals: [
      {
        hazard: 30,
        control: 'a pump that moves drug in another way than by the program is stopped',
        text: "const ours = reading.state === 'infusing' || reading.state === 'waiting';",
        without: 'const ours = true;',
        fails: 'by moving drug in another way than the program is stopped while infusing',
      },
      {
        hazard: 33,
        control: 'another rate than commanded stops the pump',
        text: 'const wrongRate = isDelivering(state) && reading.rate !== commandedRate;',
        without: 'const wrongRate = false;',
        fails: '26300 uL/h stops at once',
      },
    ],
  },
  {
    file: 'core/engine/pump-conditions.ts',
    test: 'core/engine/stop.test.ts',
    removals: [
      {
        hazard: 15,
        control: 'a stop without read-back is alarmed',
        text: "return overdue ? [condition('stop-not-confirmed')] : [];",
        without: 'return overdue ? [] : [];',
        fails: 'is sent again every half second and alarmed after three',
      },
    ],
  },
  {
    file: 'core/engine/pump-readings.ts',
    test: 'core/engine/pump-watch.test.ts',
    removals: [
      {
        hazard: 26,
        control: 'a line that was away proves its pump anew',
        text: "return changePump(turn, link === 'up' ? { link } : { link, identity: null });",
        without: 'return changePump(turn, { link });',
        fails: 'is not assumed when the same one comes back',
      },
    ],
  },
  {
    file: 'core/engine/vital-conditions.ts',
    test: 'core/engine/vital-quality.test.ts',
    removals: [
      {
        hazard: 9,
        control: 'lost vital signs stop the pump',
        text: "if (isControlled(state) && isLost(state, rule, at)) found.push(condition(alarmKey('vitals-lost', parameter)));",
        without: '',
        fails: 'is stale after three seconds and pauses after five',
      },
    ],
  },
  {
    file: 'core/engine/vital-conditions.ts',
    test: 'core/engine/vital-parameters.test.ts',
    removals: [
      {
        hazard: 9,
        control: 'a cuff pressure or score that has expired stops the pump',
        text: "if (isControlled(state) && !isFresh(vital, rule, at)) found.push(condition(alarmKey('reading-expired', parameter)));",
        without: '',
        fails: 'is asked for in time and relied on for two intervals and a minute',
      },
    ],
  },
  {
    file: 'core/engine/ecg-doubt.ts',
    test: 'core/engine/vital-parameters.test.ts',
    removals: [
      {
        hazard: 14,
        control: 'an ECG that a live pulse contradicts pauses nothing',
        text: 'if (rate < low) return pulse >= low;',
        without: '',
        fails: 'beats beside a live pulse is technical',
      },
      {
        hazard: 14,
        control: 'an ECG that counts twice a live pulse pauses nothing',
        text: 'return rate > high && pulse <= high && rate >= FAR_ABOVE_PULSE * pulse && !agreed;',
        without: 'return false;',
        fails: 'twice the live pulse or more, is technical',
      },
      {
        hazard: 11,
        control: 'a fast heart that the pulse follows is believed',
        text: ' && rate >= FAR_ABOVE_PULSE * pulse',
        without: '',
        fails: 'beside a pulse of',
      },
      {
        hazard: 11,
        control: 'a fast heart beside another sign past its limit is believed',
        text: ' && !agreed;',
        without: ';',
        fails: 'pauses at once where the pulse is beside an SpO2 past its limit',
      },
    ],
  },
  {
    file: 'core/engine/supervise.ts',
    test: 'core/engine/monitor-alarms.test.ts',
    removals: [
      {
        hazard: 10,
        control: 'what the monitor reports of itself is an alarm',
        text: '...monitorConditions(state),',
        without: '',
        fails: 'is an alarm of its own until it says otherwise',
      },
    ],
  },
  {
    file: 'core/engine/vital-delay.ts',
    test: 'core/engine/vital-parameters.test.ts',
    removals: [
      {
        hazard: 14,
        control: 'a cuff pressure past a pause limit waits for its repeat',
        text: 'if (tier.repeat === true) return tier.delay;',
        without: 'if (tier.repeat === true) return millisecond(0);',
        fails: 'past a pause limit that the repeat does not show pauses nothing',
      },
    ],
  },
  {
    file: 'core/engine/vital-delay.ts',
    test: 'core/engine/vital-limits.test.ts',
    removals: [
      {
        hazard: 11,
        control: 'a deep value calls somebody before it pauses',
        text: ' - (tier.delay - shortest) * depthOf(rule, tier, value)',
        without: '',
        fails: 'the sooner the deeper',
      },
    ],
  },
  {
    file: 'core/patient-limits.ts',
    test: 'core/patient-limits.test.ts',
    removals: [
      {
        hazard: 38,
        control: 'a baseline loosens no limit past its bounds',
        text: 'inner(wanted, loosest ?? limit)',
        without: 'wanted',
        fails: 'are never looser than the bounds of the library',
      },
    ],
  },
  {
    file: 'core/tier-ranks.ts',
    test: 'core/tier-ranks.test.ts',
    removals: [
      {
        hazard: 13,
        control: 'a tier is covered by its rank, not by its place in a list',
        text: 'others.every((other) => compareRanks(one, other) >= 0);',
        without: 'others[0] === one;',
        fails: 'of spo2 through',
      },
    ],
  },
  {
    file: 'core/engine/operator.ts',
    test: 'core/engine/by-hand.test.ts',
    removals: [
      {
        hazard: 15,
        control: 'a pump that was never heard owes its answer to a stop, too',
        text: "return attempt(turn, [], () => halt(turn, event.reason, event.by, 'person'));",
        without: "return attempt(turn, [], () => emit(turn, { kind: 'stop', reason: event.reason }));",
        fails: 'at a chair whose pump was never heard stays owed',
      },
    ],
  },
  {
    file: 'core/engine/vital-tiers.ts',
    test: 'core/engine/vital-limits.test.ts',
    removals: [
      {
        hazard: 13,
        control: 'the more severe alarm silences the milder one of the same sign',
        text: '.filter((tier) => isMostSevere(tier, believed) || isActive(state, tier.alarm))',
        without: '',
        fails: 'a more severe one keeps the milder ones from being raised',
      },
      {
        hazard: 14,
        control: 'a warning limit acts only after its delay',
        text: 'hasLasted(since, delayOf(rule, tier, value, agreed), verdictAt)',
        without: 'hasLasted(since, 0, verdictAt)',
        fails: 'alarms when the value has been beyond it for the delay',
      },
    ],
  },
  {
    file: 'core/engine/vital-samples.ts',
    test: 'core/engine/vital-quality.test.ts',
    removals: [
      {
        hazard: 9,
        control: 'a time stamp from the future keeps nothing fresh',
        text: 'const at = Math.min(sample.at, turn.at) as Millisecond;',
        without: 'const { at } = sample;',
        fails: 'from the future stays fresh no longer than one from now',
      },
      {
        hazard: 10,
        control: 'a sample older than the newest is ignored',
        text: 'if (!inOrder) return turn;',
        without: '',
        fails: 'from 500 is ignored',
      },
      {
        hazard: 14,
        control: 'a poor signal makes no verdict',
        text: "if (sample.quality === 'poor') {",
        without: "if (sample.quality === 'invalid') {",
        fails: 'makes no new verdict, however low it reads',
      },
    ],
  },
  {
    file: 'core/engine/alarm-book.ts',
    test: 'core/engine/alarms.test.ts',
    removals: [
      {
        hazard: 11,
        control: 'a high alarm stays until a named person has acknowledged it',
        text: 'if (ALARMS[idOf(key)].latching && alarm.acknowledgedBy === null) return put(turn, key, { ...alarm, active: false });',
        without: '',
        fails: 'stays after its condition has gone, until a named person acknowledges it',
      },
    ],
  },
  {
    file: 'core/engine/stop.ts',
    test: 'core/engine/stop.test.ts',
    removals: [
      {
        hazard: 15,
        control: 'only a read-back that was asked for after the stop confirms it',
        text: 'isAnswer && ',
        without: '',
        fails: 'is not confirmed by a read-back that is not later than the stop',
      },
    ],
  },
  {
    file: 'core/engine/supervise.ts',
    test: 'core/engine/stop.test.ts',
    removals: [
      {
        hazard: 9,
        control: 'an alarm that pauses stops the pump',
        text: 'repeatStop(interlock(escalateAlarms(',
        without: 'repeatStop((escalateAlarms(',
        fails: 'lost monitor stops at once and pauses',
      },
      {
        hazard: 15,
        control: 'the engine repeats a stop',
        text: 'return repeatStop(interlock(',
        without: 'return (interlock(',
        fails: 'is sent again every half second and alarmed after three',
      },
    ],
  },
  {
    file: 'core/engine/turn.ts',
    test: 'core/engine/clock.test.ts',
    removals: [
      {
        hazard: 24,
        control: 'time never runs backwards',
        text: 'at: event.at >= now ? event.at : now,',
        without: 'at: event.at,',
        fails: 'happens at the last tick',
      },
    ],
  },
  {
    file: 'core/engine/station-conditions.ts',
    test: 'core/engine/clock.test.ts',
    removals: [
      {
        hazard: 25,
        control: 'a gap between two ticks stops the pump',
        text: 'const gap = at - (lastTick ?? at);',
        without: 'const gap = 0;',
        fails: 'of more than two seconds while infusing stops the pump',
      },
    ],
  },
  {
    file: 'drivers/kit/clock.ts',
    test: 'drivers/kit/clock.test.ts',
    removals: [
      {
        hazard: 25,
        control: 'sleep counts in the time of all decisions',
        text: 'slept = Math.max(slept, boot - monotonic);',
        without: 'slept = Math.min(slept, boot);',
        fails: 'counts the hour that the lid was closed as an hour',
      },
    ],
  },
  {
    file: 'core/engine/stop.ts',
    test: 'core/engine/by-hand.test.ts',
    removals: [
      {
        hazard: 5,
        control: 'another pump at rest confirms no stop',
        text: ' || !isSamePump(stopping.pump, pump.identity)',
        without: '',
        fails: 'is not confirmed by another pump that stands still',
      },
    ],
  },
];
