import { useStore } from 'zustand';
import { useParts } from '../../app/context.tsx';
import type { ShownChair } from '../../app/shown.ts';
import { cx } from '../../ui/cx.ts';
import styles from './stop-button.module.css';
import { stopText } from './stop-text.ts';

interface StopButtonProps {
  readonly chair: ShownChair;
  readonly size: 'huge' | 'large' | 'strip';
  /** Shown when F12 stops this chair. */
  readonly keyHint?: boolean;
}

/** One action, no sign-in, no confirmation: sent on pointer-down, before the finger is lifted. */
export function StopButton({ chair, size, keyHint = false }: StopButtonProps) {
  const { stop } = useParts();
  return (
    <div className={cx(styles['stop'], styles[size])} data-stop={chair.id}>
      <button
        type="button"
        className={styles['button']}
        aria-label={`STOP ${keyHint ? 'F12 ' : ''}${chair.name}`}
        onPointerDown={() => stop.press(chair.id)}
        // A key or an assistive device makes a click without a pointer; the pointer has already been served.
        onClick={(event) => event.detail === 0 && stop.press(chair.id)}
      >
        STOP {keyHint && <kbd className={styles['key']}>F12</kbd>}
      </button>
      {size !== 'strip' && <StopLine chair={chair} />}
    </div>
  );
}

/** What became of the last press, and what the pump reads back. */
export function StopLine({ chair }: { chair: ShownChair }) {
  const { stop } = useParts();
  const press = useStore(stop.presses, (presses) => presses[chair.id]);
  const { text, tone } = stopText(chair, press);
  return (
    <p className={cx(styles['text'], styles[tone])} role="status">
      {text}
    </p>
  );
}
