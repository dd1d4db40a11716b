import { Moment } from '../ui/moment';
import { useWebhookWords, type WebhookWords } from './words';

/** The state of an endpoint, and until when the previous secret signs too. */
export function EndpointState({
  of: { disabledBecause, previousSecretUntil },
}: {
  readonly of: { readonly disabledBecause: string | null; readonly previousSecretUntil: string | null };
}) {
  const words = useWebhookWords();
  const reasons: Readonly<Record<string, string | undefined>> =
    words.because satisfies WebhookWords['because'];
  return (
    <>
      {disabledBecause === null ? words.enabled : (reasons[disabledBecause] ?? disabledBecause)}
      {previousSecretUntil !== null && Date.parse(previousSecretUntil) > Date.now() && (
        <p>
          {words.previousUntil} <Moment at={previousSecretUntil} />
        </p>
      )}
    </>
  );
}
