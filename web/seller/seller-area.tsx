import { Outlet } from '@tanstack/react-router';
import { ForRoles } from '../ui/page';

/** The frame of the sellers' pages. */
export function SellerArea() {
  return (
    <ForRoles roles={['seller', 'staff']}>
      <Outlet />
    </ForRoles>
  );
}
