import { graphql, type ResultOf } from '../api';
import { useLanguage } from '../text';

/** The fields of the postal address of an order. */
export const shipToFields = graphql(`
  fragment ShipToFields on ShipTo @_unmask {
    recipient
    line1
    line2
    city
    region
    postalCode
    country
    telephone
  }
`);

export type Address = ResultOf<typeof shipToFields>;

/** Returns where an order goes, as the mutations take what their sender has seen. */
export const deliverySeen = ({
  destination: { x, y },
  shipTo,
}: {
  readonly destination: { readonly x: number; readonly y: number };
  readonly shipTo: Address | null;
}) => {
  if (shipTo === null) return { destination: { x, y }, address: null };
  const { recipient, line1, line2, city, region, postalCode, country, telephone } = shipTo;
  const address = { recipient, line1, line2, city, region, postalCode, country, telephone };
  return { destination: { x, y }, address };
};

/** Returns the lines of an address as they stand on a parcel. */
const linesOf = (of: Address, country: string | undefined): readonly string[] => {
  const town = [of.postalCode, of.city, of.region].filter(Boolean).join(' ');
  return [of.recipient, of.line1, of.line2, town, country, of.telephone].flatMap((line) => line || []);
};

/** A postal address, a line each. */
export function PostalAddress({ of }: { readonly of: Address }) {
  const country = new Intl.DisplayNames(useLanguage(), { type: 'region' }).of(of.country);
  return (
    <address>
      {linesOf(of, country).map((line) => (
        <span key={line}>
          {line}
          <br />
        </span>
      ))}
    </address>
  );
}
