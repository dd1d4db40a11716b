import type { AccountId, Millis } from '../domain/kernel';
import type { Clock, Random } from '../platform/clock';
import type { Aggregates, CommandContext } from '../platform/execution';
import type { Logger } from '../platform/telemetry';
import { createAccountIds, type AccountDeps, type ErasureDeps, type Passwords } from './account';
import { demandAllowed, type AllowedContext } from './use-case/authorization';
import { fieldsOf } from './use-case/fields';
import type { Geocoder } from './delivery/geocoder';
import { keyRejection } from './use-case/idempotency-keys';
import { parse } from './use-case/input';
import type { Numbers } from './numbering';
import type { PlaceOrderDeps } from './order';
import type { Outcome } from './use-case/outcome';
import type { PaymentProvider, Payments } from './payment';
import { useCases, type InputOf, type SuccessOf, type UseCaseName } from './registry';
import { taxTable, type TaxDeps, type TaxSource } from './tax';
import type { WebhookDeps } from './webhook';
import type { AnyUseCase } from './use-case/use-case';

/** The payments are those of the process, shared with the reactors, so that both never ask the provider at once. */
export type UseCasesDeps = Payments & {
  readonly aggregates: Aggregates;
  readonly numbers: Numbers;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly passwords: Passwords;
  /** The check of URLs of webhook endpoints. */
  readonly webhookUrls: WebhookDeps['webhookUrls'];
  readonly people: ErasureDeps['people'];
  readonly personKeys: ErasureDeps['personKeys'];
  readonly geocoder: Geocoder;
  readonly provider: PaymentProvider;
  /** The time after which an unpaid order expires. Default one day, like the setting. */
  readonly payWithin?: Millis;
  /** Default: the table that staff maintain. */
  readonly taxSource?: TaxSource;
  readonly taxCountry?: TaxDeps['taxCountry'];
  /** The duration of a session. Default 30 days. */
  readonly sessionFor?: Millis;
};

type Run<Name extends UseCaseName> = (
  input: InputOf<Name>,
  context: CommandContext,
) => Promise<Outcome<SuccessOf<Name>>>;

/** Every use case, callable with untrusted input. */
export type UseCaseRegistry = { readonly [Name in UseCaseName]: Run<Name> };

const DAY_MS = 24 * 60 * 60_000;
const PAY_WITHIN = DAY_MS as Millis;
const SESSION_FOR = (30 * DAY_MS) as Millis;

/** The dependencies of all handlers together. */
type Deps = AccountDeps & ErasureDeps & PlaceOrderDeps & WebhookDeps;

/** The declarations, each of which the compiler has checked to need no more than `Deps`. */
const declarations: Readonly<
  Record<
    UseCaseName,
    Omit<AnyUseCase, 'handle'> & {
      readonly handle: (input: never, context: AllowedContext, deps: Deps) => Promise<Outcome<object>>;
    }
  >
> = useCases;

/** Returns the use case with the checks that come before its handler, and the check of its rejections after it. */
const run = (name: UseCaseName, deps: Deps) => {
  const { allow, input: schema, rejections, handle } = declarations[name];
  const owner = fieldsOf(schema).find(({ type }) => 'kind' in type && type.kind === 'callerId')?.name;
  const declared: ReadonlySet<string> = new Set(rejections);
  return async (given: object, context: CommandContext): Promise<Outcome<object>> => {
    const refused = context.keyed
      ? await keyRejection(deps, { name, input: given, allow }, context)
      : undefined;
    if (refused) return refused;
    const input = parse<Record<string, unknown>>(schema, given);
    const ownerId = owner === undefined ? undefined : (input[owner] as AccountId);
    const outcome = await handle(input as never, demandAllowed(allow, context, ownerId), deps);
    if (outcome.kind === 'rejected' && !declared.has(outcome.rejection.code))
      throw new Error(`${name} rejects with ${outcome.rejection.code}, which it does not declare`);
    return outcome;
  };
};

export const createUseCases = (given: UseCasesDeps): UseCaseRegistry => {
  const deps: Deps = {
    ...given,
    accountIds: createAccountIds(given, given.random),
    payWithin: given.payWithin ?? PAY_WITHIN,
    taxSource: given.taxSource ?? taxTable(given),
    sessionFor: given.sessionFor ?? SESSION_FOR,
  };
  const names = Object.keys(useCases) as UseCaseName[];
  // Each name has the use case of that name. The compiler cannot follow the pairing here.
  return Object.fromEntries(names.map((name) => [name, run(name, deps)])) as unknown as UseCaseRegistry;
};
