/**
 * Modified Observer's Assessment of Alertness/Sedation, 5 to 0. Published versions differ at 1, so that a score is
 * stored with the version it was given by.
 */
export const SEDATION_LEVELS = {
  id: 'moaas-0-5',
  name: 'MOAA/S (0 to 5)',
  levels: [
    { score: 5, says: 'Responds readily to name' },
    { score: 4, says: 'Responds lethargically to name' },
    { score: 3, says: 'Responds only to name called loudly or repeatedly' },
    { score: 2, says: 'Responds only to mild prodding or shaking' },
    { score: 1, says: 'Responds only to a painful squeeze of the trapezius' },
    { score: 0, says: 'Does not respond to a painful squeeze of the trapezius' },
  ],
} as const;
