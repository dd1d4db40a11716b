import { errors, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import {
  realms,
  roles,
  epochMsOf,
  instantOf,
  type AccountId,
  type Instant,
  type Millis,
  type Realm,
} from '../../../domain/kernel';
import { permissionsOfAll } from '../../../commands/use-case/permissions';
import type { Clock } from '../../../platform/clock';
import { guest, type SignedIn, type Viewer } from './caller';

export type TokenSettings = {
  /** Each at least 32 characters. The first signs; the others still open what they signed, for rotation. */
  readonly secrets: readonly [string, ...string[]];
  /** Default 15 minutes. */
  readonly lifetimeMs?: Millis;
  /** The realm of tokens that name none, also of those that were issued before there were realms. Default: all realms. */
  readonly realmOfOthers?: Realm | undefined;
};

export type AccessToken = { readonly accessToken: string; readonly expiresAt: Instant };

/** Issues and reads access tokens: short-lived JWTs (HS256) that identify an account without a look-up. */
export type Tokens = {
  issue(account: Pick<SignedIn, 'id' | 'email' | 'name' | 'roles' | 'realm'>): Promise<AccessToken>;
  /** Never throws: an invalid token makes a guest, with the reason. Synchronous for a token that was read before. */
  read(token: string): Viewer | Promise<Viewer>;
};

const LIFETIME_MS = 15 * 60 * 1_000;
const TOKENS_KEPT_BYTES_MAX = 8 * 1024 * 1024;
/** The memory of a cached token beside its text. */
const BYTES_PER_TOKEN = 256;
const TOKEN_LENGTH_MAX = 4_096;
const issuer = 'waybill';

const claimsSchema = z.object({
  sub: z.guid(),
  email: z.string(),
  name: z.string(),
  roles: z.array(z.enum(roles)),
  realm: z.enum(realms).optional(),
  exp: z.int(),
});

const invalid: Viewer = { kind: 'guest', because: 'invalid' };
const expired: Viewer = { kind: 'guest', because: 'expired' };

const bearerOf = (claims: unknown, realmOfOthers: Realm | undefined): Viewer => {
  const parsed = claimsSchema.safeParse(claims);
  if (!parsed.success) return invalid;
  const { sub, exp, realm = realmOfOthers, ...who } = parsed.data;
  const permissions = permissionsOfAll(who.roles, [], realm);
  return { kind: 'account', id: sub as AccountId, ...who, realm, permissions, untilMs: exp * 1_000 };
};

export const createTokens = ({ secrets, lifetimeMs, realmOfOthers }: TokenSettings, clock: Clock): Tokens => {
  const keys = secrets.map((secret) => new TextEncoder().encode(secret));
  const signingKey = new TextEncoder().encode(secrets[0]);
  // Checking a signature costs more than answering a small query; a token that was valid stays valid until it expires.
  const known = new LRUCache<string, SignedIn>({
    maxSize: TOKENS_KEPT_BYTES_MAX,
    sizeCalculation: (_viewer, token) => BYTES_PER_TOKEN + 2 * token.length,
  });

  const verify = async (token: string, key: Uint8Array): Promise<Viewer> => {
    const currentDate = new Date(clock.now());
    try {
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['HS256'],
        issuer,
        audience: issuer,
        currentDate,
      });
      return bearerOf(payload, realmOfOthers);
    } catch (error) {
      return error instanceof errors.JWTExpired ? expired : invalid;
    }
  };

  const verifyWithAny = async (token: string): Promise<Viewer> => {
    for (const key of keys) {
      const viewer = await verify(token, key);
      if (viewer !== invalid) return viewer;
    }
    return invalid;
  };

  const readNew = async (token: string): Promise<Viewer> => {
    const viewer = await verifyWithAny(token);
    if (viewer.kind === 'account') known.set(token, viewer);
    return viewer;
  };

  return {
    issue: async ({ id, email, name, roles: granted, realm }) => {
      const issuedAt = Math.floor(epochMsOf(clock.now()) / 1_000);
      const expiresAt = issuedAt + Math.floor((lifetimeMs ?? LIFETIME_MS) / 1_000);
      const accessToken = await new SignJWT({ email, name, roles: [...granted], realm })
        .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
        .setSubject(id)
        .setIssuer(issuer)
        .setAudience(issuer)
        .setIssuedAt(issuedAt)
        .setExpirationTime(expiresAt)
        .sign(signingKey);
      return { accessToken, expiresAt: instantOf(expiresAt * 1_000) };
    },
    read: (token) => {
      if (token.length > TOKEN_LENGTH_MAX) return invalid;
      const seen = known.get(token);
      if (!seen) return readNew(token);
      return seen.untilMs > epochMsOf(clock.now()) ? seen : expired;
    },
  };
};

const BEARER = /^Bearer +(\S+)$/i;

/** @param authorization - `Bearer <access token>`. Clients without a token leave it out, or leave it blank. */
export const viewerOf = (authorization: unknown, tokens: Tokens): Viewer | Promise<Viewer> => {
  if (authorization === undefined || authorization === null) return guest;
  if (typeof authorization !== 'string') return invalid;
  if (authorization.trim() === '') return guest;
  const token = BEARER.exec(authorization)?.[1];
  return token === undefined ? invalid : tokens.read(token);
};
