import { z } from 'zod';

const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
};

/** The schema of a time zone's name in the IANA data base. */
export const timeZoneSchema = z
  .string()
  .refine(isTimeZone, { error: 'must be a time zone such as Europe/London, or UTC' });
