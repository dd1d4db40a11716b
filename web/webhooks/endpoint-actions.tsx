import { useState } from 'react';
import { useAction } from '../api';
import { ActionButton } from '../ui/form';
import {
  disableWebhookEndpoint,
  enableWebhookEndpoint,
  removeWebhookEndpoint,
  rotateWebhookSecret,
} from './documents';
import { Secret } from './secret';
import { useWebhookWords } from './words';

type Props = {
  readonly of: {
    readonly id: string;
    readonly ownerId: string;
    readonly url: string;
    readonly disabledBecause: string | null;
  };
  readonly onRemoved: () => void;
};

/** The buttons that change an endpoint. */
export function EndpointActions({ of: { id: endpointId, ownerId, url, disabledBecause }, onRemoved }: Props) {
  const words = useWebhookWords();
  const [secret, setSecret] = useState<string>();
  const rotating = useAction(rotateWebhookSecret);
  const enabling = useAction(enableWebhookEndpoint);
  const disabling = useAction(disableWebhookEndpoint);
  const removing = useAction(removeWebhookEndpoint);
  const input = { ownerId, endpointId };
  const rotate = async (): Promise<void> => setSecret((await rotating.run(input))?.secret);
  const remove = async (): Promise<void> => {
    if (await removing.run(input)) onRemoved();
  };
  return (
    <>
      <ActionButton label={words.rotate} of={url} action={rotating} onRun={() => void rotate()} />
      {disabledBecause === null ? (
        <ActionButton
          label={words.disable}
          of={url}
          action={disabling}
          onRun={() => void disabling.run(input)}
        />
      ) : (
        <ActionButton
          label={words.enable}
          of={url}
          action={enabling}
          onRun={() => void enabling.run(input)}
        />
      )}
      <details>
        <summary>
          {words.remove}
          <span className="unseen">: {url}</span>
        </summary>
        <p>{words.removeHelp}</p>
        <ActionButton label={words.removeSure} action={removing} onRun={() => void remove()} />
      </details>
      {secret !== undefined && <Secret of={secret} />}
    </>
  );
}
