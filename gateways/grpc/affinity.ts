const { imul } = Math;

/** FNV-1a, 32 bits: fast and even enough to distribute keys over a few servers. */
const hash = (text: string): number => {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
};

const keyFields = [
  'orderId',
  'customerId',
  'shipmentId',
  'warehouseId',
  'productId',
  'reviewId',
  'email',
  'sku',
];

/** Returns the key of a command's subject, so that commands of one stream share one server's cache. */
export const affinityKey = (input: object, fallback: string): string => {
  const fields = input as Readonly<Record<string, unknown>>;
  const field = keyFields.find((name) => fields[name] !== undefined);
  return field === undefined ? fallback : String(fields[field]);
};

/**
 * Chooses a server by rendezvous hashing: a key stays with its server while that is up, and only that server's keys
 * move when it goes.
 */
export const preferred = <Server extends { readonly address: string }>(
  servers: readonly Server[],
  key: string,
): Server | undefined => {
  let best: Server | undefined;
  let bestScore = -1;
  for (const server of servers) {
    const score = hash(`${key}\n${server.address}`);
    if (score > bestScore) [best, bestScore] = [server, score];
  }
  return best;
};
