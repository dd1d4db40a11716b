type Data = Readonly<Record<string, unknown>>;

const isData = (value: unknown): value is Data => typeof value === 'object' && value !== null;

const isSame = (one: unknown, other: unknown): boolean => {
  if (!isData(one) || !isData(other)) return one === other;
  // A field that is absent is one that is undefined.
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every((key) =>
    isSame(one[key], other[key]),
  );
};

/** Someone has changed what is to be changed, which the sender has not seen. */
export type ChangedMeanwhile = { readonly code: 'CHANGED_MEANWHILE' };

/** Tests whether plain data is as the sender of a command has seen it. Who has seen nothing expects nothing. */
export const isAsSeen = <Seen>(expected: Seen | undefined, present: Seen): boolean =>
  expected === undefined || isSame(expected, present);
