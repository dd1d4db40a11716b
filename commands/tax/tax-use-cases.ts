import { z } from 'zod';
import { taxRates, taxRatesId, type TaxRatesCommand } from '../../domain/tax-rates';
import type { CommandContext } from '../../platform/execution';
import { ofKind } from '../use-case/fields';
import { countrySchema, instantSchema } from '../use-case/input';
import { nothing, outcomeOf } from '../use-case/outcome';
import { useCase, type UseCaseDeps } from '../use-case/use-case';

const rateOf = (description: string) =>
  ofKind('quantity', z.number()).describe(`${description}, in hundredths of a per cent: 1900 is 19 %.`);

const fromSchema = instantSchema
  .describe('The time from which it holds, now or later. Now where absent.')
  .exactOptional();

const execute = async (command: TaxRatesCommand, context: CommandContext, { aggregates }: UseCaseDeps) =>
  outcomeOf(await aggregates.of(taxRates).execute(taxRatesId, command, context), nothing);

export const taxUseCases = {
  setTaxRates: useCase({
    summary:
      'Sets the rates at which orders to a country are taxed, from now or a later time on. Orders that were placed keep their tax.',
    allow: 'tax:change',
    input: z.object({
      country: countrySchema,
      isIncluded: ofKind('flag', z.boolean()).describe(
        'Whether prices contain the tax. If not, it is added to them.',
      ),
      standard: rateOf('The rate of the standard category, and of the charge for the shipping'),
      reduced: rateOf(
        'The rate of the reduced category. Its goods have the standard rate where absent',
      ).exactOptional(),
      superReduced: rateOf(
        'The rate of the super-reduced category. Its goods have the standard rate where absent',
      ).exactOptional(),
      from: fromSchema,
    }),
    success: z.object({ country: countrySchema }),
    rejections: ['COUNTRY_UNKNOWN', 'TAX_RATE_OUT_OF_RANGE', 'TAX_RATES_IN_THE_PAST', 'TAX_RATES_FULL'],
    handle: async ({ country, isIncluded, from, ...rates }, context, deps) => {
      const at = deps.clock.now();
      const command = { type: 'SetTaxRates', country, isIncluded, rates, from: from ?? at, at } as const;
      const executed = await deps.aggregates.of(taxRates).execute(taxRatesId, command, context);
      return outcomeOf(executed, { country });
    },
  }),

  withdrawTaxRates: useCase({
    summary:
      'Ends the taxation of orders to a country, from now or a later time on. Rates that were to begin later never do. Nothing happens where there are none.',
    allow: 'tax:change',
    input: z.object({ country: countrySchema, from: fromSchema }),
    success: z.object({}),
    rejections: ['COUNTRY_UNKNOWN', 'TAX_RATES_IN_THE_PAST'],
    handle: async ({ country, from }, context, deps) => {
      const at = deps.clock.now();
      return execute({ type: 'WithdrawTaxRates', country, from: from ?? at, at }, context, deps);
    },
  }),
};
