import type { ComponentProps } from 'react';
import styles from './button.module.css';
import { cx } from './cx.ts';

type ButtonProps = Omit<ComponentProps<'button'>, 'type'> & {
  readonly tone?: 'plain' | 'primary' | 'danger';
  readonly size?: 'normal' | 'large';
  readonly submit?: boolean;
};

/** Never smaller than a finger. `aria-disabled` keeps it reachable, so that the reason can be read. */
export const Button = ({ tone = 'plain', size = 'normal', submit = false, className, ...rest }: ButtonProps) => (
  <button
    {...rest}
    type={submit ? 'submit' : 'button'}
    className={cx(styles['button'], styles[tone], size === 'large' && styles['large'], className)}
  />
);
