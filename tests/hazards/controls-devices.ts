import type { ControlGroup } from './controls.ts';

/** What guard and drivers hold against hazards. */
export const DEVICE_CONTROLS: readonly ControlGroup[] = [
  {
    file: 'drivers/kit/guard.ts',
    test: 'drivers/kit/guard.test.ts',
    removals: [
      {
        hazard: 1,
        control: 'no rate above the ceiling of the permit',
        text: "if (rate <= 0 || rate > permit.ceilingRate) return 'guard-rate';",
        without: '',
        fails: 'is denied above a ceiling',
      },
      {
        hazard: 1,
        control: 'no volume above the ceiling of the permit',
        text: "if (volume <= 0 || this.#reading.counter + volume > permit.ceilingCounter) return 'guard-volume';",
        without: '',
        fails: 'is denied above a ceiling',
      },
      {
        hazard: 2,
        control: 'a pump that reports a higher rate is stopped',
        text: "if (reading.rate > permit.ceilingRate) return 'rate-above-ceiling';",
        without: '',
        fails: 'follows rate-above-ceiling',
      },
      {
        hazard: 2,
        control: 'a pump whose counter passes the ceiling is stopped',
        text: "if (reading.counter > permit.ceilingCounter) return 'counter-above-ceiling';",
        without: '',
        fails: 'follows counter-above-ceiling',
      },
      {
        hazard: 4,
        control: 'a permit of another session gives no leave',
        text: "return permit.epoch === epoch ? permit : 'guard-other-epoch';",
        without: 'return permit;',
        fails: 'is denied for another epoch',
      },
      {
        hazard: 15,
        control: 'only a reading asked for after the stop ends it',
        text: 'if (sentSince !== null && askedAt > sentSince && !mayDeliver(reading.state)) this.#stopping = null;',
        without: 'if (!mayDeliver(reading.state)) this.#stopping = null;',
        fails: 'repeats the stop until a reading asked for after it',
      },
      {
        hazard: 15,
        control: 'the guard repeats a stop',
        text: 'if (now - this.#stopping.triedAt >= STOP_EVERY) this.#send(this.#stopping, now);',
        without: '',
        fails: 'repeats the stop until a reading asked for after it',
      },
      {
        hazard: 21,
        control: 'a permission that is not renewed ends the run',
        text: "else if (this.#mayRunSince !== null && !this.#valid()) this.trip('permit-expired');",
        without: '',
        fails: 'follows when the permit expires after a start',
      },
      {
        hazard: 21,
        control: 'no permission lives longer than 10 s',
        text: 'Math.min(permit.lifetime, MAX_LIFETIME)',
        without: 'permit.lifetime',
        fails: 'no permit lives longer than 10 s',
      },
      {
        hazard: 30,
        control: 'a purge or a withdrawal is never taken for an infusion',
        text: "if (reading.state === 'purging' || reading.state === 'withdrawing') return 'state-not-permitted';",
        without: '',
        fails: 'follows state-not-permitted',
      },
      {
        hazard: 33,
        control: 'a pump started at its panel is stopped',
        text: "if (!permit) return 'delivering-without-permit';",
        without: 'if (!permit) return null;',
        fails: 'follows a pump found infusing',
      },
    ],
  },
  {
    file: 'drivers/kit/guard.ts',
    test: 'drivers/kit/guard.test.ts',
    removals: [
      {
        hazard: 17,
        control: 'one program gives one start',
        text: 'this.#programmed = null;\n    this.#mayRunSince = this.#clock.now();',
        without: 'this.#mayRunSince = this.#clock.now();',
        fails: 'is denied to a second start of one program',
      },
    ],
  },
  {
    file: 'drivers/kit/guard.ts',
    test: 'drivers/kit/guard-limits.test.ts',
    removals: [
      {
        hazard: 1,
        control: 'a permit that is no figure permits nothing',
        text: 'this.#permit = isSound ? { ...permit, until } : null;',
        without: 'this.#permit = { ...permit, until };',
        fails: 'as part of a permit permits nothing',
      },
      {
        hazard: 1,
        control: 'a start is judged by the permit of now',
        text: 'const refusal = this.#refusalOf(this.#programmed);\n    if (refusal) return refusal;',
        without: '',
        fails: 'does not start what was programmed',
      },
      {
        hazard: 3,
        control: 'a cleared counter gives nothing back',
        text: 'if (previous && reading.counter < previous.counter) this.#counterCleared(reading.counter, previous.counter);',
        without: '',
        fails: 'stays what is left when the counter of the pump is cleared',
      },
    ],
  },
  {
    file: 'drivers/new-era/driver.ts',
    test: 'drivers/new-era/held-back.test.ts',
    removals: [
      {
        hazard: 1,
        control: 'what raises is asked for anew as its bytes leave',
        text: 'return () => alive() && this.#mayRaise();',
        without: 'return alive;',
        fails: 'is not programmed any further',
      },
    ],
  },
  {
    file: 'main/devices/pump-link.ts',
    test: 'main/devices/pump-link.test.ts',
    removals: [
      {
        hazard: 1,
        control: 'only a program that the pump confirmed is started',
        text: "if (outcome.kind === 'confirmed') this.#guard.programmed();",
        without: 'this.#guard.programmed();',
        fails: 'does not start what somebody left in the pump',
      },
      {
        hazard: 1,
        control: 'the guard is asked again as the bytes leave',
        text: 'mayRaise: () => this.#guard.mayGoOn()',
        without: 'mayRaise: () => true',
        fails: 'holds a RUN back that waits behind a question',
      },
    ],
  },
  {
    file: 'drivers/new-era/program.ts',
    test: 'drivers/new-era/commands.test.ts',
    removals: [
      {
        hazard: 1,
        control: 'a rate is rounded down',
        text: 'const rate = floorTo(program.rate, capability.rateStep);',
        without: 'const { rate } = program;',
        fails: 'rounds down, never up',
      },
      {
        hazard: 2,
        control: 'the pump ends at its volume limit',
        text: "hold('FUN', equals('STP'), 'FUNSTP'),",
        without: '',
        fails: 'makes phase 2 a stop',
      },
      {
        hazard: 18,
        control: 'the pump does not go on by itself after a power failure',
        text: "hold('PF', equals('0'), 'PF0'),",
        without: '',
        fails: 'keeps the pump from going on by itself after a power failure',
      },
    ],
  },
  {
    file: 'drivers/new-era/configure.ts',
    test: 'drivers/new-era/read-back.test.ts',
    removals: [
      {
        hazard: 32,
        control: 'every setting is read back',
        text: "return step.holds(after.data) ? null : { kind: 'refused', code: `read-back-${step.query}` };",
        without: 'return null;',
        fails: 'a pump that keeps another rate than it was told is not confirmed',
      },
    ],
  },
  {
    file: 'drivers/new-era/frame.ts',
    test: 'drivers/new-era/frame.test.ts',
    removals: [
      {
        hazard: 31,
        control: 'a packet with a bad checksum is dropped',
        text: "if (bytes[length - 2] !== crc >> 8 || bytes[length - 1] !== (crc & 0xff)) return discard('bad checksum');",
        without: '',
        fails: 'is never accepted with a damaged bit',
      },
    ],
  },
  {
    file: 'drivers/new-era/decoder.ts',
    test: 'drivers/new-era/frame.test.ts',
    removals: [
      {
        hazard: 31,
        control: 'half a packet is dropped after a silence',
        text: "now - this.#lastByte > INTER_BYTE_TIMEOUT) this.reset('partial packet');",
        without: "now < this.#lastByte) this.reset('partial packet');",
        fails: 'is dropped half received after half a second of silence',
      },
    ],
  },
  {
    file: 'drivers/new-era/stop.ts',
    test: 'drivers/new-era/late-replies.test.ts',
    removals: [
      {
        hazard: 15,
        control: 'a reply that may belong to another command confirms no stop',
        text: "} else if (!owed && answer.reply.kind === 'status') {",
        without: "} else if (answer.reply.kind === 'status') {",
        fails: 'does not confirm the stop that overtook it',
      },
    ],
  },
  {
    file: 'drivers/new-era/stop.ts',
    test: 'drivers/new-era/commands.test.ts',
    removals: [
      {
        hazard: 18,
        control: 'a paused program is reset, so that no key resumes it',
        text: "if (last.state === 'stopped') return { kind: 'confirmed' };",
        without: "if (!mayDeliver(last.state)) return { kind: 'confirmed' };",
        fails: 'resets the program, so that a key at the panel does not resume it',
      },
    ],
  },
  {
    file: 'drivers/new-era/driver.ts',
    test: 'drivers/new-era/commands.test.ts',
    removals: [
      {
        hazard: 16,
        control: 'what waits when a stop comes is never sent',
        text: 'operation(() => stops === this.#stops)',
        without: 'operation(() => stops <= this.#stops)',
        fails: 'overtakes all that waits, which is never sent',
      },
      {
        hazard: 17,
        control: 'RUN is sent once',
        text: "await this.#exchange.ask(command('RUN', this.#raising(alive)));",
        without: "await persist(this.#exchange, command('RUN', this.#raising(alive)), { silences: 1 });",
        fails: 'is unknown when the reply to RUN is lost, and is not sent again',
      },
    ],
  },
  {
    file: 'drivers/new-era/exchange.ts',
    test: 'drivers/new-era/commands.test.ts',
    removals: [
      {
        hazard: 16,
        control: 'a stop waits at most 50 ms for the reply before it',
        text: "pending?.settle({ kind: 'silent' }), STOP_PATIENCE);",
        without: "pending?.settle({ kind: 'silent' }), REPLY_TIMEOUT);",
        fails: 'waits at most 50 ms for a reply that does not come',
      },
    ],
  },
  {
    file: 'drivers/new-era/exchange.ts',
    test: 'drivers/new-era/driver.test.ts',
    removals: [
      {
        hazard: 5,
        control: 'a pump at another address is not believed',
        text: "if (reply.address !== this.#address) return this.#discard('another address', frame);",
        without: '',
        fails: 'fails when the device is at another address',
      },
    ],
  },
  {
    file: 'drivers/new-era/manifest.ts',
    test: 'drivers/new-era/driver.test.ts',
    removals: [
      {
        hazard: 23,
        control: 'the watchdog of the pump is armed',
        text: 'export const WATCHDOG_SECONDS = 4;',
        without: 'export const WATCHDOG_SECONDS = 0;',
        fails: 'feeds the watchdog; without it the pump halts',
      },
    ],
  },
  {
    file: 'drivers/nonin/driver.ts',
    test: 'drivers/nonin/driver.test.ts',
    removals: [
      {
        hazard: 10,
        control: 'values of a frozen stream do not count',
        text: "this.#sink.samples(this.#alarms.has('frozen') ? samples.map(withoutValue) : samples);",
        without: 'this.#sink.samples(samples);',
        fails: 'the same waveform for ten seconds is an alarm and no longer a value',
      },
    ],
  },
  {
    file: 'drivers/nonin/frame.ts',
    test: 'drivers/nonin/frame.test.ts',
    removals: [
      {
        hazard: 31,
        control: 'a frame with a bad sum is dropped',
        text: 'if (((first + second + third + float) & 0xff) !== sum) return null;',
        without: '',
        fails: 'one spoiled byte costs its frame and nothing else',
      },
    ],
  },
  {
    file: 'drivers/nonin/packet-decoder.ts',
    test: 'drivers/nonin/spoiled-packets.test.ts',
    removals: [
      {
        hazard: 31,
        control: 'values of two packets are never mixed',
        text: "case 'damaged':\n        this.#forgetPulse();",
        without: "case 'damaged':",
        fails: 'the pulse of one packet is never put beside the saturation of the next',
      },
    ],
  },
  {
    file: 'drivers/kit/guard.ts',
    test: 'drivers/kit/guard-lost-line.test.ts',
    removals: [
      {
        hazard: 26,
        control: 'a line that was away voids the program',
        text: 'this.#reading = null;\n    this.#programmed = null;',
        without: 'this.#reading = null;',
        fails: 'a program from before the line was lost is not started',
      },
    ],
  },
];
