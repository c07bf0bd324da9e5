import type { AuditInput, AuditReceipt, AuditRow } from '../../../db/trail.ts';
import { MACHINE_BOOT } from '../../../main/station/machine-boot.ts';
import { FakeTrail } from '../../../main/station/test-kit.ts';

interface Stamped extends AuditReceipt {
  readonly event: AuditInput;
  readonly ts: string;
  /** Which start of the machine wrote it. */
  readonly boot: number;
}

/** The record over all runs of the station: rows keep the wall clock of their writing. */
export class KeptRecord extends FakeTrail {
  readonly #rows: Stamped[] = [];
  #boot = 0;

  /** The name of this boot is a constant of the process; what an earlier one wrote must bear another. */
  machineStarts(): void {
    this.#boot += 1;
  }

  override async append(event: AuditInput): Promise<AuditReceipt> {
    const receipt = await super.append(event);
    this.#rows.push({ ...receipt, ts: new Date().toISOString(), event, boot: this.#boot });
    return receipt;
  }

  override async closeSession(id: string, state: 'ended' | 'interrupted', event: AuditInput): Promise<AuditReceipt> {
    const receipt = await super.closeSession(id, state, event);
    const record = this.records.get(id);
    if (record !== undefined) this.records.set(id, { ...record, closedAt: new Date().toISOString() });
    return receipt;
  }

  override async sessionRows(sessionId: string): Promise<readonly AuditRow[]> {
    return this.#rows.filter(({ event }) => event.session === sessionId).map((row) => this.#read(row));
  }

  #read({ seq, hash, ts, event, boot }: Stamped): AuditRow {
    const body = JSON.stringify({ ...event, seq, ts });
    return { seq, hash, body: boot === this.#boot ? body : body.replaceAll(MACHINE_BOOT, `boot-${boot}`) };
  }
}
