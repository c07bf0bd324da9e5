import type { SelfTestView } from '../../../preload/contract/alarms.ts';
import { clock } from '../../ui/format.ts';
import styles from './self-test-list.module.css';

const NAMES = {
  record: 'Record',
  chain: 'Chain of the record',
  library: 'Drug library',
  sound: 'Alarm sound',
  clock: 'Timers and clocks',
  guard: 'Guard of the pump',
} as const satisfies Record<SelfTestView['parts'][number]['part'], string>;

/** each part of the last self-test, with what to do about those that failed. */
export function SelfTestList({ test }: { test: SelfTestView }) {
  const { time, zone } = clock(test.at);
  return (
    <section className={styles['test']} aria-label="Self-test">
      <strong>
        Self-test at {time} {zone}
      </strong>
      <ul>
        {test.parts.map(({ part, ok, detail }) => (
          <li key={part} className={ok ? styles['ok'] : styles['failed']}>
            <span>
              {ok ? 'Passed' : 'FAILED'}: {NAMES[part]}
            </span>
            {!ok && <span className={styles['detail']}>{detail}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
