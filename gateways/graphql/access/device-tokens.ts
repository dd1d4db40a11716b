import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { epochMsOf } from '../../../domain/kernel';
import type { Clock } from '../../../platform/clock';
import type { TokenSettings } from './tokens';

/** A device from which an account has logged in. `id`: the id of the session that was opened. */
export type Device = { readonly id: string; readonly email: string };

/**
 * Device tokens: JWTs (HS256) by which a device shows that it logged in with an e-mail address before. They grant nothing but an
 * allowance of attempts.
 */
export type DeviceTokens = {
  issue(device: Device): Promise<string>;
  /** @returns undefined for a token that we did not issue, or one older than a year. */
  read(token: string): Promise<Device | undefined>;
};

const LIFETIME_S = 365 * 24 * 3_600;
const LENGTH_MAX = 4_096;
const issuer = 'waybill';
/** Differs from that of access tokens, so that neither is accepted as the other. */
const audience = 'waybill-device';

const claimsSchema = z.object({ jti: z.string().max(100), email: z.string().max(254) });

export const createDeviceTokens = (
  { secrets }: Pick<TokenSettings, 'secrets'>,
  clock: Clock,
): DeviceTokens => {
  const keys = secrets.map((secret) => new TextEncoder().encode(secret));
  const signingKey = new TextEncoder().encode(secrets[0]);

  const readWith = async (token: string, key: Uint8Array): Promise<Device | undefined> => {
    const currentDate = new Date(clock.now());
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['HS256'],
        issuer,
        audience,
        currentDate,
      });
      const claims = claimsSchema.safeParse(payload).data;
      return claims && { id: claims.jti, email: claims.email };
    } catch {
      return undefined;
    }
  };

  return {
    issue: ({ id, email }) => {
      const issuedAt = Math.floor(epochMsOf(clock.now()) / 1_000);
      return new SignJWT({ email })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setJti(id)
        .setIssuer(issuer)
        .setAudience(audience)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + LIFETIME_S)
        .sign(signingKey);
    },
    read: async (token) => {
      if (token.length > LENGTH_MAX) return undefined;
      for (const key of keys) {
        const device = await readWith(token, key);
        if (device) return device;
      }
      return undefined;
    },
  };
};
