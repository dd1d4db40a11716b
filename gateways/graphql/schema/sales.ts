import { parseInstant } from '../../../domain/kernel';
import type { CurrencyCode } from '../../../domain/money';
import { Fault } from '../../../platform/faults';
import { salesByDay, type SalesDay } from '../../../projections/sales-by-day';
import type { EdgeContext } from '../context';
import { connectionOf, connectionType, pageArguments, type PageArguments } from './relay';
import { combined } from './object-type';
import { allowed, type Concept } from './resolvers';
import { given } from './given';

type SalesArguments = PageArguments & { readonly from?: string | null; readonly to?: string | null };

const typeDefs = `
extend type Query {
  "The sales of each day, the earliest day first. A day without sales, payments, cancellations and refunds is left out. For staff and analysts."
  salesByDay(${pageArguments}
    "The first day, in UTC: \`2026-01-31\`."
    from: String
    "The last day, in UTC: \`2026-01-31\`."
    to: String
  ): SalesDayConnection
}

"The sales of one day, in UTC. An imported order counts for the day on which its list says that it was sold."
type SalesDay {
  "The day: \`2026-01-31\`."
  day: String!
  "The orders that were sold on the day, including those that were cancelled later."
  orders: SafeInt!
  "The pieces in those orders."
  units: SafeInt!
  "The orders that were cancelled on the day, also those that were sold earlier."
  cancelled: SafeInt!
  "The sums of money, one entry a currency."
  amounts: [SalesAmounts!]!
}

"The sums of one day in one currency."
type SalesAmounts {
  "The price of the orders that were sold on the day, including those that were cancelled later."
  total: Money!
  "The payments of the day."
  paid: Money!
  "The refunds that were requested on the day."
  refunded: Money!
  "Of all refunds, those that the payment provider refused on the day; no money was returned for them."
  refundsRefused: Money!
}
`;

/** @throws Fault `INPUT_INVALID` for a text that is no day. */
export const dayGiven = (name: 'from' | 'to', day: string | null | undefined): string | null => {
  if (day === null || day === undefined) return null;
  if (parseInstant(`${day}T00:00:00.000Z`) === undefined)
    throw new Fault('INPUT_INVALID', `${name}: give a day such as 2026-01-31`);
  return day;
};

type SalesAmounts = SalesDay['amounts'][number];

const money = (currency: CurrencyCode, amountMinor: number): object => ({ currency, amountMinor });

const queries: Concept = {
  typeDefs,
  readModels: { SalesDay: [salesByDay] },
  resolvers: {
    Query: {
      salesByDay: allowed(
        'report:read',
        ({ from, to, ...page }: SalesArguments, { services }: EdgeContext) => {
          const days = given({ from: dayGiven('from', from), to: dayGiven('to', to) });
          return connectionOf(services.readers.sales.list(days), page);
        },
      ),
    },
    SalesAmounts: {
      total: ({ currency, sold }: SalesAmounts) => money(currency, sold),
      paid: ({ currency, paid }: SalesAmounts) => money(currency, paid),
      refunded: ({ currency, refunded }: SalesAmounts) => money(currency, refunded),
      refundsRefused: ({ currency, refundsRefused }: SalesAmounts) => money(currency, refundsRefused),
    },
  },
};

export const sales: Concept = combined(queries, connectionType('SalesDay', 'days with sales'));
