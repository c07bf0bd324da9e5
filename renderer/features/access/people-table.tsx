import { useApp } from '../../app/context.tsx';
import type { KnownPerson } from '../../app/types.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import styles from './access.module.css';

interface PeopleTableProps {
  readonly people: readonly KnownPerson[];
  readonly onAdd: () => void;
  readonly onChange: (person: KnownPerson) => void;
  readonly onUnlock: (person: KnownPerson) => void;
}

const stateOf = ({ active, locked }: KnownPerson): string => (active ? (locked ? 'locked' : 'may sign in') : 'left');

/** Everybody whom the station knows. What one may not do is not offered; the station refuses it anyway. */
export function PeopleTable({ people, onAdd, onChange, onUnlock }: PeopleTableProps) {
  const role = useApp((state) => state.me?.role);
  return (
    <Panel title="People" note={`${people.length}`} className={styles['panel']}>
      <div className={styles['scroll']}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th>Name</th>
              <th>Role</th>
              <th>Badge</th>
              <th>State</th>
              <th>
                <span className={styles['hidden']}>Acts</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <tr key={person.id}>
                <td>{person.name}</td>
                <td>{person.role}</td>
                <td>{person.hasBadge ? 'yes' : '-'}</td>
                <td className={person.locked ? styles['attention'] : undefined}>{stateOf(person)}</td>
                <td>
                  {role === 'administrator' && (
                    <Button aria-label={`Change ${person.name}`} onClick={() => onChange(person)}>
                      Change
                    </Button>
                  )}
                  {role === 'supervisor' && person.locked && (
                    <Button aria-label={`Unlock ${person.name}`} onClick={() => onUnlock(person)}>
                      Unlock
                    </Button>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {role === 'administrator' && (
        <div className={styles['buttons']}>
          <Button tone="primary" onClick={onAdd}>
            Add a person
          </Button>
        </div>
      )}
    </Panel>
  );
}
