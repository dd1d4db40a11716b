import type { Refusal } from '../api';
import { useSessionWords } from '../text/session';

/** Says why the visitor was logged out, where the visitor did not do it in this browser. */
export function LoggedOut({ refusal }: { readonly refusal: Refusal }) {
  const words = useSessionWords();
  return (
    <p role="status">
      {words[refusal]} {words.kept}
    </p>
  );
}
