import type { DrugBalance } from '../../app/types.ts';
import { cx } from '../../ui/cx.ts';
import { mass } from '../../ui/format.ts';
import styles from './balance-panel.module.css';
import { sideText } from './drug-words.ts';

interface BalanceSideProps {
  readonly title: string;
  readonly side: DrugBalance['syringe'];
  /** What a line is, and its mass in micrograms. */
  readonly lines: readonly (readonly [string, number])[];
}

/** One side of the account with its verdict. */
export const BalanceSide = ({ title, side, lines }: BalanceSideProps) => (
  <section className={styles['side']}>
    <h3>{title}</h3>
    <dl>
      {lines.map(([name, micrograms]) => (
        <Line key={name} name={name} value={mass(micrograms)} />
      ))}
    </dl>
    <p className={cx(styles['verdict'], side.kind !== 'balanced' && styles['wrong'])}>{sideText(side)}</p>
  </section>
);

const Line = ({ name, value }: { name: string; value: string }) => (
  <>
    <dt>{name}</dt>
    <dd>{value} mg</dd>
  </>
);
