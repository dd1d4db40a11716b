import { Outlet } from '@tanstack/react-router';
import { Area } from '../ui/layout';
import { ForAccount } from '../ui/page';
import { usePayoutWords } from '../payouts/words';
import { useSellerWords } from './words';

/** The frame of the seller's pages. */
export function SellerArea() {
  const words = useSellerWords();
  const payouts = usePayoutWords();
  const places = [
    { to: '/seller', label: words.products, exact: true },
    { to: '/seller/families', label: words.families },
    { to: '/seller/orders', label: words.orders },
    { to: '/seller/payouts', label: payouts.title },
    { to: '/seller/after-sales', label: words.afterSales },
    { to: '/seller/webhooks', label: words.webhooks },
    { to: '/seller/import', label: words.import },
  ];
  return (
    <ForAccount permission="product:sell">
      <Area label={words.area} places={places}>
        <Outlet />
      </Area>
    </ForAccount>
  );
}
