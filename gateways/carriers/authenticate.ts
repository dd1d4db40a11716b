import type { CarrierDialect } from '../../domain/carrier-inbound';
import type { Instant } from '../../domain/kernel';
import { isWithin } from '../../platform/network-list';
import { verifyBody, verifyWebhook } from '../../platform/webhook-signing';
import type { CarrierConfig } from './settings';

/** Headers in Node's form: lower-case names. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * The result of authentication. `messageId`: the carrier's signed id. `untimed`: the signature is correct but covers
 * only the time in the body, so a stranger may repeat the message without end.
 */
export type Authenticated =
  | {
      readonly ok: true;
      readonly carrier: CarrierConfig;
      readonly messageId?: string | undefined;
      readonly untimed?: boolean | undefined;
    }
  | { readonly ok: false; readonly message: string };

/** A received message. `address`: its origin; undefined behind an unknown proxy. */
export type Received = {
  readonly headers: Headers;
  readonly body: Uint8Array;
  readonly address: string | undefined;
};

const one = (headers: Headers, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
};

const refused = (message: string): Authenticated => ({ ok: false, message });

const bySignedHeaders = (
  candidates: readonly CarrierConfig[],
  headers: Headers,
  body: Uint8Array,
  now: Instant,
): Authenticated => {
  let why = 'missing';
  for (const carrier of candidates) {
    const verified = verifyWebhook(headers, body, carrier.secrets, now);
    if (verified.ok) return { ok: true, carrier, messageId: verified.messageId };
    why = verified.why;
  }
  return refused(`The signature is ${why}`);
};

/** The header of the enveloped dialect's own signature, which covers only the body. */
const BODY_SIGNATURE = 'x-amazon-signature';

/**
 * Finds the sender of a message. A present signature must be correct, even if none is required.
 *
 * @param named - the carrier in the path, if any.
 */
export const authenticate = (
  carriers: readonly CarrierConfig[],
  { dialect, named }: { readonly dialect: CarrierDialect; readonly named: string | undefined },
  { headers, body, address }: Received,
  now: Instant,
): Authenticated => {
  const candidates = carriers.filter(
    (carrier) => carrier.dialect === dialect && (named === undefined || carrier.name === named),
  );
  if (candidates.length === 0)
    return refused('No carrier that may report here is configured: see WAYBILL_CARRIER and WAYBILL_CARRIERS');
  if (dialect === 'signed' || headers['webhook-signature'] !== undefined)
    return bySignedHeaders(candidates, headers, body, now);
  const signature = one(headers, BODY_SIGNATURE);
  if (dialect === 'enveloped' && signature !== undefined) {
    const signer = candidates.find(({ secrets }) => verifyBody(signature, body, secrets));
    return signer ? { ok: true, carrier: signer, untimed: true } : refused('The signature is forged');
  }
  const trusting = candidates.find(({ unsignedFrom }) => unsignedFrom.length > 0);
  if (trusting === undefined) return refused('A signature is needed, and there is none');
  // Browsers set these headers; a message that a web page sends is not a carrier's.
  if (headers['origin'] !== undefined || headers['sec-fetch-site'] !== undefined)
    return refused('A message from a web page needs a signature');
  return address !== undefined && isWithin(address, trusting.unsignedFrom)
    ? { ok: true, carrier: trusting }
    : refused('A message from this address needs a signature');
};
