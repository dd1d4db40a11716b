import { Outlet } from '@tanstack/react-router';
import { graphql, useShown } from '../api';
import { useTexts } from '../text';
import { Area } from '../ui/layout';
import { ForRoles, Page } from '../ui/page';
import { Loaded } from '../ui/states';

/** The pages, each with the permission without which it shows nothing. */
const places = [
  { to: '/admin', label: 'Orders', permission: 'order:read', exact: true },
  { to: '/admin/shipments', label: 'Shipments', permission: 'shipment:read' },
  { to: '/admin/warehouses', label: 'Warehouses', permission: 'stock:read' },
  { to: '/admin/world', label: 'World', permission: 'world:read' },
  { to: '/admin/parked', label: 'Parked messages', permission: 'carrier:read' },
  { to: '/admin/notifications', label: 'E-mails', permission: 'notification:read' },
  { to: '/admin/accounts', label: 'Accounts', permission: 'account:list' },
  { to: '/admin/settings', label: 'Settings', permission: 'settings:read' },
  { to: '/admin/reports', label: 'Reports', permission: 'report:read' },
  { to: '/admin/figures', label: 'Figures', permission: 'report:read' },
  { to: '/admin/engine', label: 'Engine room', permission: 'read-model:read', exact: true },
  { to: '/admin/engine/streams', label: 'Stored events', permission: 'event:read' },
  { to: '/admin/engine/why', label: 'Why is it so?', permission: 'event:read' },
  { to: '/admin/engine/parked', label: 'Failed events', permission: 'parked-work:read' },
];

const viewerQuery = graphql(`
  query ConsoleViewer {
    viewer {
      permissions
    }
  }
`);

function Console() {
  const { state } = useTexts();
  const shown = useShown(viewerQuery, {});
  return (
    <Loaded shown={shown}>
      {({ viewer }) => {
        const permitted = places.filter(
          ({ permission }) => viewer?.permissions.includes(permission) === true,
        );
        return permitted.length === 0 ? (
          <Page title={state.staffOnly}>{null}</Page>
        ) : (
          <Area label="Console" places={permitted}>
            <Outlet />
          </Area>
        );
      }}
    </Loaded>
  );
}

/** The frame of the staff console: the ways to the pages that the account may use now. */
export function AdminArea() {
  return (
    <ForRoles roles={['staff', 'administrator', 'analyst']}>
      <Console />
    </ForRoles>
  );
}
