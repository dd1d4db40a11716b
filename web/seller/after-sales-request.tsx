import { Link, useParams } from '@tanstack/react-router';
import { RequestPage } from '../after-sales/request';
import { useDecisionWords } from '../after-sales/words';

// Disputes and refunds that failed are for staff.
const rights = new Set(['decide'] as const);

/** A request about goods of the signed-in seller, with what sellers can do about it. */
export function SellerAfterSalesRequestPage() {
  const words = useDecisionWords();
  const { id } = useParams({ from: '/seller/after-sales/$id' });
  return (
    <RequestPage
      id={id}
      rights={rights}
      back={
        <Link to="/seller/after-sales" activeOptions={{ exact: true }}>
          {words.all}
        </Link>
      }
    />
  );
}
