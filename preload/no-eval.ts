import { config } from 'zod';

// zod otherwise probes for `new Function` when a schema is made, which the page's content policy reports as a violation.
config({ jitless: true });
