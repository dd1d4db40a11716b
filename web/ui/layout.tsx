import { useEffect, useState, type ReactNode } from 'react';
import { Link, Outlet } from '@tanstack/react-router';
import { placesFor } from '../admin/places';
import {
  homeOf,
  useAccountOf,
  useConnection,
  usePermissions,
  useRealm,
  useRealmsOfAccount,
  type Realm,
} from '../api';
import { chooseLanguage, useLanguage, useTexts } from '../text';
import { AccountMenu } from './account-menu';
import { keepFocus } from './keep-focus';

const THEMES = ['system', 'light', 'dark'] as const;
type Theme = (typeof THEMES)[number];
const THEME_KEY = 'waybill.theme';

const themeChosen = (): Theme =>
  THEMES.find((theme) => theme === localStorage.getItem(THEME_KEY)) ?? 'system';

function ThemeChoice() {
  const { nav, themes } = useTexts();
  const [theme, setTheme] = useState(themeChosen);
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
    localStorage.setItem(THEME_KEY, theme);
  }, [theme]);
  return (
    <label className="theme">
      <span className="unseen">{nav.theme}</span>
      <select value={theme} onChange={(event) => setTheme(event.target.value as Theme)}>
        {THEMES.map((each) => (
          <option key={each} value={each}>
            {themes[each]}
          </option>
        ))}
      </select>
    </label>
  );
}

/** A way in the navigation of an area. */
export type Place = { readonly to: string; readonly label: string; readonly exact?: boolean };

function Places({ label, places }: { readonly label: string; readonly places: readonly Place[] }) {
  return (
    <nav aria-label={label}>
      <ul>
        {places.map(({ to, label: text, exact = false }) => (
          <li key={to}>
            <Link
              to={to}
              activeOptions={{ exact, includeSearch: false }}
              activeProps={{ 'aria-current': 'page' }}
            >
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Returns whether the menu leads to an area: the account of this area has something to do there, or another is logged in there. */
const useIsOffered = (area: Realm): boolean => {
  const isLoggedIn = useAccountOf(area) !== undefined;
  const isHere = useRealm() === area;
  return useRealmsOfAccount().includes(area) || (isLoggedIn && !isHere);
};

/** The frame of all pages: skip link, navigation, the state of the connection, and the page. */
export function Layout() {
  const { nav, state, skip } = useTexts();
  const customer = useAccountOf('customer');
  const [isSelling, isStaff] = [useIsOffered('merchant'), useIsOffered('platform')];
  const language = useLanguage();
  const connection = useConnection();
  const [inConsole] = placesFor(usePermissions());
  useEffect(keepFocus, []);
  const places: readonly Place[] = [
    { to: '/', label: nav.shop, exact: true },
    { to: '/cart', label: nav.cart },
    ...(customer ? [{ to: '/orders', label: nav.orders }] : []),
    ...(isSelling ? [{ to: homeOf.merchant, label: nav.seller }] : []),
    // The console begins with the first page that the account may use, as soon as it has logged in there.
    ...(isStaff ? [{ to: inConsole?.to ?? homeOf.platform, label: nav.staff }] : []),
  ];
  return (
    <>
      <a className="skip" href="#content">
        {skip}
      </a>
      <header className="top">
        <Link to="/" className="brand">
          Waybill
        </Link>
        <Places label={nav.main} places={places} />
        <div className="tools">
          <button
            type="button"
            lang={language === 'en' ? 'zh' : 'en'}
            onClick={() => void chooseLanguage(language === 'en' ? 'zh' : 'en')}
          >
            {nav.otherLanguage}
          </button>
          <ThemeChoice />
          <AccountMenu />
        </div>
      </header>
      {/* It is there before it says something, because screen readers announce what changes in it. */}
      <p className="banner" aria-live="polite">
        {connection !== 'online' && state[connection]}
      </p>
      <main id="content" tabIndex={-1}>
        <Outlet />
      </main>
    </>
  );
}

/** The frame of an area with a navigation of its own, such as the staff console. */
export function Area({
  label,
  places,
  children,
}: {
  readonly label: string;
  readonly places: readonly Place[];
  readonly children: ReactNode;
}) {
  return (
    <div className="area">
      <aside>
        <Places label={label} places={places} />
      </aside>
      <div>{children}</div>
    </div>
  );
}
