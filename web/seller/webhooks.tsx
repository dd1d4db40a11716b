import { Link, useSearch } from '@tanstack/react-router';
import { Endpoints } from '../webhooks/endpoints';

/** The webhook endpoints of the signed-in merchant. */
export function SellerWebhooksPage() {
  const search = useSearch({ from: '/seller/webhooks' });

  return (
    <Endpoints
      isOfPlatform={false}
      mayChange
      search={search}
      linkTo={({ id, url }) => (
        <Link to="/seller/webhooks/$id" params={{ id }}>
          {url}
        </Link>
      )}
    />
  );
}
