import type { ReactNode } from 'react';
import { cx } from './cx.ts';
import styles from './notice.module.css';

interface NoticeProps {
  readonly tone: 'hard' | 'soft' | 'info';
  readonly children: ReactNode;
}

/** A sentence that must not be missed. Said in words and by a mark, never by colour alone. */
export const Notice = ({ tone, children }: NoticeProps) => (
  <div className={cx(styles['notice'], styles[tone])} role={tone === 'hard' ? 'alert' : 'status'}>
    {children}
  </div>
);

/** The refusal of a command, or nothing. */
export const Refusal = ({ failure }: { failure: { readonly code: string; readonly message: string } | null }) =>
  failure && (
    <Notice tone="hard">
      <strong>Refused: </strong>
      {failure.message} <span className={styles['code']}>({failure.code})</span>
    </Notice>
  );
