import { z } from 'zod';
import { product } from '../../domain/product';
import { productId as productIdOf } from '../../platform/identity';
import { demandStaff } from '../authorization';
import { moneySchema, nameSchema, parse, textSchema } from '../input';
import type { Numbers } from '../numbering';
import { rejected, stepOf } from '../outcome';
import type { CommandContext, Outcome, SuccessOf } from '../port';
import type { UseCaseDeps, UseCaseOf } from '../use-case';
import { changeProductPrice } from './change-product-price';
import { describeProduct } from './describe-product';
import { registerProduct } from './register-product';

const schema = z.object({
  sku: textSchema(100),
  name: nameSchema.min(1).optional(),
  category: textSchema(100).min(1).optional(),
  price: moneySchema,
});

const CATEGORY = 'general';

/** Changes what the list says otherwise; what it does not tell, description and picture among it, stays. */
const revise = async (
  deps: UseCaseDeps,
  { sku, price, ...told }: z.infer<typeof schema>,
  context: CommandContext,
): Promise<Outcome<SuccessOf<'importProduct'>>> => {
  const productId = productIdOf(sku);
  const priced = await changeProductPrice(deps)({ productId, price }, stepOf(context, 'price'));
  if (priced.kind !== 'accepted') return priced;
  const known = await deps.aggregates.load(product, productId);
  if (known.status === 'NONE') return rejected({ code: 'PRODUCT_NOT_FOUND', productId });
  const { name = known.name, category = known.category } = told;
  const { description, imageUrl } = known;
  const words = { name, category, description, ...(imageUrl === undefined ? {} : { imageUrl }) };
  const described = await describeProduct(deps)({ productId, ...words }, stepOf(context, 'description'));
  if (described.kind !== 'accepted') return described;
  const position = described.position ?? priced.position;
  return position === undefined
    ? { kind: 'accepted', value: { productId, change: 'unchanged' } }
    : { kind: 'accepted', value: { productId, change: 'changed' }, position };
};

/**
 * Brings the catalogue up to what a list says of a product: registers it, or changes its price, name and category. What is so
 * already makes no event, so a list may be imported under new command ids as often as one likes.
 */
export const importProduct =
  (deps: UseCaseDeps & { readonly numbers: Numbers }): UseCaseOf<'importProduct'> =>
  async (input, context) => {
    const listed = parse(schema, input);
    demandStaff(context);
    const { sku, name = sku, category = CATEGORY, price } = listed;
    const facts = { sku, name, category, price, description: '' };
    const registered = await registerProduct(deps)(facts, context);
    if (registered.kind === 'accepted')
      return { ...registered, value: { ...registered.value, change: 'new' } };
    return registered.kind === 'rejected' && registered.rejection.code === 'PRODUCT_ALREADY_REGISTERED'
      ? revise(deps, listed, context)
      : registered;
  };
