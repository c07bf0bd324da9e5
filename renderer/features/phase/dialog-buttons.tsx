import { Button } from '../../ui/button.tsx';
import styles from './dialog-buttons.module.css';

interface DialogButtonsProps {
  readonly confirm: string;
  readonly ready: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

export const DialogButtons = ({ confirm, ready, onConfirm, onClose }: DialogButtonsProps) => (
  <div className={styles['buttons']}>
    <Button onClick={onClose}>Back</Button>
    <Button tone="primary" aria-disabled={!ready} onClick={() => ready && onConfirm()}>
      {confirm}
    </Button>
  </div>
);
