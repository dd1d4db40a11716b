import { z } from 'zod';
import { account } from '../domain/account';
import { addressBook } from '../domain/address-book';
import { afterSales } from '../domain/after-sales';
import { carrierMessage } from '../domain/carrier-message';
import { invoice } from '../domain/invoice';
import type { AccountId } from '../domain/kernel';
import { merchant } from '../domain/merchant';
import { notification } from '../domain/notification';
import { order } from '../domain/order';
import { post } from '../domain/post';
import { review } from '../domain/review';
import { shipment } from '../domain/shipment';
import { personOf, type PersonalRule, type PersonalRules } from '../platform/personal-data';
import { readModel, type DocumentOf, type Fold } from '../platform/projections';
import { uuid } from './fields';

export const PersonalStream = z
  .strictObject({
    id: z.string().meta({ kind: 'id' }).describe('The stream and the person: `<stream>/<account>`.'),
    personId: uuid<AccountId>().describe('The account of the person.'),
    stream: z.string().describe('The stream: `<category>-<id>`.'),
  })
  .describe('A stream of events with personal data of a person, or with e-mails to the person.');
export type PersonalStream = DocumentOf<typeof PersonalStream>;

type AnyFact = { readonly type: string; readonly data: object };

/** The e-mails of a notification may be files, which an erasure removes. */
const notified = { NotificationQueued: { person: 'accountId', erased: {} } } satisfies PersonalRules;

const aggregates = [
  ...[account, addressBook, afterSales, carrierMessage, invoice, merchant, order, post, review, shipment],
  { ...notification, personalData: { ...notification.personalData, ...notified } },
];

/** The kinds of streams with personal data. */
export const personalCategories: readonly string[] = aggregates.map(({ category }) => category);

const rules = Object.assign({}, ...aggregates.map(({ personalData }) => personalData)) as Readonly<
  Record<string, PersonalRule>
>;

const found: Fold<PersonalStream, AnyFact> = (known, { stream }, id) =>
  known ?? { id, personId: id.slice(stream.length + 1) as AccountId, stream };

/** An erasure records these streams, so that each read model finds its documents. */
export const personalStreams = readModel<PersonalStream, AnyFact>('personal_streams', {
  question: 'Which streams have personal data of which person?',
  version: 1,
  document: PersonalStream,
  indexes: { by_person: ['personId', 'stream'] },
  key: (event) => {
    const rule = rules[event.type];
    const person = rule && personOf(rule, event);
    return person === undefined ? undefined : `${event.stream}/${person}`;
  },
  on: Object.fromEntries(Object.keys(rules).map((type) => [type, found])),
});
