import { Outlet } from '@tanstack/react-router';
import { Area } from '../ui/layout';
import { useAccount } from '../api';
import { ForRoles } from '../ui/page';

const places = [
  { to: '/admin', label: 'Orders', exact: true },
  { to: '/admin/shipments', label: 'Shipments' },
  { to: '/admin/warehouses', label: 'Warehouses' },
  { to: '/admin/world', label: 'World' },
  { to: '/admin/parked', label: 'Parked messages' },
  { to: '/admin/notifications', label: 'E-mails' },
  { to: '/admin/accounts', label: 'Accounts' },
  { to: '/admin/settings', label: 'Settings' },
  { to: '/admin/reports', label: 'Reports' },
  { to: '/admin/figures', label: 'Figures' },
  { to: '/admin/engine', label: 'Engine room', exact: true },
  { to: '/admin/engine/streams', label: 'Stored events' },
  { to: '/admin/engine/why', label: 'Why is it so?' },
  { to: '/admin/engine/parked', label: 'Failed events' },
];

/** The pages that analysts may read too. */
const forAnalysts: ReadonlySet<string> = new Set(['/admin/reports', '/admin/figures']);

/** The frame of the staff console. Analysts see the pages with figures. */
export function AdminArea() {
  const account = useAccount();
  const isStaff = account?.roles.some((role) => role === 'staff' || role === 'administrator') ?? false;
  return (
    <ForRoles roles={['staff', 'administrator', 'analyst']}>
      <Area label="Console" places={isStaff ? places : places.filter(({ to }) => forAnalysts.has(to))}>
        <Outlet />
      </Area>
    </ForRoles>
  );
}
