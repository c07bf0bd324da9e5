import type { FoundSession } from '../../app/types.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { clock } from '../../ui/format.ts';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { BALANCE_WORDS } from '../drug/drug-words.ts';
import { COLUMNS, type Column, EMPTY_SEARCH, type SearchDraft } from './search-draft.ts';
import { SessionFilters } from './session-filters.tsx';
import styles from './session-table.module.css';
import type { Sessions } from './use-sessions.ts';

const columns = Object.keys(COLUMNS) as readonly Column[];
const SIGNED_WORDS = { no: 'no', yes: 'signed', changed: 'changed after sign-off' } as const;
const RECORD_WORDS = { verified: '✓ verified', 'not-verified': 'not verified', damaged: '✗ DAMAGED' } as const;

interface SessionTableProps {
  readonly draft: SearchDraft;
  readonly sessions: Sessions & { readonly more: () => void };
  /** The session whose review was just left: its row has the focus again. */
  readonly left: string | null;
  readonly onDraft: (draft: SearchDraft) => void;
  readonly onChoose: (row: FoundSession) => void;
}

/** Sessions of this station that fit; searched, sorted and paged by the record itself. */
export function SessionTable({ draft, sessions, left, onDraft, onChoose }: SessionTableProps) {
  const { rows, total, next, failure, more } = sessions;
  return (
    <Panel title="Sessions" note={`${rows.length} of ${total}`} className={styles['panel']}>
      <SessionFilters draft={draft} onChange={onDraft} />
      {failure !== null && <Notice tone="hard">Sessions cannot be shown: {failure}</Notice>}
      <div className={styles['scroll']} tabIndex={0} role="region" aria-label="List of sessions">
        <table className={styles['table']}>
          <thead>
            <tr>
              {columns.map((column) => (
                <ColumnHead key={column} column={column} draft={draft} onDraft={onDraft} />
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.id} row={row} wasLeft={row.id === left} onChoose={onChoose} />
            ))}
          </tbody>
        </table>
        {rows.length === 0 && failure === null && (
          <p className={styles['empty']}>
            {draft === EMPTY_SEARCH ? 'No sessions on this station yet.' : 'No session matches the search.'}
          </p>
        )}
        {next !== null && <Button onClick={more}>Show more</Button>}
      </div>
    </Panel>
  );
}

interface RowProps {
  readonly row: FoundSession;
  readonly wasLeft: boolean;
  readonly onChoose: (row: FoundSession) => void;
}
const Row = ({ row, wasLeft, onChoose }: RowProps) => (
  <tr className={cx(wasLeft && styles['chosen'])} onClick={() => onChoose(row)}>
    <td>
      <button type="button" className={styles['open']} autoFocus={wasLeft} onClick={() => onChoose(row)}>
        {clock(row.openedAt).date} {clock(row.openedAt).time}{' '}
        <span className={styles['zone']}>{clock(row.openedAt).zone}</span>
      </button>
    </td>
    <td>{row.patientName}</td>
    <td>{row.patientId}</td>
    <td>
      <span className={cx(styles['state'], row.needsReview && styles['attention'])}>
        {row.state}
        {row.breakGlass && ', break-glass'}
        {row.needsReview && ', to review'}
      </span>
    </td>
    <td>{row.alarms}</td>
    <td className={cx(row.balance === 'open' && styles['attention'])}>{BALANCE_WORDS[row.balance]}</td>
    <td className={cx(row.signed === 'changed' && styles['attention'])}>{SIGNED_WORDS[row.signed]}</td>
    <td className={cx(row.verification === 'damaged' && styles['attention'])}>{RECORD_WORDS[row.verification]}</td>
    <td>{row.chairId}</td>
    <td>{row.clinician}</td>
    <td>{row.drug}</td>
    <td>{row.lots}</td>
  </tr>
);

interface ColumnHeadProps {
  readonly column: Column;
  readonly draft: SearchDraft;
  readonly onDraft: (draft: SearchDraft) => void;
}
function ColumnHead({ column, draft, onDraft }: ColumnHeadProps) {
  const sorted = draft.sort === column;
  return (
    <th aria-sort={sorted ? (draft.descending ? 'descending' : 'ascending') : 'none'}>
      <button
        type="button"
        className={styles['head']}
        onClick={() => onDraft({ ...draft, sort: column, descending: sorted ? !draft.descending : false })}
      >
        {COLUMNS[column]} <span aria-hidden="true">{sorted ? (draft.descending ? '▼' : '▲') : ''}</span>
      </button>
    </th>
  );
}
