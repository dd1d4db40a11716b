import { createHmac } from 'node:crypto';
import type { Instant, WebhookEndpointId } from '../../domain/kernel';
import { secretNumbersAt, type WebhookEndpoint } from '../../domain/webhook-endpoints';
import type { Random } from '../../platform/clock';
import { webhookSecretOf } from '../../platform/webhook-signing';
import { madeInstallationKey } from '../installation-key';
import type { UseCaseDeps } from '../use-case/use-case';

export type SecretDeps = UseCaseDeps & { readonly random: Random };

const keyOf = (deps: SecretDeps): Promise<string> =>
  madeInstallationKey(deps, { name: 'webhooks', by: 'webhooks', encoding: 'hex' });

/**
 * Returns a signing secret as `whsec_…`. It is derived from a key of the installation, so that no event and no read model has it.
 *
 * @param number - of the secret among those of the endpoint, from 1.
 */
export const webhookSecret = async (
  deps: SecretDeps,
  endpointId: WebhookEndpointId,
  number: number,
): Promise<string> =>
  webhookSecretOf(
    createHmac('sha256', await keyOf(deps))
      .update(`webhook\n${endpointId}\n${number}`)
      .digest(),
  );

/** Returns the secrets that sign at a time, the newest first. */
export const secretsInForce = (
  deps: SecretDeps,
  endpointId: WebhookEndpointId,
  endpoint: Pick<WebhookEndpoint, 'secretNumber' | 'previousUntil'>,
  at: Instant,
): Promise<readonly string[]> =>
  Promise.all(secretNumbersAt(endpoint, at).map((number) => webhookSecret(deps, endpointId, number)));
