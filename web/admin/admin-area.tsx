import { Outlet } from '@tanstack/react-router';
import { Area } from '../ui/layout';
import { ForRoles } from '../ui/page';

const places = [{ to: '/admin', label: 'Orders', exact: true }];

/** The frame of the staff console. */
export function AdminArea() {
  return (
    <ForRoles roles={['staff', 'analyst', 'administrator']}>
      <Area label="Console" places={places}>
        <Outlet />
      </Area>
    </ForRoles>
  );
}
