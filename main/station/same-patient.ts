/** Whether two ids name one patient: by hand they are typed in either case. */
export const isSamePatient = (id: string, other: string): boolean => id.toLowerCase() === other.toLowerCase();
