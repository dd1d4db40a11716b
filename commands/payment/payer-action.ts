import type { PayerAction } from '../../domain/payment';

const LENGTH_MAX = 4_096;

/** Tests whether a browser may be sent there: an address of the web, or a path of the shop. */
const isWebAddress = (url: string): boolean =>
  URL.canParse(url) ? /^https?:$/.test(new URL(url).protocol) : /^\/(?![/\\])/.test(url);

/**
 * Returns the step of a payer as the provider gave it.
 *
 * @throws Error if a browser must not be sent there, or if it is too long: the adapter is wrong.
 */
export const demandSafeAction = (action: PayerAction): PayerAction => {
  const text = action.kind === 'REDIRECT' ? action.url : action.payload;
  if (text.length > LENGTH_MAX)
    throw new Error(`The step of the payer is longer than ${LENGTH_MAX} characters`);
  if (action.kind === 'REDIRECT' && !isWebAddress(action.url))
    throw new Error('The payer would be sent to something that is no address of the web');
  return action;
};
