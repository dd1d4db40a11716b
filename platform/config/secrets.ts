import { z } from 'zod';

/** One secret, or several with commas while they are exchanged. Blanks around each do not count. */
export const secretsSchema = (lengthMin: number) => {
  const secret = z
    .string()
    .trim()
    .min(lengthMin, { error: `each secret has at least ${lengthMin} characters` });
  return z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.tuple([secret], secret));
};
