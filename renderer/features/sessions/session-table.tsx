import type { FoundSession } from '../../app/types.ts';
import { Button } from '../../ui/button.tsx';
import { cx } from '../../ui/cx.ts';
import { clock, mass } from '../../ui/format.ts';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { BALANCE_WORDS } from '../drug/drug-words.ts';
import { COLUMNS, type Column, filtersSet, type SearchDraft } from './search-draft.ts';
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
            {filtersSet(draft) === 0 && draft.search === ''
              ? 'No sessions on this station yet.'
              : 'No session matches the search.'}
          </p>
        )}
        {next !== null && <Button onClick={more}>Show more</Button>}
      </div>
    </Panel>
  );
}

interface CellView {
  readonly text: string | number;
  /** Somebody has to look at it. */
  readonly attention?: boolean;
}

/** What stands in each column; a new one does not compile until it has its words here. */
const CELLS: Readonly<Record<Column, (row: FoundSession) => CellView>> = {
  openedAt: ({ openedAt }) => ({ text: when(openedAt) }),
  closedAt: ({ closedAt }) => ({ text: closedAt === null ? 'open' : when(closedAt) }),
  patientName: ({ patientName }) => ({ text: patientName }),
  patientId: ({ patientId }) => ({ text: patientId }),
  state: ({ state }) => ({ text: state }),
  needsReview: ({ needsReview }) => ({ text: needsReview ? 'to review' : '', attention: needsReview }),
  alarms: ({ alarms }) => ({ text: alarms }),
  pauses: ({ pauses }) => ({ text: pauses }),
  balance: ({ balance }) => ({ text: BALANCE_WORDS[balance], attention: balance === 'open' }),
  signed: ({ signed }) => ({ text: SIGNED_WORDS[signed], attention: signed === 'changed' }),
  signers: ({ signers }) => ({ text: signers }),
  verification: ({ verification }) => ({ text: RECORD_WORDS[verification], attention: verification === 'damaged' }),
  chairId: ({ chairId }) => ({ text: chairId }),
  clinician: ({ clinician }) => ({ text: clinician }),
  drug: ({ drug }) => ({ text: drug }),
  lots: ({ lots }) => ({ text: lots }),
  givenUg: ({ givenUg }) => ({ text: mass(givenUg) }),
  pumps: ({ pumps }) => ({ text: pumps }),
  ending: ({ ending }) => ({ text: ending }),
  overrides: ({ overrides }) => ({ text: overrides }),
  breakGlass: ({ breakGlass }) => ({ text: breakGlass ? 'yes' : 'no', attention: breakGlass }),
  notes: ({ notes }) => ({ text: notes }),
};

const when = (time: string): string => `${clock(time).date} ${clock(time).time} ${clock(time).zone}`;

const Cell = ({ text, attention = false }: CellView) => (
  <td className={cx(attention && styles['attention'])}>{text}</td>
);

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
    {columns.slice(1).map((column) => (
      <Cell key={column} {...CELLS[column](row)} />
    ))}
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
