import {
  afterSalesId,
  at,
  closed,
  command,
  customerId,
  day,
  event,
  goods,
  inspect,
  inspected,
  largeWorth,
  mug,
  mugs,
  of,
  outcome,
  passDeadline,
  refundDue,
  replacementDue,
  request,
  requested,
  sellerId,
} from '../../tests/support/domain/after-sales';
import { given } from '../../tests/support/domain/given';
import type { AccountId, ProductId } from '../kernel';
import { afterSales, isOpenAfterSales, orderNumberIn, serviceOrderNumbers } from './';
import type { AfterSalesCommand, AfterSalesEvent, AfterSalesStatus } from './';

const escalated: AfterSalesEvent = {
  type: 'AfterSalesEscalated',
  data: { ...of, customerId, cause: 'UNDECIDED', escalatedAt: day(2) },
};
const other = '5d0b6c3e-0000-5000-8000-0000000000ff' as AccountId;

const wrongStatus = (status: AfterSalesStatus) =>
  ({ code: 'AFTER_SALES_WRONG_STATUS', afterSalesId, status }) as const;
const notFound = { code: 'AFTER_SALES_NOT_FOUND', afterSalesId } as const;

const approved: readonly AfterSalesEvent[] = [requested(), event.approved];
const sent = [...approved, event.parcelSent];
const received = [...sent, event.parcelReceived];
const refused = [requested(), event.refused];
const disputed = [...refused, event.disputed];
const refunding = [...received, inspected(3, 0, 0), refundDue('INSPECTED')];
const failed = [...refunding, event.refundFailed];
const ofExchange = [requested('EXCHANGE'), event.approved, event.parcelSent, event.parcelReceived];
const replacing = [...ofExchange, inspected(3, 0, 0), replacementDue('INSPECTED')];
const sending = [...replacing, event.replacementStarted];

describe('a request', () => {
  const requesting = (more: Parameters<typeof request>[1]) =>
    given(afterSales, []).when(request('RETURN', more));
  const line = request().lines[0]!;

  it('waits two days for a decision', () => given(afterSales, []).when(request()).then([requested()]));

  it('is recognised by the id of its command, and another one of that number is rejected', () => {
    given(afterSales, [requested()]).when(request()).then([]);
    given(afterSales, [requested()])
      .when(request('RETURN', { requestKey: 'command-2' }))
      .thenRejected({ code: 'AFTER_SALES_ALREADY_REQUESTED', afterSalesId });
  });

  it.each([0, -1, 1.5, 4])('is not for %s pieces where three are available', (quantity) =>
    requesting({ lines: [{ ...line, quantity }] }).thenRejected({
      code: 'AFTER_SALES_UNAVAILABLE',
      ...{ productId: mug, available: 3, wanted: quantity },
    }),
  );

  it('has lines, each product once', () => {
    const invalid = { code: 'AFTER_SALES_LINES_INVALID', linesMax: 100 } as const;
    requesting({ lines: [] }).thenRejected(invalid);
    requesting({ lines: [line, line] }).thenRejected(invalid);
  });

  it('is about goods of one seller', () =>
    requesting({
      lines: [line, { ...line, productId: 'p' as ProductId, sellerId: undefined }],
    }).thenRejected({ code: 'AFTER_SALES_SELLERS_MIXED' }));

  it('comes within a year of the order', () => {
    requesting({ orderedAt: day(-366) }).thenRejected({ code: 'AFTER_SALES_TOO_LATE', until: day(-1) });
    requesting({ orderedAt: day(-365) }).then([requested()]);
  });

  it('is one of twenty of its order', () =>
    requesting({ number: 21 }).thenRejected({ code: 'AFTER_SALES_TOO_MANY', max: 20 }));

  it('says what is wrong, unless the goods are only unwanted', () => {
    requesting({ description: ' ' }).thenRejected({ code: 'AFTER_SALES_DESCRIPTION_MISSING' });
    requesting({ description: '', lines: [{ ...line, reason: 'UNWANTED' }] }).then([
      requested('RETURN', { description: '', lines: [{ ...mugs, reason: 'UNWANTED' }] }),
    ]);
  });
});

describe('a decision', () => {
  it('approves a return, whose goods are then awaited', () =>
    given(afterSales, [requested()])
      .when(command.approve)
      .then([event.approved], { again: wrongStatus('AWAITING_PARCEL') }));

  it('approves a refund without a return at once', () =>
    given(afterSales, [requested('REFUND_ONLY')])
      .when(command.approve)
      .then([event.approvedAtOnce, refundDue('APPROVED')], { again: wrongStatus('REFUNDING') }));

  it('refuses, and may be changed in favour of the customer', () => {
    given(afterSales, [requested()])
      .when(command.refuse)
      .then([event.refused], { again: wrongStatus('REFUSED') });
    given(afterSales, refused)
      .when(command.approve)
      .then([event.approved], { again: wrongStatus('AWAITING_PARCEL') });
  });

  it('is of the seller of the goods or of staff', () => {
    given(afterSales, [requested()])
      .when({ ...command.refuse, sellerId })
      .then([{ ...event.refused, data: { ...event.refused.data, by: 'SELLER' } }], {
        again: wrongStatus('REFUSED'),
      });
    given(afterSales, [requested()])
      .when({ ...command.refuse, sellerId: other })
      .thenRejected(notFound);
    given(afterSales, [requested('RETURN', { sellerId: undefined })])
      .when({ ...command.refuse, sellerId })
      .thenRejected(notFound);
  });

  it('is of staff alone in a dispute', () => {
    given(afterSales, disputed)
      .when({ ...command.approve, sellerId })
      .thenRejected(wrongStatus('ESCALATED'));
    given(afterSales, disputed)
      .when(command.forCustomer)
      .then([{ ...event.disputeDecided, data: { ...event.disputeDecided.data, sendBy: day(7) } }], {
        again: wrongStatus('AWAITING_PARCEL'),
      });
    given(afterSales, disputed)
      .when(command.forSeller)
      .then(
        [
          {
            type: 'AfterSalesDisputeDecided',
            data: { ...of, inFavourOf: 'SELLER', remark: 'Refused.', decidedAt: at },
          },
          closed('DISPUTE_LOST', { remark: 'Refused.' }),
        ],
        { again: wrongStatus('CLOSED') },
      );
  });
});

describe('the customer', () => {
  it.each([
    ['before the decision', [requested()]],
    ['before the goods are sent', approved],
    ['after a refusal', refused],
  ] as const)('withdraws %s', (_, history) =>
    given(afterSales, history)
      .when({ ...command.withdraw, requestedBy: customerId })
      .then([event.withdrawn]),
  );

  it('cannot withdraw what is on its way', () =>
    given(afterSales, sent).when(command.withdraw).thenRejected(wrongStatus('IN_TRANSIT')));

  it('disputes a refusal, with a reason', () => {
    given(afterSales, refused)
      .when(command.dispute)
      .then([event.disputed], { again: wrongStatus('ESCALATED') });
    given(afterSales, refused)
      .when({ ...command.dispute, description: ' ' })
      .thenRejected({ code: 'AFTER_SALES_DESCRIPTION_MISSING' });
    given(afterSales, [requested()]).when(command.dispute).thenRejected(wrongStatus('REQUESTED'));
  });

  it('sends the goods once the return is approved', () => {
    given(afterSales, approved)
      .when(command.parcelSent)
      .then([event.parcelSent], { again: wrongStatus('IN_TRANSIT') });
    given(afterSales, [requested()]).when(command.parcelSent).thenRejected(wrongStatus('REQUESTED'));
  });

  it.each([command.withdraw, command.dispute, command.parcelSent])('is no other: $type', (each) =>
    given(afterSales, refused)
      .when({ ...each, requestedBy: other })
      .thenRejected(notFound),
  );
});

describe('a parcel', () => {
  it.each([
    ['that was announced', sent],
    ['that comes without a notice', approved],
    ['about which staff were asked', [...sent, { ...event.disputed, data: { ...event.disputed.data } }]],
  ] as const)('%s is received', (_, history) =>
    given(afterSales, history)
      .when(command.parcelReceived)
      .then([event.parcelReceived], { again: wrongStatus('RECEIVED') }),
  );

  it('is not received for a request that nothing comes back for', () =>
    given(afterSales, disputed).when(command.parcelReceived).thenRejected(wrongStatus('ESCALATED')));

  it('is refunded by the pieces that are accepted', () =>
    given(afterSales, received)
      .when(inspect(1, 1, 1))
      .then([inspected(1, 1, 1), refundDue('INSPECTED', { quantity: 2 })], {
        again: wrongStatus('REFUNDING'),
      }));

  it.each([
    ['whose goods are not accepted', 3],
    ['that is empty', 0],
  ])('%s is refused', (_, count) =>
    given(afterSales, received)
      .when(inspect(0, 0, count))
      .then(
        [
          inspected(0, 0, count),
          { ...event.refused, data: { ...event.refused.data, remark: 'As counted.' } },
        ],
        { again: wrongStatus('REFUSED') },
      ),
  );

  it.each([
    [4, 0, 0],
    [1, 1, 2],
    [-1, 0, 0],
    [0.5, 0, 0],
  ])('has no more pieces than were requested: %s, %s, %s', (restocked, writtenOff, refusedCount) =>
    given(afterSales, received)
      .when(inspect(restocked, writtenOff, refusedCount))
      .thenRejected({
        code: 'AFTER_SALES_COUNT_WRONG',
        ...{ productId: mug, max: 3, counted: restocked + writtenOff + refusedCount },
      }),
  );

  it('has no other goods, and each product once', () => {
    const counted = inspect(1, 0, 0);
    const [line] = counted.lines;
    const productId = 'p' as ProductId;
    given(afterSales, received)
      .when({ ...counted, lines: [{ ...line!, productId }] })
      .thenRejected({ code: 'AFTER_SALES_COUNT_WRONG', productId, max: 0, counted: 1 });
    given(afterSales, received)
      .when({ ...counted, lines: [line!, line!] })
      .thenRejected({ code: 'AFTER_SALES_COUNT_WRONG', productId: mug, max: 3, counted: 1 });
  });

  it.each([
    ['some came back', 2, 2],
    ['nothing was found in it', 0, 3],
  ])('of a dispute that the customer wins is refunded where %s', (_, count, quantity) =>
    given(afterSales, [...received, inspected(0, 0, count), event.refused, event.disputed])
      .when(command.forCustomer)
      .then([event.disputeDecided, refundDue('DISPUTE_WON', { quantity })], {
        again: wrongStatus('REFUNDING'),
      }),
  );
});

describe('the clock', () => {
  it.each<readonly [string, readonly AfterSalesEvent[], number, readonly AfterSalesEvent[]]>([
    [
      'approves a small request',
      [requested('REFUND_ONLY')],
      2,
      [
        {
          type: 'AfterSalesApproved',
          data: { ...of, by: 'CLOCK', remark: '', approvedAt: day(2) },
        },
        refundDue('APPROVED', { dueAt: day(2) }),
      ],
    ],
    ['asks staff about a large request', [requested('REFUND_ONLY', { worth: largeWorth })], 2, [escalated]],
    ['closes what was not sent', approved, 7, [closed('NOT_SENT', { closedAt: day(7) })]],
    [
      'asks staff about what did not arrive',
      sent,
      15,
      [{ ...escalated, data: { ...escalated.data, cause: 'NOT_RECEIVED', escalatedAt: day(15) } }],
    ],
    ['accepts what was not inspected', received, 7, [refundDue('NOT_INSPECTED', { dueAt: day(7) })]],
    ['replaces what was not inspected', ofExchange, 7, [replacementDue('NOT_INSPECTED', day(7))]],
    ['closes what was not disputed', refused, 7, [closed('NOT_DISPUTED', { closedAt: day(7) })]],
    ['refunds what was not replaced', replacing, 7, [refundDue('REPLACEMENT_OVERDUE', { dueAt: day(7) })]],
  ])('%s, and not before its time', (_, history, days, events) => {
    given(afterSales, history)
      .when(passDeadline(days - 0.001))
      .then([]);
    given(afterSales, history).when(passDeadline(days)).then(events);
  });

  it.each([disputed, refunding, failed, sending])('leaves to others what has no deadline', (...history) =>
    given(afterSales, history).when(passDeadline(300)).then([]),
  );
});

describe('a refund', () => {
  it('ends the request when it is done', () =>
    given(afterSales, refunding).when(outcome.refunded()).then([event.refunded]));

  it('that failed is left to staff, who retry it or close the request', () => {
    given(afterSales, refunding).when(outcome.refundFailed()).then([event.refundFailed]);
    given(afterSales, failed)
      .when(command.retryRefund)
      .then([refundDue('RETRIED', { attempt: 2 })], { again: wrongStatus('REFUNDING') });
    given(afterSales, failed)
      .when(command.close)
      .then([closed('BY_STAFF', { remark: 'Paid by hand.' })], { again: wrongStatus('CLOSED') });
  });

  it('of an earlier attempt changes nothing', () => {
    const retried = [...failed, refundDue('RETRIED', { attempt: 2 })];
    for (const late of [outcome.refunded(1), outcome.refundFailed(1)])
      given(afterSales, retried).when(late).then([]);
  });

  it.each([command.retryRefund, command.close, command.refundInstead, command.sendReplacement])(
    'needs a status that allows $type',
    (each: AfterSalesCommand) =>
      given(afterSales, [requested()]).when(each).thenRejected(wrongStatus('REQUESTED')),
  );
});

describe('a replacement', () => {
  it('leaves, and ends the request when its goods were taken from the stock', () => {
    given(afterSales, replacing)
      .when(command.sendReplacement)
      .then([event.replacementStarted], { again: wrongStatus('SENDING_REPLACEMENT') });
    given(afterSales, sending).when(outcome.replacementSent()).then([event.replacementSent]);
  });

  it('whose goods are lacking can be sent from another warehouse, or be refunded instead', () => {
    given(afterSales, sending).when(outcome.replacementFailed()).then([event.replacementFailed]);
    // The deadline stays, however late the attempt fails.
    given(afterSales, sending)
      .when({ ...outcome.replacementFailed(), at: day(6) })
      .then([{ ...event.replacementFailed, data: { ...event.replacementFailed.data, failedAt: day(6) } }]);
    const lacking = [...sending, event.replacementFailed];
    given(afterSales, lacking)
      .when(command.refundInstead)
      .then([refundDue('INSTEAD_OF_REPLACEMENT')], { again: wrongStatus('REFUNDING') });
    const second = { ...event.replacementStarted.data, attempt: 2 };
    given(afterSales, lacking)
      .when(command.sendReplacement)
      .then([{ ...event.replacementStarted, data: second }], { again: wrongStatus('SENDING_REPLACEMENT') });
    given(afterSales, [...lacking, { ...event.replacementStarted, data: second }])
      .when(outcome.replacementSent(1))
      .then([]);
  });

  it('is of the goods that were settled', () =>
    expect(replacing.at(-1)).toMatchObject({ data: { lines: goods } }));
});

it('rejects every command about a request that was never made', () => {
  for (const each of [...Object.values(command), inspect(1, 0, 0), passDeadline(1), outcome.refunded()])
    given(afterSales, []).when(each).thenRejected(notFound);
});

describe('the numbers of shops with three states of a service order', () => {
  it('are 0 while something is awaited, 1 after an agreement and 2 after a refusal', () => {
    const of = (number: number) =>
      Object.entries(serviceOrderNumbers)
        .filter(([, each]) => each === number)
        .map(([status]) => status);
    expect(of(0)).toEqual(['REQUESTED', 'AWAITING_PARCEL', 'IN_TRANSIT', 'RECEIVED', 'ESCALATED']);
    expect(of(2)).toEqual(['REFUSED', 'WITHDRAWN', 'CLOSED']);
    expect(of(1).filter((status) => !isOpenAfterSales(status as AfterSalesStatus))).toEqual([
      'REFUNDED',
      'REPLACED',
    ]);
  });

  const order = { hasLeft: true, isCompleted: false, isRefunded: false, isRefunding: false, requests: [] };

  it.each([
    [0, { hasLeft: false }],
    [1, {}],
    [2, { isCompleted: true }],
    [3, { isRefunded: true, requests: ['REFUNDED'] }],
    [4, { isCompleted: true, requests: ['REFUSED'] }],
    [4, { requests: ['REFUNDED', 'CLOSED', 'WITHDRAWN'] }],
    [-1, { isCompleted: true, requests: ['CLOSED', 'REQUESTED'] }],
    [-1, { requests: ['REFUNDING'] }],
    [-1, { isRefunding: true }],
    [2, { isCompleted: true, requests: ['REFUNDED'] }],
    [1, { requests: ['WITHDRAWN'] }],
  ] as const)('are for an order %s where %j', (number, change) =>
    expect(orderNumberIn({ ...order, ...change })).toBe(number),
  );
});
