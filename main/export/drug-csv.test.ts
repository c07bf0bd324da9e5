import { expect, test } from 'vitest';
import { drugCsv } from './drug-csv.ts';
import { recordedInfusion } from './testing-infusion.ts';

test('the account has every entry as it holds now, who witnessed, the sums, and no formula', {
  timeout: 180_000,
}, async () => {
  const { rows } = await recordedInfusion(2);
  const bodies = rows.map(({ body }) => body.replace('Left over, patient in bay 12', '=HYPERLINK(1)'));
  const [head, ...lines] = drugCsv(bodies).trimEnd().split('\r\n');
  expect(head).toContain('person,entry,volume (uL),mass (ug),volume first written (uL),from');
  expect(lines.find((line) => line.includes(',drawn,'))).toContain(',42023-138-10,LOT-7Q44,2027-04-30,1,10000,500000,');
  const waste = lines.find((line) => line.includes(',waste,'));
  expect(waste).toContain('dana,waste,34900,69800,35000,syringe,2000');
  expect(waste).toMatch(/,wilma,'=HYPERLINK\(1\),$/);
  expect(lines.find((line) => line.includes('difference of the syringe'))).toMatch(/,missing$/);
  expect(lines.at(-1)).toContain('Dr. Meier took the rest,declared');
});
