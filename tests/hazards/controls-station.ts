import type { ControlGroup } from './controls.ts';

/** What station, record and screens hold against hazards. */
export const STATION_CONTROLS: readonly ControlGroup[] = [
  {
    file: 'main/configuration/hard-part.ts',
    test: 'main/configuration/hard-part.test.ts',
    removals: [
      {
        hazard: 5,
        control: 'the name of a chair is part of what two persons accept',
        text: '...under(place, { name }),',
        without: '',
        fails: 'the name of a chair belongs to it',
      },
      {
        hazard: 38,
        control: 'whose signatures count under a library is part of what two persons accept',
        text: "trustedKeys: library?.trustedKeys.toSorted().join(' ')",
        without: '',
        fails: 'an approver belongs to it',
      },
      {
        hazard: 38,
        control: 'the drug library that was loaded is part of what two persons accept',
        text: 'digest: inForce.digest || null',
        without: '',
        fails: 'another library under the same name and the same version belongs to it',
      },
    ],
  },
  {
    file: 'main/station/configuration-hold.ts',
    test: 'main/station/configuration-hold.test.ts',
    removals: [
      {
        hazard: 38,
        control: 'a configuration that nobody accepted holds the station',
        text: 'if (digest === before) return null;',
        without: 'if (digest !== before) return null;',
        fails: 'holds the station, before anybody signs in too, until two persons have signed',
      },
    ],
  },
  {
    file: 'main/station/find-holds.ts',
    test: 'main/station/configuration-hold.test.ts',
    removals: [
      {
        hazard: 38,
        control: 'people whom the file itself brings accept nothing by being there',
        text: ' && configuration.people.length === 0',
        without: '',
        fails: 'with people in the file waits for signatures',
      },
    ],
  },
  {
    file: 'main/station/station-library.ts',
    test: 'main/station/station-library.test.ts',
    removals: [
      {
        hazard: 8,
        control: 'the proposal that nobody signed serves a demonstration alone',
        text: 'configuration.demonstration ? SHIPPED : NO_LIBRARY',
        without: 'SHIPPED',
        fails: 'opens nothing outside a demonstration, and says what to do',
      },
    ],
  },
  {
    file: 'main/station/handlers/sign-together.ts',
    test: 'main/station/holds.test.ts',
    removals: [
      {
        hazard: 38,
        control: 'two signatures are those of two persons',
        text: 'if (second === null || !isSamePerson(by, second)) return;',
        without: 'return;',
        fails: 'stays for the same person twice',
      },
      {
        hazard: 38,
        control: 'the second person proves at this moment who they are',
        text: 'const witness = await authenticate(second, call);',
        without: 'const witness = { ...by, id: second.personId };',
        fails: 'stays for a wrong secret of the second person',
      },
    ],
  },
  {
    file: 'main/configuration/cross-checks.ts',
    test: 'main/configuration/load.test.ts',
    removals: [
      {
        hazard: 5,
        control: 'pumps that report no serial number need an address each',
        text: ".filter(({ pump }) => driverOf(pump)?.manifest.toldApartBy === 'address')",
        without: '.filter(() => false)',
        fails: 'names a pump address used twice with its line',
      },
    ],
  },
  {
    file: 'preload/contract/parse-decimal.ts',
    test: 'preload/contract/parse-decimal.test.ts',
    removals: [
      {
        hazard: 6,
        control: 'a number that could be read in two ways is refused',
        text: "if (decimals.length > 2) return malformed('At most two decimals. No thousands separators.');",
        without: '',
        fails: '1,000 is refused and explained',
      },
    ],
  },
  {
    file: 'main/devices/device-host.ts',
    test: 'main/devices/device-host.test.ts',
    removals: [
      {
        hazard: 22,
        control: 'without main the device host stops the pump',
        text: "options.channel.onClosed(() => this.#stopAndEnd('main-gone'));",
        without: '',
        fails: 'stops the pump when main is gone, reads it back, then finishes',
      },
    ],
  },
  {
    file: 'main/devices/pump-link.ts',
    test: 'main/devices/pump-link.test.ts',
    removals: [
      {
        hazard: 17,
        control: 'the device host carries out one command at a time',
        text: "if (this.#commanding) return 'guard-busy';",
        without: '',
        fails: 'carries out one command at a time',
      },
      {
        hazard: 26,
        control: 'a pump that is back is stopped before it is asked',
        text: 'if (!this.isQuiet) this.#guard.stop();',
        without: '',
        fails: 'stops it first of all on the line opened anew',
      },
    ],
  },
  {
    file: 'main/devices/pump-poll.ts',
    test: 'main/devices/pump-link.test.ts',
    removals: [
      {
        hazard: 26,
        control: 'a silent pump is found',
        text: 'this.#sink.silent();',
        without: '',
        fails: 'reports a silent pump within 2 s',
      },
    ],
  },
  {
    file: 'main/devices/monitor-link.ts',
    test: 'main/devices/monitor-link.test.ts',
    removals: [
      {
        hazard: 9,
        control: 'a silent monitor is found',
        text: "if (this.#connection.kind === 'up' && silence >= SILENT_AFTER)",
        without: "if (this.#connection.kind === 'up' && silence < 0)",
        fails: 'a monitor that falls silent on an open line is reported within 2 s',
      },
    ],
  },
  {
    file: 'main/station/host-keeper.ts',
    test: 'main/station/host-keeper.test.ts',
    removals: [
      {
        hazard: 29,
        control: 'a new device host stops first',
        text: "if (reason !== null) host.send({ kind: 'stop', reason, at: null });",
        without: '',
        fails: 'a new host opens, and stops first when something was running',
      },
      {
        hazard: 29,
        control: 'a device process that hangs is ended',
        text: 'setTimeout(() => host.kill(), LAST_CHANCE);',
        without: 'setTimeout(() => undefined, LAST_CHANCE);',
        fails: 'a host that hangs is ended, so that another takes its place',
      },
    ],
  },
  {
    file: 'main/station/chair-supervisor.ts',
    test: 'main/station/chair-supervisor.test.ts',
    removals: [
      {
        hazard: 34,
        control: 'a stop is sent before anything is written',
        text: "for (const effect of effects) if (effect.kind === 'stop') this.#host.send({ ...effect, at });",
        without: '',
        fails: 'a crossed limit puts the stop on the channel in the same turn, with the record stuck',
      },
    ],
  },
  {
    file: 'main/station/pump-commands.ts',
    test: 'main/station/late-intent.test.ts',
    removals: [
      {
        hazard: 9,
        control: 'a written command waits for the word of the engine',
        text: "onWritten(id);\n    this.withdraw(id, 'a stop came first');",
        without: 'this.send(id);',
        fails: 'a command whose intent took so long that the signs are stale is not sent',
      },
    ],
  },
  {
    file: 'main/station/chair-supervisor.ts',
    test: 'main/station/closing.test.ts',
    removals: [
      {
        hazard: 40,
        control: 'a station that is closed stops its pumps',
        text: 'if (this.#mayBeRunning()) this.#apply({',
        without: 'if (this.id === null) this.#apply({',
        fails: 'stops what runs, at once',
      },
    ],
  },
  {
    file: 'main/station/interrupted.ts',
    test: 'main/station/interrupted.test.ts',
    removals: [
      {
        hazard: 3,
        control: 'after a restart the largest figure in the record counts',
        text: 'return [...fromRows, ...fromTrends].reduce(',
        without: 'return [...fromTrends].reduce(',
        fails: 'what was given is the largest figure that rows or trends know',
      },
    ],
  },
  {
    file: 'main/station/handlers/order.ts',
    test: 'main/station/handlers/order.test.ts',
    removals: [
      {
        hazard: 3,
        control: 'the dose ceiling is never above a hard limit',
        text: 'return microgram(Math.min(order.dose, hardDose(order, entry)));',
        without: 'return order.dose;',
        fails: 'the dose ceiling is the smallest of the order and every hard limit',
      },
      {
        hazard: 3,
        control: 'what was given within 24 hours counts against the hard limit',
        text: 'const before = earlier.within(window.over);',
        without: 'const before = microgram(0);',
        fails: 'what was given before counts against every window of the entry',
      },
    ],
  },
  {
    file: 'main/station/pump-commands.ts',
    test: 'main/station/chair-supervisor.test.ts',
    removals: [
      {
        hazard: 17,
        control: 'a command that a stop has overtaken is not sent',
        text: "this.withdraw(id, 'a stop came first');",
        without: 'this.send(id);',
        fails: 'a stop that comes while the intent is written wins',
      },
    ],
  },
  {
    file: 'main/station/vital-view.ts',
    test: 'main/station/frames.test.ts',
    removals: [
      {
        hazard: 9,
        control: 'a stale value is never a plain number',
        text: "if (ageMs > stale || latest?.quality === 'invalid') return { state: 'stale', value, ageMs };",
        without: '',
        fails: 'good and 3001 ms old is stale',
      },
    ],
  },
  {
    file: 'main/station/topic-view.ts',
    test: 'main/station/rights.test.ts',
    removals: [
      {
        hazard: 37,
        control: 'whose session it is reaches nobody but clinicians and supervisors',
        text: '(isFor(MAY_KNOW_PATIENTS, call) ? frame : withoutPatients(frame))',
        without: '(call === null ? withoutPatients(frame) : frame)',
        fails: 'told what it may know: technician',
      },
    ],
  },
  {
    file: 'main/station/dispatch.ts',
    test: 'main/station/rights.test.ts',
    removals: [
      {
        hazard: 37,
        control: 'rights are checked in main',
        text: 'const refused = checkRight(name, route.leaf.right, call);',
        without: "const refused = checkRight(name, 'anyone', call);",
        fails: 'session.start, technician',
      },
      {
        hazard: 37,
        control: 'a secret that somebody else chose opens nothing but the choice of another',
        text: 'if (station.book.owesSecret(person.id) && !WITHOUT_OWN_SECRET.has(name)) {',
        without: 'if (station.book.owesSecret(person.id) && name === "") {',
        fails: 'session.start, clinician without an own secret',
      },
    ],
  },
  {
    file: 'main/station/time-since.ts',
    test: 'main/station/earlier-dose.test.ts',
    removals: [
      {
        hazard: 3,
        control: 'a wall clock put forward makes no earlier dose look older',
        text: 'return isOfThisBoot && byMachine >= 0 ? Math.min(byClock, byMachine) : byClock;',
        without: 'return byMachine === byClock || isOfThisBoot ? byWall : byWall;',
        fails: 'makes the station forget nothing while the machine stays on',
      },
      {
        hazard: 3,
        control: 'a wall clock put forward before a start of the machine makes no earlier dose look older',
        text: 'step.seq > seq ? sum + step.stepMs : sum',
        without: 'step.seq > seq ? sum : sum',
        fails: 'is not believed after a start of the machine either',
      },
    ],
  },
  {
    file: 'main/station/earlier-dose.ts',
    test: 'main/station/earlier-dose.test.ts',
    removals: [
      {
        hazard: 3,
        control: 'what nobody heard counts until its program would be over',
        text: '{ ago: ago(rows.at(-1)) - program,',
        without: '{ ago: ago(rows.at(-1)) + 0 * program,',
        fails: 'what a pump may go on to give unheard counts until its program would be over',
      },
    ],
  },
];
