import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import styles from './panel.module.css';

interface PanelProps {
  readonly title: string;
  readonly note?: ReactNode;
  readonly className?: string | undefined;
  /** It scrolls where there is more than it has room for, so the keyboard reaches it. */
  readonly scrolls?: boolean;
  readonly children: ReactNode;
}

/** A titled region of the fixed grid. */
export const Panel = ({ title, note, className, scrolls = false, children }: PanelProps) => (
  <section className={cx(styles['panel'], className)} aria-label={title} tabIndex={scrolls ? 0 : undefined}>
    <header className={styles['header']}>
      <h2 className={styles['title']}>{title}</h2>
      {note !== undefined && <span className={styles['note']}>{note}</span>}
    </header>
    {children}
  </section>
);
