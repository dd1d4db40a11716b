import { Navigate, Outlet, useMatchRoute } from '@tanstack/react-router';
import { homeOf, usePermissionsShown } from '../api';
import { useTexts } from '../text';
import { Area } from '../ui/layout';
import { ForAccount, Page } from '../ui/page';
import { Loaded } from '../ui/states';
import { placesFor } from './places';

function Console() {
  const { state } = useTexts();
  const shown = usePermissionsShown();
  const isAtStart = useMatchRoute()({ to: '/admin' }) !== false;
  return (
    <Loaded shown={shown}>
      {(permissions) => {
        const permitted = placesFor(permissions);
        const [first] = permitted;
        if (first === undefined) return <Page title={state.staffOnly}>{null}</Page>;
        // A log-in leads to the start of the console, which not everyone may use.
        if (isAtStart && first.to !== homeOf.platform) return <Navigate to={first.to} replace />;
        return (
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
    <ForAccount>
      <Console />
    </ForAccount>
  );
}
