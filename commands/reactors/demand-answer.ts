import { Fault } from '../../platform/faults';

/** @throws Fault if the provider gave no definite answer, so that the reaction is repeated. */
export const demandAnswer = ({ kind }: { readonly kind: string }): void => {
  if (kind === 'unknown')
    throw new Fault('PAYMENT_PROVIDER_UNAVAILABLE', 'The payment provider gives no definite answer');
};
