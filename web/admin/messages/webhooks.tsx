import { Link, useSearch } from '@tanstack/react-router';
import { usePermissions } from '../../api';
import { Endpoints } from '../../webhooks/endpoints';

/** The webhook endpoints of the platform and of merchants. */
export function AdminWebhooksPage() {
  const search = useSearch({ from: '/admin/webhooks' });
  const mayChange = usePermissions().has('webhook:change');
  return (
    <Endpoints
      isOfPlatform={true}
      mayChange={mayChange}
      search={search}
      linkTo={({ id, url }) => (
        <Link to="/admin/webhooks/$id" params={{ id }}>
          {url}
        </Link>
      )}
    />
  );
}
