import { orderEntry, type Shown } from '../../projections/order-details/timeline-text';
import { orderDetails } from '../../projections/order-details';
import type { EventOf } from '../../platform/projections';
import { goldenStreams } from '../support/domain/golden-streams';
import { happenedInChinese } from '../../web/text/zh-timeline';

const recordedAt = '2026-11-29T12:00:00.000Z';

/** Events of the document that add no sentence to its history. */
const silent =
  /^(OrderCaptureRequested|PaymentReleased|PaymentRefunded|OrderPart(Released|LoadingStarted|LoadingFailed|Delivered)|OrderPayment(Started|Declined)|PersonalDataErased)$/;

const shown = goldenStreams()
  .flat()
  .filter(({ type }) => type in orderDetails.handlers && !silent.test(type))
  .map((event) => ({ ...event, recordedAt }) as unknown as EventOf<Shown>);

const sentences = [...new Set(shown.map((event) => orderEntry(event).summary))];

it('has an example of each kind of event', () => {
  const kinds = Object.keys(orderDetails.handlers).filter((type) => !silent.test(type));
  expect([...new Set(shown.map(({ type }) => type as string))].sort()).toEqual(kinds.sort());
});

it.each([
  ...sentences,
  'Order 7 was placed: 1 piece for £3.00. It was sold on 2010-12-01 as 536365 to Spain.',
  'It was sold as 536365 to Spain.',
  'Comes from warehouses 1, 2; some goods are awaited.',
  'The order was cancelled because it was not paid in time.',
  'Parcel 7 could not be loaded: no such truck.',
])('says in Chinese, with all figures: %s', (summary) => {
  const chinese = happenedInChinese(summary);
  expect(chinese).toMatch(/。$/);
  // The words of others, such as the World's reason, stay as they came.
  expect(chinese.replace(/：.*$/, '')).not.toMatch(/\b(order|parcel|truck|warehouse|was)\b/i);
  const figures = summary.match(/\d+/g) ?? [];
  expect(figures.filter((figure) => !chinese.includes(figure))).toEqual([]);
});

it('leaves a sentence that it does not have as it is', () =>
  expect(happenedInChinese('Something new.')).toBe('Something new.'));
