import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useAccount } from '../api';
import { FamilyPage } from '../families/family';
import { FamilyList } from '../families/family-list';
import { useFamilyWords } from '../families/words';

/** The families of the signed-in seller. */
export function OwnFamiliesPage() {
  const search = useSearch({ from: '/seller/families' });
  const navigate = useNavigate();
  const account = useAccount();
  return (
    <FamilyList
      search={search}
      sellerId={account?.id}
      linkTo={({ id, name }) => (
        <Link to="/seller/families/$id" params={{ id }}>
          {name}
        </Link>
      )}
      onCreated={(id) => void navigate({ to: '/seller/families/$id', params: { id } })}
    />
  );
}

/** A family of the signed-in seller. */
export function OwnFamilyPage() {
  const { id } = useParams({ from: '/seller/families/$id' });
  const navigate = useNavigate();
  const words = useFamilyWords();
  const account = useAccount();
  return (
    <FamilyPage
      id={id}
      sellerId={account?.id}
      linkTo={(product) => (
        <Link to="/seller/products/$id" params={{ id: product.id }}>
          {product.fullName}
        </Link>
      )}
      back={<Link to="/seller/families">{words.families}</Link>}
      onRetired={() => void navigate({ to: '/seller/families' })}
    />
  );
}
