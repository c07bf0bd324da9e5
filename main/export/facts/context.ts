import { z } from 'zod';

/**
 * What readers need beside the signed rows and only the station's configuration knows, as it was on the day of the
 * export. Not signed.
 */
export const exportContextSchema = z.object({
  station: z.string(),
  /** Version of Chairside that made the export. */
  version: z.string(),
  /** IANA name, e.g. `Europe/Zurich`: all times of a report are in it. */
  timeZone: z.string(),
  simulated: z.boolean(),
  /** When the export was made (UTC) and the name of the person who asked for it. */
  exportedAt: z.iso.datetime(),
  exportedBy: z.string(),
  people: z.array(z.object({ id: z.string(), name: z.string(), role: z.string() })),
});

export type ExportContext = z.infer<typeof exportContextSchema>;
