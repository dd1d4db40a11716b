import type { AfterSalesEvent } from '../domain/after-sales';
import {
  afterSalesId as id,
  at,
  closed,
  day,
  event,
  inspected,
  of,
  refundDue,
  replacementDue,
  requested,
  worth,
} from '../tests/support/domain/after-sales';
import { erased } from '../tests/support/domain/erased';
import { erasedText, type PictureId } from '../domain/kernel';
import { itProjects, projected } from '../tests/support/projections/it-projects';
import { afterSalesRequests, type AfterSalesDocument } from './after-sales';

const facts: readonly AfterSalesEvent[] = [requested()];
const shown = projected(afterSalesRequests, facts).get(id)!;

const entry = (fact: AfterSalesEvent, summary: string, when = at) => ({ at: when, type: fact.type, summary });

/** A row of an event after the request, with its change and the words of the timeline. */
const row = (
  on: AfterSalesEvent,
  change: Partial<AfterSalesDocument>,
  summary: string,
  before: AfterSalesDocument = shown,
) => {
  const step = change.status === undefined ? {} : { dueAt: null, statusSince: at };
  const after = { ...before, ...step, ...change, timeline: [...before.timeline, entry(on, summary)] };
  return { on, because: summary, touches: [{ id, before, after }] };
};

const photoFacts = { thumbnailId: 't', width: 8, height: 6 };
const photo = { id: 'p' as PictureId, ...photoFacts };
const [line] = shown.lines;
const parcel = { carrier: 'Post', trackingNumber: 'RT-1' };
const replacement = { carrier: 'Post', trackingNumber: 'RE-1' };
const sent = { ...shown, replacement };

itProjects(afterSalesRequests, [
  {
    on: requested(),
    because: 'waits for a decision',
    touches: [
      {
        id,
        after: {
          id,
          ...{ orderId: requested().data.orderId, orderNumber: 1001, number: 1 },
          ...{
            customerId: requested().data.customerId,
            sellerId: requested().data.sellerId!,
            kind: 'RETURN',
          },
          ...{ status: 'REQUESTED', statusSince: at, dueAt: day(2) },
          lines: [{ ...requested().data.lines[0]!, restocked: 0, writtenOff: 0, refused: 0 }],
          description: 'All three are cracked.',
          evidence: ['https://pictures.example/crack.jpg'],
          photos: [],
          ...{ disputeText: null, remark: null, returnTo: null, parcel: null, warehouseId: null },
          ...{ replacement: null, worth, refunded: null, failure: null },
          ...{ requestedAt: at, sentAt: null, receivedAt: null, closedAt: null },
          timeline: [entry(requested(), 'The customer made the request.')],
        },
      },
    ],
  },
  {
    on: event.withdrawn,
    because: 'is of a request that is not there',
    touches: [{ id }],
  },
  row(event.withdrawn, { status: 'WITHDRAWN', closedAt: at }, 'The customer withdrew the request.'),
  row(
    event.approved,
    { status: 'AWAITING_PARCEL', dueAt: day(7), remark: 'Sorry.', returnTo: 'Dock 4' },
    'Staff approved the request. “Sorry.”',
  ),
  row(
    {
      ...event.approvedAtOnce,
      data: { ...event.approvedAtOnce.data, by: 'CLOCK', returnTo: undefined, remark: '' },
    },
    { remark: '' },
    'The clock approved the request.',
  ),
  row(event.refused, { status: 'REFUSED', dueAt: day(7), remark: 'No.' }, 'Staff refused the request. “No.”'),
  row(
    event.disputed,
    { status: 'ESCALATED', disputeText: 'They were cracked.' },
    'The customer disputed the refusal; staff decide.',
  ),
  row(
    {
      type: 'AfterSalesEscalated',
      data: { ...event.disputed.data, cause: 'UNDECIDED', description: undefined },
    },
    { status: 'ESCALATED' },
    'The request was not decided in time; staff decide.',
  ),
  row(event.disputeDecided, { remark: 'Granted.' }, 'Staff decided in favour of the customer. “Granted.”'),
  row(
    { ...event.disputeDecided, data: { ...event.disputeDecided.data, sendBy: day(7), returnTo: 'Dock 4' } },
    { status: 'AWAITING_PARCEL', dueAt: day(7), remark: 'Granted.', returnTo: 'Dock 4' },
    'Staff decided in favour of the customer. “Granted.”',
  ),
  row(
    event.parcelSent,
    { status: 'IN_TRANSIT', dueAt: day(15), sentAt: at, parcel },
    'The customer sent the goods with Post.',
  ),
  row(
    event.parcelReceived,
    { status: 'RECEIVED', dueAt: day(7), receivedAt: at, warehouseId: event.parcelReceived.data.warehouseId },
    'A parcel arrived at warehouse 7.',
  ),
  row(
    inspected(1, 1, 1),
    { lines: [{ ...line!, restocked: 1, writtenOff: 1, refused: 1 }], remark: 'As counted.' },
    'The parcel was inspected. “As counted.”',
  ),
  {
    on: erased('ann', `after_sales-${id}`, 'order-1'),
    because: 'loses the words of the person',
    touches: [
      {
        id,
        before: { ...shown, photos: [photo], disputeText: 'Look again.' },
        after: { ...shown, description: erasedText, evidence: [], disputeText: erasedText },
      },
    ],
  },
  {
    on: requested('RETURN', { photos: [{ pictureId: photo.id, ...photoFacts }] }),
    because: 'has photos',
    touches: [
      {
        id,
        after: {
          ...shown,
          photos: [photo],
          timeline: [entry(requested(), 'The customer made the request.')],
        },
      },
    ],
  },
  {
    on: {
      type: 'AfterSalesPhotosRemoved',
      data: { ...of, removedPhotos: [photo.id], removedAt: day(1) },
    },
    because: 'loses the photos of the person, which is no step',
    touches: [{ id, before: { ...shown, photos: [photo] }, after: shown }],
  },
  row(refundDue('INSPECTED'), { status: 'REFUNDING', failure: null }, 'The refund was requested.'),
  row(event.refunded, { status: 'REFUNDED', closedAt: at, refunded: worth }, '£26.70 was refunded.'),
  row(event.refundFailed, { status: 'REFUND_FAILED', failure: 'no' }, 'The refund failed: no.'),
  row(replacementDue('INSPECTED'), { status: 'REPLACING', dueAt: day(7) }, 'The goods are to be sent again.'),
  row(
    event.replacementStarted,
    { status: 'SENDING_REPLACEMENT', failure: null, replacement },
    'The goods leave warehouse 7 with Post.',
  ),
  row(event.replacementSent, { status: 'REPLACED', closedAt: at }, 'The new goods were sent.', sent),
  row(
    event.replacementFailed,
    {
      ...{ status: 'REPLACING', dueAt: day(7), replacement: null },
      failure: 'The warehouse lacks Dockside mug.',
    },
    'The warehouse does not have the goods.',
    sent,
  ),
  row(
    closed('BY_STAFF', { remark: 'Paid by hand.' }),
    { status: 'CLOSED', closedAt: at, remark: 'Paid by hand.' },
    'Closed by staff. “Paid by hand.”',
  ),
  row(
    closed('NOT_SENT'),
    { status: 'CLOSED', closedAt: at },
    'Closed, because the goods were not sent in time.',
  ),
]);
