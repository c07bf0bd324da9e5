import type { SelfTestView } from '../../../preload/contract/alarms.ts';
import { clock } from '../../ui/format.ts';
import { Panel } from '../../ui/panel.tsx';
import styles from './self-test-panel.module.css';

const NAMES = {
  record: 'Record',
  chain: 'Chain of the record',
  library: 'Drug library',
  sound: 'Alarm sound',
  clock: 'Timers and clocks',
  guard: 'Guard of the pump',
  program: 'Files of the program',
} as const satisfies Record<SelfTestView['parts'][number]['part'], string>;

/** each part of the last self-test, with what to do about those that failed. */
export function SelfTestPanel({ test }: { test: SelfTestView }) {
  const { time, zone } = clock(test.at);
  return (
    <Panel title="Self-test" note={`at ${time} ${zone}`} className={styles['panel']}>
      <ul className={styles['parts']}>
        {test.parts.map(({ part, ok, detail }) => (
          <li key={part} className={ok ? styles['ok'] : styles['failed']}>
            {ok ? '✓ ' : '✗ FAILED: '}
            {NAMES[part]}
            {!ok && <span className={styles['detail']}>{detail}</span>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
