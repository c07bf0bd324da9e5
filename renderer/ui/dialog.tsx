import { Dialog as Base } from '@base-ui/react/dialog';
import { type ReactNode, useEffect, useState } from 'react';
import styles from './dialog.module.css';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/**
 * A dialog that blocks nothing behind it: STOP and the vital signs stay visible and usable by touch and by key, so it
 * is not modal, has no backdrop, and stands within the screen of now, clear of its STOPs and of the strips.
 */
export function Dialog({ title, onClose, children }: DialogProps) {
  const [screen] = useState(() => document.querySelector('main'));
  useFocusBack();
  return (
    <Base.Root open modal={false} disablePointerDismissal onOpenChange={(open) => open || onClose()}>
      <Base.Portal container={screen}>
        <Base.Popup className={styles['popup']}>
          <Base.Title className={styles['title']}>{title}</Base.Title>
          {children}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

/** The focus goes back to what had it before, unless somebody has taken it elsewhere meanwhile. */
function useFocusBack(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      const isLost = document.activeElement === null || document.activeElement === document.body;
      if (isLost && before instanceof HTMLElement) before.focus();
    },
    [before],
  );
}
