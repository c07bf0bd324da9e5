import { Tabs } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';
import styles from './pages.module.css';

interface Page {
  readonly id: string;
  readonly name: string;
  readonly content: ReactNode;
}

/** Pages behind one another below a row of tabs; arrow keys move between the tabs. The first is open. */
export const Pages = ({ pages }: { pages: readonly [Page, ...Page[]] }) => (
  <Tabs.Root defaultValue={pages[0].id} className={styles['pages']}>
    <Tabs.List className={styles['tabs']}>
      {pages.map(({ id, name }) => (
        <Tabs.Tab key={id} value={id} className={styles['tab']}>
          {name}
        </Tabs.Tab>
      ))}
    </Tabs.List>
    {pages.map(({ id, content }) => (
      <Tabs.Panel key={id} value={id} className={styles['page']}>
        {content}
      </Tabs.Panel>
    ))}
  </Tabs.Root>
);
