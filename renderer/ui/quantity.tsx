import { cx } from './cx.ts';
import styles from './quantity.module.css';

interface QuantityProps {
  readonly value: string;
  readonly unit: string;
  readonly size?: 'body' | 'value' | 'large';
}

/** A number never stands without its unit. */
export const Quantity = ({ value, unit, size = 'value' }: QuantityProps) => (
  <span className={cx(styles['quantity'], styles[size])}>
    <span className={styles['number']}>{value}</span> <span className={styles['unit']}>{unit}</span>
  </span>
);
