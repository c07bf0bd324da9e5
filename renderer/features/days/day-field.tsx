import { useApp } from '../../app/context.tsx';
import { Field } from '../../ui/field.tsx';
import { isDay } from '../../ui/local-day.ts';

interface DayFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onText: (day: string) => void;
}

/** A day of the station's zone, which it names; what is no day finds nothing out and says so. */
export function DayField({ label, value, onText }: DayFieldProps) {
  const timeZone = useApp((state) => state.info?.timeZone ?? 'UTC');
  const wrong = value.trim() !== '' && !isDay(value.trim());
  return (
    <Field
      label={`${label} (${timeZone})`}
      value={value}
      onText={onText}
      placeholder="2026-11-01"
      maxLength={10}
      error={wrong ? 'No day: write it as 2026-11-01' : null}
    />
  );
}
