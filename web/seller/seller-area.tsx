import { Outlet } from '@tanstack/react-router';
import { Area } from '../ui/layout';
import { ForRoles } from '../ui/page';
import { useSellerWords } from './words';

/** The frame of the seller's pages. */
export function SellerArea() {
  const words = useSellerWords();
  const places = [
    { to: '/seller', label: words.products, exact: true },
    { to: '/seller/orders', label: words.orders },
    { to: '/seller/import', label: words.import },
  ];
  return (
    <ForRoles roles={['seller']}>
      <Area label={words.area} places={places}>
        <Outlet />
      </Area>
    </ForRoles>
  );
}
