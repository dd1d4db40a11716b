import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { WebhookLog } from '../webhooks/log';
import { useWebhookWords } from '../webhooks/words';

/** One webhook endpoint with the log of its deliveries. */
export function SellerWebhookLogPage() {
  const { id } = useParams({ from: '/seller/webhooks/$id' });
  const search = useSearch({ from: '/seller/webhooks/$id' });
  const navigate = useNavigate({ from: '/seller/webhooks/$id' });
  const words = useWebhookWords();

  return (
    <WebhookLog
      id={id}
      search={search}
      mayChange
      onStatus={(status) => void navigate({ search: { status } })}
      back={
        <Link to="/seller/webhooks" activeOptions={{ exact: true }}>
          {words.back}
        </Link>
      }
    />
  );
}
