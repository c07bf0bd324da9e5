import type { DrugBalance } from '../../app/types.ts';
import { Button } from '../../ui/button.tsx';
import { clock, mass, volume } from '../../ui/format.ts';
import styles from './balance-panel.module.css';
import { ENTRY_WORDS } from './drug-words.ts';

type Entry = DrugBalance['entries'][number];

interface DrugEntriesProps {
  readonly entries: readonly Entry[];
  readonly mayCorrect: boolean;
  readonly onCorrect: (entry: Entry) => void;
}

/** What people wrote down, in order; a corrected figure stands beside the old one. */
export const DrugEntries = ({ entries, mayCorrect, onCorrect }: DrugEntriesProps) =>
  entries.length === 0 ? (
    <p>Nothing is written down yet. Draw up before arming; what is drawn up later is marked as late.</p>
  ) : (
    <table className={styles['entries']}>
      <thead>
        <tr>
          <th>Time</th>
          <th>Entry</th>
          <th>Volume</th>
          <th>Mass</th>
          <th>By</th>
          <th aria-label="Correction" />
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.seq}>
            <td className={styles['time']}>
              {clock(entry.time).time} <span>{clock(entry.time).zone}</span>
            </td>
            <td>
              <strong>{ENTRY_WORDS[entry.act]}</strong> {entry.detail}
            </td>
            <td className={styles['figure']}>
              {entry.correctedFromUl !== null && <s className={styles['old']}>{volume(entry.correctedFromUl)} mL</s>}{' '}
              {volume(entry.volumeUl)} mL
            </td>
            <td className={styles['figure']}>{mass(entry.massUg)} mg</td>
            <td>{entry.by}</td>
            <td>{mayCorrect && <Button onClick={() => onCorrect(entry)}>Correct</Button>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
