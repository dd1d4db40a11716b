import { Link } from '@tanstack/react-router';
import { useTexts } from '../text';
import { Page } from './page';

export function NotFound() {
  const { state } = useTexts();
  return (
    <Page title={state.notFound}>
      <p>
        <Link to="/">{state.home}</Link>
      </p>
    </Page>
  );
}
