import { Link, useParams } from '@tanstack/react-router';
import { ProductToChange } from '../../seller/product';
import { useFamilyWords } from '../../families/words';
import { ForAccount } from '../../ui/page';

/** A product of any seller. */
export function ProductOfAnyPage() {
  const { id } = useParams({ from: '/admin/products/$id' });
  const words = useFamilyWords();
  return (
    <ForAccount permission="product:change">
      <ProductToChange
        id={id}
        toFamily={(family) => (
          <Link to="/admin/product-families/$id" params={{ id: family.id }}>
            {family.name}
          </Link>
        )}
        back={<Link to="/admin/product-families">{words.families}</Link>}
      />
    </ForAccount>
  );
}
