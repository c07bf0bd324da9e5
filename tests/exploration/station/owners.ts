import type { Raise } from './guarded-line.ts';
import type { KeptRecord } from './kept-record.ts';
import { parseOpenRow } from '../../../main/station/open-row.ts';
import type { StationRun } from './station-run.ts';

export interface Owner {
  readonly sessionId: string;
  readonly chairId: string;
  readonly patientId: string;
  readonly concentration: number;
  readonly weight: number;
}

/** Who owns an epoch, a chair and a patient, by the record and not by what main remembers. */
export class Owners {
  readonly #record: KeptRecord;
  readonly #onOpened: (owner: Owner) => void;
  readonly #owners = new Map<number, Owner>();
  #read = 0;

  constructor(record: KeptRecord, onOpened: (owner: Owner) => void) {
    this.#record = record;
    this.#onOpened = onOpened;
  }

  of(epoch: number): Owner {
    this.#readOn();
    const owner = this.#owners.get(epoch);
    if (owner === undefined) throw new Error(`no session of epoch ${epoch} was opened`);
    return owner;
  }

  /** A program or start as it leaves main for the pump of a chair. */
  brokenBy({ kind, epoch }: Raise, chairId: string, run: StationRun): string | null {
    this.#readOn();
    const owner = this.#owners.get(epoch);
    const here = run.chair(chairId).state.session?.sessionId;
    if (owner !== undefined && owner.chairId === chairId && owner.sessionId === here) return null;
    return `a ${kind} of epoch ${epoch}, of ${owner?.sessionId ?? 'no session'}, left for ${chairId} with ${here}`;
  }

  /** While no call is under way. */
  brokenIn(run: StationRun): readonly string[] {
    const twice = this.#readOn();
    const under = run.chairs.flatMap(({ chair }) => (chair.isOccupied ? (chair.state.session ?? []) : []));
    const seated = repeated(under.map(({ patientId }) => patientId.toLowerCase()));
    const open = [...this.#record.records.values()].filter(({ state }) => state === 'open');
    const taken = repeated(open.map(({ chairId }) => chairId));
    return [
      ...twice,
      ...seated.map((patient) => `${patient} has two sessions under way`),
      ...taken.map((chair) => `${chair} has two open sessions in the record`),
    ];
  }

  #readOn(): readonly string[] {
    const broken: string[] = [];
    const { rows } = this.#record;
    for (; this.#read < rows.length; this.#read += 1) {
      const row = rows[this.#read];
      if (row?.act !== 'session.open') continue;
      const opened = parseOpenRow(row.new);
      if (opened === null) throw new Error('an opening row cannot be read');
      const { epoch, concentrationUgPerMl: concentration, weightG: weight } = opened;
      const owner = this.#owners.get(epoch);
      if (owner !== undefined) broken.push(`epoch ${epoch} is of ${owner.sessionId} and of ${row.session}`);
      const [sessionId, chairId, patientId] = [row.session ?? '', row.chair ?? '', row.patient ?? ''];
      const opening = { sessionId, chairId, patientId, concentration, weight };
      this.#owners.set(epoch, opening);
      this.#onOpened(opening);
    }
    return broken;
  }
}

const repeated = (names: readonly string[]): readonly string[] =>
  names.filter((name, index) => names.indexOf(name) !== index);
