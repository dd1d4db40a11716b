const { imul } = Math;

/** FNV-1a, 32 bits: quick and even enough to spread keys over a handful of servers. */
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

/** What a command is about, so that commands about one thing meet in one server's cache. */
export const affinityKey = (input: object, fallback: string): string => {
  const fields = input as Readonly<Record<string, unknown>>;
  const field = keyFields.find((name) => fields[name] !== undefined);
  return field === undefined ? fallback : String(fields[field]);
};

/** Rendezvous hashing: the same key goes to the same server while it is there, and only its keys move when it goes. */
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
