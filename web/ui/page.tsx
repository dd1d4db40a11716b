import { lazy, Suspense, useEffect, useRef, type ComponentType, type ReactNode } from 'react';
import { Link } from '@tanstack/react-router';
import { useAccount, usePermissionsShown, useRealm, useRefusalOf, type Refusal } from '../api';
import { useTexts } from '../text';
import { Loaded } from './states';

/** A page: its heading, which takes the focus when the page opens so that a screen reader begins there, and its content. */
export function Page({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Waybill`;
  }, [title]);
  useEffect(() => {
    // Not at the first page: there the browser begins at the top.
    if (history.length > 1 && document.activeElement !== document.body) heading.current?.focus();
  }, []);
  return (
    <>
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
    </>
  );
}

function Permitted({ permission, children }: { readonly permission: string; readonly children: ReactNode }) {
  const { state } = useTexts();
  const shown = usePermissionsShown();
  return (
    <Loaded shown={shown.data === undefined ? shown : { ...shown, isStale: false }}>
      {(permissions) =>
        permissions.has(permission) ? (
          children
        ) : (
          <Page title={state.staffOnly}>
            <p>
              <Link to="/">{state.home}</Link>
            </p>
          </Page>
        )
      }
    </Loaded>
  );
}

/** Apart from the first page, which does not need it. Where it cannot be loaded, the log-in is offered all the same. */
const LoggedOut = lazy<ComponentType<{ readonly refusal: Refusal }>>(() =>
  import('./logged-out').then(
    (module) => ({ default: module.LoggedOut }),
    () => ({ default: () => null }),
  ),
);

/** Shows its content to accounts that are logged in in this area, or to those with a permission; to others what they can do. */
export function ForAccount({
  permission,
  children,
}: {
  readonly permission?: string;
  readonly children: ReactNode;
}) {
  const account = useAccount();
  const realm = useRealm();
  const refusal = useRefusalOf(realm);
  const { logInFirst, nav } = useTexts();
  if (account === undefined)
    return (
      <Page title={logInFirst[realm]}>
        {refusal !== undefined && (
          <Suspense>
            <LoggedOut refusal={refusal} />
          </Suspense>
        )}
        {realm !== 'customer' && <p>{logInFirst.apart}</p>}
        <p>
          <Link to="/log-in" search={{ next: location.pathname + location.search }}>
            {nav.logIn}
          </Link>
        </p>
      </Page>
    );
  return permission === undefined ? children : <Permitted permission={permission}>{children}</Permitted>;
}
