import { Fault } from '../../platform/faults';
import type { Authorisations, PaymentProvider } from './provider';

/**
 * Returns what the provider can do with held money.
 *
 * @throws Fault if it cannot hold any: the payment was begun with another provider.
 */
export const authorisationsOf = ({ authorisations }: PaymentProvider): Authorisations => {
  if (authorisations === undefined)
    throw new Fault('PAYMENT_PROVIDER_UNAVAILABLE', 'The payment provider knows no authorised payments');
  return authorisations;
};
