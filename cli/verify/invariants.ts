import type { HistoryInvariant } from './history';

/** The invariants in words, as docs/reference/invariants.md lists them. */
export const invariants = {
  V1: 'Every acknowledged command’s events are stored.',
  V2: 'A command id has at most one effect.',
  V3: 'A command of unknown outcome has its whole effect, or none.',
  V4: 'For each warehouse and product: received = on hand + reserved + shipped + removed, and no figure is negative. Goods on trucks have left the stock.',
  V5: 'A stream’s revisions have no gaps, and positions rise.',
  V6: 'Each read model equals the fold of the events.',
  V7: 'Every order ends fulfilled, cancelled or refunded.',
  V8: 'Each status follows the previous one, as the state machines say.',
  V9: 'No shipment was packed, loaded or delivered twice. Goods that the World has loaded are recorded as loaded and are not on hand.',
  V10: 'Money: captured − refunded = sold − refunded goods, in minor units, where held money counts as captured until it is released; no more is captured than was authorised, and no more is refunded than was captured; and the taxes of lines, orders and refunds add up. No goods are loaded for an order after its whole payment was asked back.',
  V11: 'Each paid order has one invoice and each refund one credit note, over its sum; of held money once the first of it is captured, without what was released before. The numbers of a series have no gaps, and each is on one invoice.',
} as const;

export type InvariantId = keyof typeof invariants;

/** The parts of the invariants that a check of a running platform leaves out. */
export const leftOut: Readonly<Partial<Record<InvariantId, string>>> = {
  V1: 'Only npm run test:crash knows what was acknowledged.',
  V3: 'Only npm run test:crash repeats commands without an answer.',
  V4: 'Goods on trucks are compared by waybill verify --settled, when no order is in progress.',
  V7: 'It is checked by waybill verify --settled, when no order is in progress.',
  V10: 'That the sums are equal is checked by waybill verify --settled, when no order is in progress.',
  V11: 'That no invoice is missing is checked by waybill verify --settled, when no order is in progress.',
};

export const historyInvariants: readonly HistoryInvariant[] = ['V2', 'V4', 'V5', 'V8', 'V9', 'V10', 'V11'];
