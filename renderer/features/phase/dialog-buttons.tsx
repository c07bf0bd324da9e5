import type { ReactNode } from 'react';
import { Button } from '../../ui/button.tsx';
import styles from './dialog-buttons.module.css';

interface DialogButtonsProps {
  readonly onClose: () => void;
  /** Left out where there is nothing to confirm. */
  readonly confirm?: string;
  readonly ready?: boolean;
  readonly onConfirm?: () => void;
  /** Another way on, between the two. */
  readonly children?: ReactNode;
}

export const DialogButtons = ({ onClose, confirm, ready = false, onConfirm, children }: DialogButtonsProps) => (
  <div className={styles['buttons']}>
    <Button onClick={onClose}>{confirm === undefined ? 'Close' : 'Back'}</Button>
    {children}
    {confirm !== undefined && (
      <Button tone="primary" aria-disabled={!ready} onClick={() => ready && onConfirm?.()}>
        {confirm}
      </Button>
    )}
  </div>
);
