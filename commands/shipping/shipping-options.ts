import { isPlace, type Place, type ShippingMethodId } from '../../domain/kernel';
import { money, type Money } from '../../domain/money';
import { lineTotalOf, type OrderShipping } from '../../domain/order';
import {
  shippingChargeOf,
  shippingMethods,
  shippingMethodsId,
  type Consignment,
} from '../../domain/shipping-methods';
import { rejected, type Rejected } from '../use-case/outcome';
import type { UseCaseDeps } from '../use-case/use-case';

/** A method by which goods can be sent. `charge`: absent while it depends on a destination that is not given. */
export type ShippingOption = {
  readonly shippingMethodId: ShippingMethodId;
  readonly name: string;
  readonly charge?: Money | undefined;
};

/** A line of a cart. `weightGrams`: of one piece; absent where the product was never weighed. */
export type SentLine = {
  readonly quantity: number;
  readonly unitPrice: Money;
  readonly weightGrams?: number | undefined;
};

/**
 * Returns the lines as goods that are to be sent.
 *
 * @param lines - of one currency, at least one. @param discounts - what promotions take off each line, in minor units.
 */
export const consignmentOf = (lines: readonly SentLine[], discounts: readonly number[]): Consignment => {
  const currency = lines[0]?.unitPrice.currency;
  if (currency === undefined) throw new Error('Goods without a line have no price');
  const price = lines.reduce(
    (sum, line, index) => sum + lineTotalOf({ ...line, discount: money(discounts[index] ?? 0, currency) }),
    0,
  );
  const grams = lines.reduce((sum, { quantity, weightGrams = 0 }) => sum + quantity * weightGrams, 0);
  return { price: money(price, currency), grams };
};

/** Returns the methods that are offered in the currency of the goods, in the order in which they were. */
export const shippingOptionsOf = async (
  { aggregates }: Pick<UseCaseDeps, 'aggregates'>,
  goods: Consignment,
): Promise<readonly ShippingOption[]> => {
  const { methods } = await aggregates.of(shippingMethods).load(shippingMethodsId);
  return methods
    .filter(({ rates }) => rates.base.currency === goods.price.currency)
    .map(({ rates, ...method }) => ({ ...method, charge: shippingChargeOf(rates, goods) }));
};

export type ShippingRefusal = Rejected<
  'SHIPPING_METHOD_REQUIRED' | 'SHIPPING_METHOD_NOT_OFFERED' | 'PLACE_OUT_OF_RANGE'
>;

/**
 * Returns the shipping of an order by the chosen method; undefined where no method is offered in its currency and none was
 * chosen, so that the order is sent free of charge.
 */
export const shippingOf = async (
  deps: Pick<UseCaseDeps, 'aggregates'>,
  chosen: ShippingMethodId | undefined,
  goods: Consignment & { readonly destination: Place },
): Promise<{ readonly shipping: OrderShipping | undefined } | ShippingRefusal> => {
  const options = await shippingOptionsOf(deps, goods);
  if (chosen === undefined)
    return options.length === 0
      ? { shipping: undefined }
      : rejected({
          code: 'SHIPPING_METHOD_REQUIRED',
          shippingMethodIds: options.map((one) => one.shippingMethodId),
        });
  const { destination: place } = goods;
  // A charge by the distance needs a place that exists.
  if (!isPlace(place)) return rejected({ code: 'PLACE_OUT_OF_RANGE', place });
  const option = options.find(({ shippingMethodId }) => shippingMethodId === chosen);
  if (option?.charge === undefined)
    return rejected({ code: 'SHIPPING_METHOD_NOT_OFFERED', shippingMethodId: chosen });
  const { name, charge } = option;
  return { shipping: { shippingMethodId: chosen, name, charge } };
};
