import type { DrugBalance } from '../../app/types.ts';
import { mass } from '../../ui/format.ts';

export const BALANCE_WORDS: Readonly<Record<DrugBalance['state'], string>> = {
  'no-drug': 'No drug yet',
  open: 'OPEN',
  balanced: 'Balanced',
  declared: 'Declared open',
  closed: 'Closed by a supervisor',
};

export const ENTRY_WORDS: Readonly<Record<DrugBalance['entries'][number]['act'], string>> = {
  'drug.drawn': 'Drawn up',
  'drug.waste': 'Wasted',
  'drug.return': 'Returned',
  'drug.residual': 'Left in syringe and set',
  'drug.prime': 'Pushed into the line',
  'drug.flush': 'Flushed into the patient',
};

/** What one side of the account comes to, in words with the figure. */
export function sideText({ kind, differenceUg }: DrugBalance['syringe']): string {
  switch (kind) {
    case 'balanced':
      return 'balances';
    case 'missing':
      return `${mass(differenceUg)} mg not accounted for`;
    case 'excess':
      return `${mass(differenceUg)} mg more than was taken`;
  }
}
