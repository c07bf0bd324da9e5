import { Dialog as Base } from '@base-ui/react/dialog';
import type { ReactNode } from 'react';
import styles from './dialog.module.css';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * A dialog that blocks nothing behind it: STOP and the vital signs stay visible and usable by touch and by key, so it
 * is not modal, has no backdrop and stands clear of the numbers and of the STOP column.
 */
export const Dialog = ({ title, onClose, children }: DialogProps) => (
  <Base.Root open modal={false} disablePointerDismissal onOpenChange={(open) => open || onClose()}>
    <Base.Portal>
      <Base.Popup className={styles['popup']}>
        <Base.Title className={styles['title']}>{title}</Base.Title>
        {children}
      </Base.Popup>
    </Base.Portal>
  </Base.Root>
);
