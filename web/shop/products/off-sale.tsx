import { graphql, readFragment, type FragmentOf } from '../../api';
import { useProductWords } from '../../text/product';

export const offSale = graphql(`
  fragment OffSale on Product {
    offSaleBecause
  }
`);

/** The reason why a product is not sold now; nothing where it is sold. */
export function OffSale({ of }: { readonly of: FragmentOf<typeof offSale> }) {
  const words = useProductWords();
  const { offSaleBecause } = readFragment(offSale, of);
  if (offSaleBecause === null) return null;
  return offSaleBecause === 'SELLER_DISABLED' ? words.sellerDisabled : words.discontinued;
}
