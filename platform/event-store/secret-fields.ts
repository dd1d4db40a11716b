/** Fields that are not shown: hashes of passwords and tokens, and the secrets that tokens are derived from. */
const secretFields: ReadonlySet<string> = new Set([
  'passwordHash',
  'tokenHash',
  'newTokenHash',
  'replacedTokenHashes',
  'salt',
  'secret',
]);

/** The text that is shown in place of a secret. */
const REDACTED = '[redacted]';

/** Returns an event's data, or a document, without the values of its secret fields. */
export const withoutSecrets = (data: object): object =>
  Object.fromEntries(
    Object.entries(data).map(([name, value]: [string, unknown]) => [
      name,
      secretFields.has(name) ? REDACTED : value,
    ]),
  );
