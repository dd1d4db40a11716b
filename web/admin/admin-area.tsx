import { Outlet } from '@tanstack/react-router';
import { Area } from '../ui/layout';
import { ForRoles } from '../ui/page';

const places = [
  { to: '/admin', label: 'Orders', exact: true },
  { to: '/admin/shipments', label: 'Shipments' },
  { to: '/admin/warehouses', label: 'Warehouses' },
  { to: '/admin/world', label: 'World' },
  { to: '/admin/parked', label: 'Parked messages' },
  { to: '/admin/accounts', label: 'Accounts' },
  { to: '/admin/settings', label: 'Settings' },
  { to: '/admin/reports', label: 'Reports' },
  { to: '/admin/engine', label: 'Engine room', exact: true },
  { to: '/admin/engine/streams', label: 'Stored events' },
  { to: '/admin/engine/why', label: 'Why is it so?' },
];

/** The frame of the staff console. */
export function AdminArea() {
  return (
    <ForRoles roles={['staff', 'administrator']}>
      <Area label="Console" places={places}>
        <Outlet />
      </Area>
    </ForRoles>
  );
}
