import { z } from 'zod';

/**
 * The schema of one secret, or of several during a rotation, separated by commas. Blanks around each are ignored.
 * `isUsable`: a further condition.
 */
export const secretsSchema = (lengthMin: number, isUsable: (secret: string) => boolean = () => true) => {
  const secret = z
    .string()
    .trim()
    .min(lengthMin, { error: `each secret has at least ${lengthMin} characters` })
    .refine(isUsable, { error: 'a secret that begins with whsec_ goes on with base64 of at least 16 bytes' });
  return z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.tuple([secret], secret));
};
