import type { ControlGroup } from './controls.ts';

/** What people, record and evidence hold against hazards. */
export const RECORD_CONTROLS: readonly ControlGroup[] = [
  {
    file: 'main/station/sitting.ts',
    test: 'main/station/sitting.test.ts',
    removals: [
      {
        hazard: 37,
        control: 'nobody acts at a locked seat',
        text: 'return seat.locked ? null : person;',
        without: 'return person;',
        fails: 'is unlocked by its person and taken over by another',
      },
    ],
  },
  {
    file: 'main/access/sign-in.ts',
    test: 'main/station/people.test.ts',
    removals: [
      {
        hazard: 37,
        control: 'after ten wrong tries even the right PIN opens nothing',
        text: "if (this.#isLocked(person)) return { kind: 'locked' };",
        without: '',
        fails: 'a person is locked, also for the right PIN',
      },
    ],
  },
  {
    file: 'db/record-store.ts',
    test: 'db/restore.test.ts',
    removals: [
      {
        hazard: 35,
        control: 'a copy that was put back tells of itself',
        text: 'tellRestored(db, this.#log);',
        without: '',
        fails: 'is the record of the next start, which tells of it once',
      },
    ],
  },
  {
    file: 'db/copy-check.ts',
    test: 'db/restore.test.ts',
    removals: [
      {
        hazard: 35,
        control: 'a damaged copy is not put in place',
        text: 'if (damage !== null) refuse(',
        without: 'if (damage === undefined) refuse(',
        fails: 'for a copy that is an edited row',
      },
    ],
  },
  {
    file: 'main/station/restore-hold.ts',
    test: 'main/station/restore-hold.test.ts',
    removals: [
      {
        hazard: 35,
        control: 'a copy that was put back holds the station',
        text: "act === 'record.restored' && !accepted.has(seq)",
        without: "act === 'record.restored' && accepted.has(seq)",
        fails: 'each copy put in place holds the station until it is itself signed for',
      },
    ],
  },
  {
    file: 'db/access-changes.ts',
    test: 'db/access-changes.test.ts',
    removals: [
      {
        hazard: 35,
        control: 'a right gained by editing the record is found',
        text: 'if (!fits) damaged(`the one of row ${row.seq} was changed`);',
        without: '',
        fails: 'a role gained by a change that was edited behind the record is damage',
      },
    ],
  },
  {
    file: 'db/verify-trail.ts',
    test: 'db/access-changes.test.ts',
    removals: [
      {
        hazard: 35,
        control: 'every check holds what is kept beside the rows to them, people too',
        text: '?? this.#keptDamage(fields)',
        without: '',
        fails: 'a role gained by a change that was deleted behind the record is damage',
      },
    ],
  },
  {
    file: 'db/record-desk.ts',
    test: 'db/whole-check.test.ts',
    removals: [
      {
        hazard: 35,
        control: 'pages and indexes are part of what a check finds',
        text: 'damage: found.damage ?? pages?.found ?? schemaDamage?.() ?? null',
        without: '',
        fails: 'an index that lost a row is found at the start',
      },
    ],
  },
  {
    file: 'db/exposed-key.ts',
    test: 'db/foreign-segment.test.ts',
    removals: [
      {
        hazard: 35,
        control: 'a sealed record takes no open key over',
        text: 'return isAnchored && roots.has(chain.rootFingerprint) ? files : refused(files);',
        without: 'return files;',
        fails: 'the signing key put in openly is not taken over by a sealed record',
      },
    ],
  },
  {
    file: 'db/schema-check.ts',
    test: 'db/schema-check.test.ts',
    removals: [
      {
        hazard: 35,
        control: 'a column redefined behind the record is found',
        text: 'if (found.get(key) !== expected.get(key)) return',
        without: 'if (!found.has(key)) return',
        fails: 'a column redefined behind the record, which hides a row from its session',
      },
    ],
  },
  {
    file: 'db/anchor-watch.ts',
    test: 'db/foreign-segment.test.ts',
    removals: [
      {
        hazard: 35,
        control: 'a segment that somebody else began is not taken for ours',
        text: 'this.#judgeSegments(held, contradictions);',
        without: '',
        fails: 'a segment that somebody else began and enrolled is not taken for ours',
      },
    ],
  },
  {
    file: 'db/verify-trail.ts',
    test: 'db/rows-before-first.test.ts',
    removals: [
      {
        hazard: 35,
        control: 'rows before the first one are found',
        text: 'if (lowestSeq !== null && lowestSeq < 1) {',
        without: 'if (lowestSeq === Number.POSITIVE_INFINITY) {',
        fails: 'a row of a session put in as row -5 is damage',
      },
    ],
  },
  {
    file: 'db/anchor-watch.ts',
    test: 'db/anchors.test.ts',
    removals: [
      {
        hazard: 35,
        control: 'an anchor that is gone is missed',
        text: 'this.#missing(place, anchored);',
        without: '',
        fails: 'no anchor where the record says there was one',
      },
    ],
  },
  {
    file: 'db/session-facts.ts',
    test: 'db/whole-check.test.ts',
    removals: [
      {
        hazard: 35,
        control: 'what a list is searched by is read anew from the rows',
        text: 'this.#keep([facts]);',
        without: '',
        fails: 'a list of sessions that somebody edited in the file',
      },
    ],
  },
  {
    file: 'db/verify-sessions.ts',
    test: 'db/session-times.test.ts',
    removals: [
      {
        hazard: 35,
        control: 'a session ended when and how its row says',
        text: 'return fields.span === undefined ? null : this.#closing(fields);',
        without: 'return null;',
        fails: 'a session given another end behind the record is damage',
      },
    ],
  },
  {
    file: 'main/station/dispatch.ts',
    test: 'main/station/dispatch.test.ts',
    removals: [
      {
        hazard: 37,
        control: 'input that does not fit the schema is refused',
        text: "if (!parsed.success) return refuse('INVALID_INPUT', inputProblem(parsed.error));",
        without: '',
        fails: 'of session.start with a malformed input names the field',
      },
    ],
  },
  {
    file: 'main/configuration/cross-checks.ts',
    test: 'main/configuration/load.test.ts',
    removals: [
      {
        hazard: 27,
        control: 'one port has one owner',
        text: "{ path: [...path, 'monitor', 'port'], value: monitor.port },",
        without: '',
        fails: 'names a port used twice',
      },
    ],
  },
  {
    file: 'renderer/app/station-store.ts',
    test: 'renderer/app/station-store.test.ts',
    removals: [
      {
        hazard: 20,
        control: 'a screen without frames goes blank',
        text: 'if (store.getState().live && now() - arrivedAt >= FRAME_TIMEOUT_MS) store.setState({ live: false });',
        without: '',
        fails: 'two seconds without a frame blank the screen',
      },
    ],
  },
  {
    file: 'db/connection.ts',
    test: 'db/connection.test.ts',
    removals: [
      {
        hazard: 23,
        control: 'a row is on the disk before it counts as written',
        text: "{ name: 'synchronous', value: 2 },",
        without: '',
        fails: 'a database that keeps synchronous at 1 is refused',
      },
      {
        hazard: 28,
        control: 'one program owns the record',
        text: "if (db.pragma('locking_mode', { simple: true }) !== 'exclusive') {",
        without: "if (db.pragma('locking_mode', { simple: true }) === 'none') {",
        fails: 'a database that others can open too is refused',
      },
    ],
  },
  {
    file: 'db/anchor-walk.ts',
    test: 'db/anchors.test.ts',
    removals: [
      {
        hazard: 35,
        control: 'the root at the size of an anchor is compared',
        text: 'else this.#found ??= damaged(range.size, place, detail);',
        without: '',
        fails: 'a whole folder put back with keys and anchor is found by the anchor on another medium',
      },
    ],
  },
  {
    file: 'db/verify-keys.ts',
    test: 'db/segments.test.ts',
    removals: [
      {
        hazard: 35,
        control: 'a new segment begins at the head that the lost key signed',
        text: 'this.#segments.push({ seq, rootFingerprint: fingerprintOf(key) });',
        without: '',
        fails: 'the record goes on in a new segment that names the old head',
      },
    ],
  },
  {
    file: 'main/station/clock-watch.ts',
    test: 'main/station/clock-watch.test.ts',
    removals: [
      {
        hazard: 24,
        control: 'a step of the wall clock is noticed',
        text: 'if (Math.abs(stepMs) <= CLOCK_STEP) return null;',
        without: 'if (stepMs !== 0) return null;',
        fails: 'names a step of',
      },
    ],
  },
  {
    file: 'db/verify-row.ts',
    test: 'db/verify-row.test.ts',
    removals: [
      {
        hazard: 35,
        control: 'a changed row does not fit its hash',
        text: 'if (leafHex(body) !== hash) return',
        without: 'if (leafHex(body).length !== hash.length) return',
        fails: 'a row edited after it was written is found',
      },
    ],
  },
  {
    file: 'db/verify-session.ts',
    test: 'db/verify-session.test.ts',
    removals: [
      {
        hazard: 35,
        control: 'a row must be proven to be in the signed trail',
        text: 'if (rootFromProof(row.hash, row.seq - 1, size, proof)?.equals(root) === true) return;',
        without: 'if (size > 0) return;',
        fails: 'of another trail are found',
      },
      {
        hazard: 35,
        control: 'a key must be handed over by the key before it',
        text: "const signed = openCheckpoint(row.handover?.checkpoint ?? '', keys.origin, keys.signerOf(row.seq));",
        without: "const signed = readCheckpoint(row.handover?.checkpoint ?? '');",
        fails: 'a key that the root key did not hand over to is not believed',
      },
      {
        hazard: 35,
        control: 'the past that an older key signed is the one that the newest key signs',
        text: 'if (isSigned && (previous',
        without: 'if (seq > 1 && (previous',
        fails: 'a past that the key of that time did not sign is not believed',
      },
      {
        hazard: 35,
        control: 'an export holds exactly the rows that were counted before it was written',
        text: 'const damage = extentDamage(seq, own, rows);',
        without: 'const damage = own.rows > 0 ? null : extentDamage(seq, own, rows);',
        fails: 'a tail that was cut off is found, with the row that counted it and without',
      },
    ],
  },
  {
    file: 'db/pages.ts',
    test: 'db/page-check.test.ts',
    removals: [
      {
        hazard: 35,
        control: 'pages that no table has are checked too',
        text: 'return pageDamage(db);',
        without: 'return null;',
        fails: 'a list of free pages that got lost is found',
      },
    ],
  },
  {
    file: 'db/verify-session-order.ts',
    test: 'db/verify-session.test.ts',
    removals: [
      {
        hazard: 35,
        control: 'rows stand in their order',
        text: 'if (seq <= this.#last) return this.#outOfOrder(seq);\n    if (seq === this.#last + 1',
        without: 'if (seq === this.#last + 1',
        fails: 'in the wrong order are found',
      },
    ],
  },
];
