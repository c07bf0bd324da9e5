import { useState } from 'react';
import type { SessionRow } from '../../app/types.ts';
import { cx } from '../../ui/cx.ts';
import { Field } from '../../ui/field.tsx';
import { clock } from '../../ui/format.ts';
import { Panel } from '../../ui/panel.tsx';
import { COLUMNS, type Column, found, type Order } from './session-order.ts';
import styles from './session-table.module.css';

const columns = Object.keys(COLUMNS) as readonly Column[];

interface SessionTableProps {
  readonly rows: readonly SessionRow[];
  readonly chosen: string | null;
  readonly onChoose: (row: SessionRow) => void;
}

/** All sessions of this station; searched and sorted here, read from the record. */
export function SessionTable({ rows, chosen, onChoose }: SessionTableProps) {
  const [search, setSearch] = useState('');
  const [order, setOrder] = useState<Order>({ column: 'openedAt', descending: true });
  const shown = found(rows, search, order);
  return (
    <Panel title="Sessions" note={`${shown.length} of ${rows.length}`} className={styles['panel']}>
      <Field
        label="Search"
        type="search"
        value={search}
        onText={setSearch}
        placeholder="Patient, id, clinician, date"
      />
      <div className={styles['scroll']}>
        <table className={styles['table']}>
          <thead>
            <tr>
              {columns.map((column) => (
                <ColumnHead key={column} column={column} order={order} onOrder={setOrder} />
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.id} className={cx(row.id === chosen && styles['chosen'])} onClick={() => onChoose(row)}>
                <td>
                  <button type="button" className={styles['open']} onClick={() => onChoose(row)}>
                    {clock(row.openedAt).date} {clock(row.openedAt).time}
                  </button>
                </td>
                <td>{row.patientName}</td>
                <td>{row.patientId}</td>
                <td>{row.chairId}</td>
                <td>{row.clinician}</td>
                <td>
                  <span className={cx(styles['state'], row.state === 'interrupted' && styles['interrupted'])}>
                    {row.state}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {shown.length === 0 && (
          <p className={styles['empty']}>
            {rows.length === 0 ? 'No sessions on this station yet.' : 'No session matches the search.'}
          </p>
        )}
      </div>
    </Panel>
  );
}

interface ColumnHeadProps {
  readonly column: Column;
  readonly order: Order;
  readonly onOrder: (order: Order) => void;
}
function ColumnHead({ column, order, onOrder }: ColumnHeadProps) {
  const sorted = order.column === column;
  return (
    <th aria-sort={sorted ? (order.descending ? 'descending' : 'ascending') : 'none'}>
      <button
        type="button"
        className={styles['head']}
        onClick={() => onOrder({ column, descending: sorted ? !order.descending : false })}
      >
        {COLUMNS[column]} <span aria-hidden="true">{sorted ? (order.descending ? '▼' : '▲') : ''}</span>
      </button>
    </th>
  );
}
