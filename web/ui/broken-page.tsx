import { useRouter } from '@tanstack/react-router';
import { useTexts } from '../text';
import { Page } from './page';

/** Stands in place of a page that failed in the browser, with a way to try again. The frame around it stays usable. */
export function BrokenPage({ reset }: { readonly reset: () => void }) {
  const { state } = useTexts();
  const router = useRouter();
  const again = (): void => {
    reset();
    void router.invalidate();
  };
  return (
    <Page title={state.broken}>
      <p>
        <button type="button" onClick={again}>
          {state.again}
        </button>
      </p>
    </Page>
  );
}
