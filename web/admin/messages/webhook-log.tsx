import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { usePermissions } from '../../api';
import { WebhookLog } from '../../webhooks/log';
import { useWebhookWords } from '../../webhooks/words';

/** One webhook endpoint with the log of its deliveries. */
export function AdminWebhookLogPage() {
  const { id } = useParams({ from: '/admin/webhooks/$id' });
  const search = useSearch({ from: '/admin/webhooks/$id' });
  const navigate = useNavigate({ from: '/admin/webhooks/$id' });
  const words = useWebhookWords();
  const mayChange = usePermissions().has('webhook:change');
  return (
    <WebhookLog
      id={id}
      search={search}
      mayChange={mayChange}
      onStatus={(status) => void navigate({ search: { status } })}
      back={
        <Link to="/admin/webhooks" activeOptions={{ exact: true }}>
          {words.back}
        </Link>
      }
    />
  );
}
