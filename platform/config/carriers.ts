import { z } from 'zod';
import { isNetwork, LOOPBACK } from '../network-list';
import { plainWords } from '../validation';
import { isUsableSecret } from '../webhook-signing';
import { flag } from './flag';
import { readSecretFile } from './secret-file';
import { secretsSchema } from './secrets';

export const carrierNameSchema = z
  .string()
  .regex(/^[a-z0-9-]{1,40}$/, { error: 'must be 1 to 40 lower-case letters, digits or -' });
export const carrierDialectSchema = z.enum(['plain', 'enveloped', 'signed']);
export const carrierSecretsSchema = secretsSchema(16, isUsableSecret);

const networkSchema = z
  .string()
  .trim()
  .refine(isNetwork, { error: 'must be an IP address, or a network such as 10.0.0.0/8' });

/** Returns the networks from which unsigned messages are accepted. @param isOn - accepts those from this machine. */
const networksOf = (isOn: boolean): readonly string[] => (isOn ? LOOPBACK : []);

/** `off`, `on`, or a list of networks. */
export const unsignedSchema = z.union([
  flag.transform(networksOf),
  z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(networkSchema)),
]);

const oneCarrier = z
  .strictObject({
    name: carrierNameSchema,
    url: z.string().regex(/^https?:\/\/.+/, { error: 'must be an http(s) URL' }),
    dialect: carrierDialectSchema.default('signed'),
    prefix: z
      .string()
      .regex(/^(\/[\w.~-]+)*$/, { error: 'must be a path such as /api, or empty' })
      .optional(),
    secret: carrierSecretsSchema.optional(),
    secretFile: z.string().min(1).optional(),
    acceptUnsigned: z.union([z.boolean(), z.array(networkSchema).min(1)]).default(false),
    operator: z.boolean().default(false),
  })
  .transform(({ secret, secretFile, acceptUnsigned, ...carrier }, context) => {
    const complain = (message: string): never => {
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    };
    const { name, dialect } = carrier;
    const unsignedFrom = typeof acceptUnsigned === 'boolean' ? networksOf(acceptUnsigned) : acceptUnsigned;
    if (secret !== undefined && secretFile !== undefined)
      return complain(`${name} takes a secret or a secretFile, not both`);
    const secrets = secretFile === undefined ? secret : secretsIn(secretFile);
    if (secretFile !== undefined && secrets === undefined)
      return complain(`the secretFile of ${name}, ${secretFile}, cannot be read or holds too little`);
    if (dialect === 'signed' && unsignedFrom.length > 0)
      return complain(`${name} speaks the dialect signed: acceptUnsigned must be false`);
    if (secrets === undefined && unsignedFrom.length === 0)
      return complain(`${name} needs a secret, because it is not believed without a signature`);
    return { ...carrier, unsignedFrom, secrets: secrets ?? [] };
  });

/** @returns undefined if there is no such file, or no valid secret in it. */
const secretsIn = (file: string): readonly string[] | undefined => {
  try {
    return carrierSecretsSchema.safeParse(readSecretFile(file)).data;
  } catch {
    return undefined;
  }
};

const parsedJson = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
};

/** The schema of `WAYBILL_CARRIERS`: a JSON list. An error names the place in the list, without its value. */
export const carriersSchema = z.string().transform((text, context) => {
  const read = z.array(oneCarrier).min(1).safeParse(parsedJson(text), { error: plainWords });
  if (read.success) return read.data;
  for (const { path, message } of read.error.issues) {
    const [index, ...field] = path;
    const place = index === undefined ? 'the JSON list' : ['carrier', Number(index) + 1, ...field].join(' ');
    context.addIssue({ code: 'custom', message: `${place}: ${message}` });
  }
  return z.NEVER;
});

/** One of the carriers in `WAYBILL_CARRIERS`. */
export type ListedCarrier = z.infer<typeof carriersSchema>[number];
