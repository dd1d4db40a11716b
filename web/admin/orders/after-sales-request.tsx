import { Link, useParams } from '@tanstack/react-router';
import { RequestPage } from '../../after-sales/request';
import { useDecisionWords } from '../../after-sales/words';
import { usePermissions } from '../../api';

/** A request with what staff can do about it. */
export function AfterSalesRequestPage() {
  const words = useDecisionWords();
  const { id } = useParams({ from: '/admin/after-sales/$id' });
  const permissions = usePermissions();
  const rights = (['decide', 'settle'] as const).filter((right) => permissions.has(`after-sales:${right}`));
  return (
    <RequestPage
      id={id}
      rights={new Set(rights)}
      back={
        <Link to="/admin/after-sales" activeOptions={{ exact: true }}>
          {words.all}
        </Link>
      }
      orderLink={(orderId) =>
        permissions.has('order:read') && (
          <Link to="/admin/orders/$id" params={{ id: orderId }}>
            {words.order}
          </Link>
        )
      }
    />
  );
}
