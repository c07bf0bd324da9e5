import { cx } from './cx.ts';
import styles from './quantity.module.css';

interface QuantityProps {
  readonly value: string;
  readonly unit: string;
  readonly size?: 'body' | 'value' | 'large';
  /** Name of a number of now, which nothing may lie over. */
  readonly live?: 'rate' | 'dose';
}

/** A number never stands without its unit. */
export const Quantity = ({ value, unit, size = 'value', live }: QuantityProps) => (
  <span className={cx(styles['quantity'], styles[size])} data-live={live}>
    <span className={styles['number']}>{value}</span> <span className={styles['unit']}>{unit}</span>
  </span>
);
