import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { FamilyPage } from '../../families/family';
import { FamilyList } from '../../families/family-list';
import { useFamilyWords } from '../../families/words';
import { ForAccount } from '../../ui/page';

/** The families of all sellers. A new one is the shop's own. */
export function FamiliesPage() {
  const search = useSearch({ from: '/admin/product-families' });
  const navigate = useNavigate();
  return (
    <ForAccount permission="product:change">
      <FamilyList
        search={search}
        isOfAll
        linkTo={({ id, name }) => (
          <Link to="/admin/product-families/$id" params={{ id }}>
            {name}
          </Link>
        )}
        onCreated={(id) => void navigate({ to: '/admin/product-families/$id', params: { id } })}
      />
    </ForAccount>
  );
}

/** A family of any seller. */
export function FamilyOfAnyPage() {
  const { id } = useParams({ from: '/admin/product-families/$id' });
  const navigate = useNavigate();
  const words = useFamilyWords();
  return (
    <ForAccount permission="product:change">
      <FamilyPage
        id={id}
        linkTo={(product) => (
          <Link to="/admin/products/$id" params={{ id: product.id }}>
            {product.fullName}
          </Link>
        )}
        back={<Link to="/admin/product-families">{words.families}</Link>}
        onRetired={() => void navigate({ to: '/admin/product-families' })}
      />
    </ForAccount>
  );
}
