import { useState } from 'react';
import { graphql, useShown, type ResultOf } from '../../api';
import { useOrderWords } from '../../text/orders';
import { Select } from '../../ui/form';
import { taxFields, type OrderTax } from '../../ui/order-tax';
import type { DeliveryWish } from './delivery-choice';

const shippingQuery = graphql(
  `
    query CheckoutShipping(
      $destination: PlaceInput
      $addressId: ID
      $address: PostalAddressInput
      $shippingMethodId: ID
    ) {
      cart {
        offer(
          destination: $destination
          addressId: $addressId
          address: $address
          shippingMethodId: $shippingMethodId
        ) {
          destination {
            x
            y
          }
          shippingOptions {
            shippingMethodId
            name
            charge {
              formatted
            }
          }
          shipping {
            formatted
          }
          tax {
            ...TaxFields
          }
          total {
            amountMinor
            currency
            formatted
          }
        }
      }
    }
  `,
  [taxFields],
);

type Offer = NonNullable<NonNullable<ResultOf<typeof shippingQuery>['cart']>['offer']>;

/** The shipping of the order that is being placed. */
export type ChosenShipping = {
  readonly options: Offer['shippingOptions'];
  /** The chosen method; undefined where there is nothing to choose. */
  readonly methodId: string | undefined;
  readonly choose: (methodId: string) => void;
  /** The charge of the chosen method, and the total with it; null while they are unknown. */
  readonly charge: Offer['shipping'];
  readonly total: Offer['total'];
  /** The tax of the order; undefined while it is unknown. */
  readonly tax: OrderTax | null | undefined;
  /** The place where the order would go; null while it is unknown. */
  readonly destination: Offer['destination'];
  readonly reload: () => void;
};

/** Holds the method that a customer chooses: the first one, until another is chosen. */
export const useShipping = (wish: DeliveryWish): ChosenShipping => {
  const [methodId, choose] = useState<string>();
  const shown = useShown(shippingQuery, { ...wish, shippingMethodId: methodId ?? null });
  const offer = shown.data?.cart?.offer ?? undefined;
  const options = offer?.shippingOptions ?? [];
  // Also where the chosen method is not offered any more.
  const [first] = options;
  if (first && options.every(({ shippingMethodId }) => shippingMethodId !== methodId))
    choose(first.shippingMethodId);
  return {
    options,
    methodId: first && methodId,
    choose,
    charge: offer?.shipping ?? null,
    total: offer?.total ?? null,
    tax: offer?.tax,
    destination: offer?.destination ?? null,
    reload: shown.reload,
  };
};

/** The choice of the shipping method, with what it costs; nothing where the shop offers none. */
export function ShippingChoice({
  of: { options, methodId, choose, charge },
}: {
  readonly of: ChosenShipping;
}) {
  const { checkout } = useOrderWords();
  if (options.length === 0) return null;
  return (
    <>
      <Select
        name="shippingMethodId"
        label={checkout.shipping}
        value={methodId}
        onChange={choose}
        options={options.map(
          ({ shippingMethodId, name, charge: cost }) =>
            [shippingMethodId, `${name}: ${cost?.formatted ?? checkout.chargeByPlace}`] as const,
        )}
      />
      {charge && (
        <p role="status">
          {checkout.shipping}: {charge.formatted}
        </p>
      )}
    </>
  );
}
