import { Outlet } from '@tanstack/react-router';
import { usePermissionsShown } from '../api';
import { useTexts } from '../text';
import { Area } from '../ui/layout';
import { ForAccount, Page } from '../ui/page';
import { Loaded } from '../ui/states';
import { placesFor } from './places';

function Console() {
  const { state } = useTexts();
  const shown = usePermissionsShown();
  return (
    <Loaded shown={shown}>
      {(permissions) => {
        const permitted = placesFor(permissions);
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
    <ForAccount>
      <Console />
    </ForAccount>
  );
}
