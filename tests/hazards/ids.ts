// Closed lists against which docs/hazards.md is checked: a row that is lost or invented there fails a test.

/** Hazards by their number in the safety evidence. */
export const HAZARDS: readonly number[] = Array.from({ length: 40 }, (_, index) => index + 1);

/** Numbers of the requirements in each section: 2 becomes and so on. */
const SECTIONS: Readonly<Record<string, readonly number[]>> = {
  '2': [1, 2, 3, 4, 5, 6, 7, 8, 9],
  '3': [1, 2, 3],
  '4': [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  '5': [1, 2, 3, 4, 5, 6, 7, 8],
  '6': [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  '7': [12, 19, 20, 21, 22],
  '8': [1, 2, 3, 7],
  '9': [1, 2, 3, 4],
};

export const REQUIREMENTS: readonly string[] = Object.entries(SECTIONS).flatMap(([section, numbers]) =>
  numbers.map((number) => `R-${section}.${number}`),
);
