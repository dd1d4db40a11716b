import { join } from 'node:path';
import type { FastifyPluginAsync } from 'fastify';
import type { CommandClient } from '../../commands';
import type { PaymentProvider } from '../../commands/payment';
import {
  addToStatement,
  NOTICES_PATH,
  payerPage,
  paymentNotices,
  paymentReconciliation,
  sharedLedger,
  shopDaysIn,
  statementFiles,
  testPaymentProvider,
  type ReconcilePayments,
  type TestNotice,
} from '../../gateways/payments';
import type { Config } from '../../platform/config';
import { createHttpPost } from '../../platform/http-client';
import { uuidV7 } from '../../platform/ids';
import type { ReadModels } from '../../platform/read-models';
import { signWebhook } from '../../platform/webhook-signing';
import type { Runtime } from '../program/runtime';

type PaymentConfig = Pick<Config, 'dataDir' | 'timeZone' | 'paymentStatements'>;

const directoryOf = ({ dataDir, paymentStatements }: PaymentConfig): string =>
  paymentStatements ?? join(dataDir, 'payment-statements');

/** The way of the test provider's notices to the shop. `url`: the address of the shop; undefined where it is served elsewhere. */
export type NoticeTarget = { readonly secret: string; readonly url: () => string | undefined };

const NOTICE_WITHIN_MS = 5_000;

/** Sends the notices of the test provider. One that is lost is not sent again: the platform asks by itself. */
const noticesTo = (
  { secret, url }: NoticeTarget,
  { clock, random, logger }: Runtime,
): ((notice: TestNotice) => Promise<void>) => {
  const post = createHttpPost(clock);
  return async (notice) => {
    const shop = url();
    if (shop === undefined) return;
    const body = Buffer.from(JSON.stringify(notice));
    const signed = signWebhook(uuidV7(clock, random), body, [secret], clock.now());
    const headers = { ...signed, 'content-type': 'application/json' };
    await post({ url: `${shop}${NOTICES_PATH}`, headers, body, timeoutMs: NOTICE_WITHIN_MS }).catch(
      (error: unknown) => logger.warn({ error, notice }, 'A notice of the test provider is lost'),
    );
  };
};

/** The provider that takes payments. A statement that cannot be written stops no payment: the reconciliation shows it. */
export const paymentProvider = (
  config: PaymentConfig,
  readModels: ReadModels,
  runtime: Runtime,
  notices?: NoticeTarget,
): PaymentProvider => {
  const { clock, logger } = runtime;
  const { dayOf } = shopDaysIn(config.timeZone);
  return testPaymentProvider({
    clock,
    ledger: sharedLedger(readModels),
    enter: async (movement) => {
      const at = clock.now();
      await addToStatement(directoryOf(config), dayOf(at), { ...movement, at }).catch((error: unknown) => {
        logger.warn({ error, movement }, 'The test provider cannot write its statement');
      });
    },
    notify: notices && noticesTo(notices, runtime),
  });
};

/** The routes of payments: the notices of the provider, and the page on which a payer decides at the test provider. */
export const paymentRoutes = (
  {
    commands,
    readModels,
    notices,
  }: {
    readonly commands: CommandClient;
    readonly readModels: ReadModels;
    readonly notices: NoticeTarget;
  },
  runtime: Runtime,
): readonly FastifyPluginAsync[] => [
  paymentNotices({ ...runtime, commands, secrets: [notices.secret] }),
  payerPage({ ...runtime, ledger: sharedLedger(readModels), notify: noticesTo(notices, runtime) }),
];

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
