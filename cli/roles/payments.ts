import { join } from 'node:path';
import type { PaymentProvider } from '../../commands/payment';
import {
  addToStatement,
  paymentReconciliation,
  shopDaysIn,
  statementFiles,
  testPaymentProvider,
  type ReconcilePayments,
} from '../../gateways/payments';
import type { Config } from '../../platform/config';
import type { ReadModels } from '../../platform/read-models';
import type { Runtime } from '../runtime';

type PaymentConfig = Pick<Config, 'dataDir' | 'timeZone' | 'paymentStatements'>;

const directoryOf = ({ dataDir, paymentStatements }: PaymentConfig): string =>
  paymentStatements ?? join(dataDir, 'payment-statements');

/** The provider that takes payments. A statement that cannot be written stops no payment: the reconciliation shows it. */
export const paymentProvider = (config: PaymentConfig, { clock, logger }: Runtime): PaymentProvider => {
  const { dayOf } = shopDaysIn(config.timeZone);
  return testPaymentProvider(async (movement) => {
    const at = clock.now();
    await addToStatement(directoryOf(config), dayOf(at), { ...movement, at }).catch((error: unknown) => {
      logger.warn({ error, movement }, 'The test provider cannot write its statement');
    });
  });
};

/** The bounds of a comparison that a person waits for. */
const WHILE_WAITING = { movementsMax: 20_000, differencesMax: 200 };

/** The comparison of the provider's statements with the books that the read models have. */
export const reconciliation = (
  config: PaymentConfig,
  readModels: ReadModels,
  { clock }: Pick<Runtime, 'clock'>,
  bounds = WHILE_WAITING,
): ReconcilePayments => {
  const days = shopDaysIn(config.timeZone);
  const statements = statementFiles(directoryOf(config));
  return paymentReconciliation({ readModels, statements, days, clock }, bounds);
};

/** Returns the day before today in the shop's time zone. */
export const yesterday = ({ timeZone }: PaymentConfig, { clock }: Pick<Runtime, 'clock'>): string => {
  const { dayOf, dayBefore } = shopDaysIn(timeZone);
  return dayBefore(dayOf(clock.now()));
};
