import { createAggregates } from '../../platform/execution';
import type { Aggregates } from '../../platform/execution';
import { createPasswords } from '../../commands/account';
import { inProcessCommands } from '../../commands/in-process';
import { createNumbers, type Numbers } from '../../commands/numbering';
import {
  createSettlePayment,
  createSettleRefund,
  type SettlePayment,
  type SettleRefund,
} from '../../commands/payment';
import type { CommandClient } from '../../commands/port';
import { createUseCases } from '../../commands/use-cases';
import type { Millis } from '../../domain/kernel';
import { testPaymentProvider } from '../../gateways/payments';
import type { Config } from '../../platform/config';
import type { Engines, Surroundings } from './engines';

/** The deciding half of the platform: aggregates, use cases and the payment provider. */
export type CommandSide = {
  readonly aggregates: Aggregates;
  readonly numbers: Numbers;
  readonly commands: CommandClient;
  readonly settlePayment: SettlePayment;
  readonly settleRefund: SettleRefund;
};

export const composeCommandSide = (
  config: Pick<Config, 'paymentWindowSeconds' | 'eventStorePort'>,
  { store, embeddedStore }: Pick<Engines, 'store' | 'embeddedStore'>,
  surroundings: Surroundings,
): CommandSide => {
  const { clock, random } = surroundings;
  // Over that port others append as they like.
  const soleWriter = embeddedStore !== undefined && config.eventStorePort === undefined;
  const aggregates = createAggregates({ store, soleWriter, ...surroundings });
  const numbers = createNumbers({ aggregates, clock, random });
  const provider = testPaymentProvider();
  const payment = { ...surroundings, aggregates, provider };
  const settlePayment = createSettlePayment(payment);
  const settleRefund = createSettleRefund(payment);
  const useCases = createUseCases({
    ...surroundings,
    aggregates,
    numbers,
    provider,
    settlePayment,
    passwords: createPasswords(random),
    payWithin: (config.paymentWindowSeconds * 1_000) as Millis,
  });
  return {
    aggregates,
    numbers,
    commands: inProcessCommands(useCases, { clock }),
    settlePayment,
    settleRefund,
  };
};
