import { useState } from 'react';
import type { TrailEvent } from '../../../preload/contract/frames.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Field } from '../../ui/field.tsx';
import { clock } from '../../ui/format.ts';
import { Notice } from '../../ui/notice.tsx';
import { Panel } from '../../ui/panel.tsx';
import { DayField } from '../days/day-field.tsx';
import { EMPTY_LOG, LOG_KINDS, type LogDraft, OUTCOMES } from './log-draft.ts';
import { LogExport } from './log-export.tsx';
import styles from './station-log.module.css';
import { useStationLog } from './use-station-log.ts';

/** What belongs to no session: sign-ins, people, configuration, clock, exports, checks, copies, keys. */
export function StationLog() {
  const [draft, setDraft] = useState(EMPTY_LOG);
  const { rows, next, failure, asked, more } = useStationLog(draft);
  return (
    <Panel title="Log of the station" note={`${rows.length} shown, the newest first`} className={styles['panel']}>
      <Filters draft={draft} onChange={setDraft} />
      <LogExport draft={draft} />
      {failure !== null && <Notice tone="hard">The log cannot be shown: {failure}</Notice>}
      <div className={styles['scroll']} tabIndex={0} role="region" aria-label="Rows of the station">
        <table className={styles['table']}>
          <thead>
            <tr>
              {['When', 'Who', 'What', 'Outcome', 'Chair'].map((name) => (
                <th key={name}>{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <Row key={row.seq} row={row} />
            ))}
          </tbody>
        </table>
        {asked && rows.length === 0 && failure === null && (
          <p className={styles['empty']}>
            {next === null ? 'No row of the station fits.' : 'None of the newest rows fits. Look further back.'}
          </p>
        )}
        {next !== null && <Button onClick={more}>Look further back</Button>}
      </div>
    </Panel>
  );
}

const Row = ({ row }: { row: TrailEvent }) => (
  <tr>
    <td className={styles['when']}>
      {clock(row.time).date} {clock(row.time).time} <span className={styles['zone']}>{clock(row.time).zone}</span>
    </td>
    <td>{row.actor ?? 'station'}</td>
    <td>{row.text}</td>
    <td>{row.outcome}</td>
    <td>{row.chairId ?? ''}</td>
  </tr>
);

function Filters({ draft, onChange }: { draft: LogDraft; onChange: (draft: LogDraft) => void }) {
  const set =
    <Name extends keyof LogDraft>(name: Name) =>
    (value: LogDraft[Name]) =>
      onChange({ ...draft, [name]: value });
  return (
    <div className={styles['filters']}>
      <Field
        label="Search"
        type="search"
        value={draft.search}
        onText={set('search')}
        maxLength={200}
        placeholder="Person, what happened, chair"
      />
      <Choice label="Kind" value={draft.kind} options={LOG_KINDS} onChoose={set('kind')} />
      <Choice label="Outcome" value={draft.outcome} options={OUTCOMES} onChoose={set('outcome')} />
      <DayField label="From day" value={draft.fromDay} onText={set('fromDay')} />
      <DayField label="To day, included" value={draft.toDay} onText={set('toDay')} />
      <Button className={styles['clear']} disabled={draft === EMPTY_LOG} onClick={() => onChange(EMPTY_LOG)}>
        Clear
      </Button>
    </div>
  );
}
