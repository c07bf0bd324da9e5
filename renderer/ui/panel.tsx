import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import styles from './panel.module.css';

interface PanelProps {
  readonly title: string;
  readonly note?: ReactNode;
  readonly className?: string | undefined;
  readonly children: ReactNode;
}

/** A titled region of the fixed grid. */
export const Panel = ({ title, note, className, children }: PanelProps) => (
  <section className={cx(styles['panel'], className)} aria-label={title}>
    <header className={styles['header']}>
      <h2 className={styles['title']}>{title}</h2>
      {note !== undefined && <span className={styles['note']}>{note}</span>}
    </header>
    {children}
  </section>
);
