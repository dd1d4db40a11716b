import { useWebhookWords } from './words';

/** A signing secret, which is shown once. */
export function Secret({ of, note }: { readonly of: string; readonly note?: string }) {
  const words = useWebhookWords();
  return (
    <div role="status">
      {note !== undefined && <p>{note}</p>}
      <p>
        {words.secret}: <code>{of}</code>
      </p>
      <p>{words.secretOnce}</p>
    </div>
  );
}
