import { useStation } from '../../app/context.tsx';
import { Notice } from '../../ui/notice.tsx';

const NONE: readonly string[] = [];

/** Technical alarms about the record: below the top bar on every screen, also before sign-in. */
export function RecordConcerns() {
  const concerns = useStation((state) => state.frame?.record.concerns ?? NONE);
  return concerns.map((concern) => (
    <Notice key={concern} tone="soft">
      <strong>Technical alarm, medium: </strong>
      {concern}
    </Notice>
  ));
}
