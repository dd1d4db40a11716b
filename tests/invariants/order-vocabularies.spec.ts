import { orderNumberIn } from '../../domain/after-sales';
import { orderStatuses, orderTransitions, orderVocabularies, type OrderStatus } from '../../domain/order';

const { MERCHANT_BACK_END, SECOND_HAND } = orderVocabularies;

const goneStatuses: readonly OrderStatus[] = ['SHIPPED', 'FULFILLED', 'COMPLETED'];

it.each(orderStatuses.filter((status) => MERCHANT_BACK_END.words[status] !== null))(
  'the number of a %s order without a request is the one that after-sales gives',
  (status) =>
    expect(MERCHANT_BACK_END.words[status]).toBe(
      String(
        orderNumberIn({
          hasLeft: goneStatuses.includes(status),
          isCompleted: status === 'COMPLETED',
          isRefunded: status === 'REFUNDED',
          isRefunding: status === 'REFUNDING',
          requests: [],
        }),
      ),
    ),
);

it('the steps of the second-hand shop are all possible, and no others before a refund', () => {
  const steps = orderStatuses.flatMap((from) =>
    Object.values(orderTransitions[from]).flatMap((targets) =>
      targets.map((to) => `${SECOND_HAND.words[from]} > ${SECOND_HAND.words[to]}`),
    ),
  );
  const isOwn = (step: string): boolean => {
    const [from, to] = step.split(' > ');
    return from !== to && from !== 'REFUNDING' && from !== 'CANCELLED' && from !== 'COMPLETED';
  };
  expect([...new Set(steps)].filter(isOwn).sort()).toEqual([
    'PENDING_PAYMENT > CANCELLED',
    'PENDING_PAYMENT > PENDING_SHIP',
    'PENDING_SHIP > REFUNDING',
    'PENDING_SHIP > SHIPPED',
    'SHIPPED > COMPLETED',
    'SHIPPED > REFUNDING',
  ]);
});
