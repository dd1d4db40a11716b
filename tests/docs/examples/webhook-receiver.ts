import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { Webhook } from 'standardwebhooks';

type Message = { readonly type: string; readonly timestamp: string; readonly data: object };

/**
 * Receives webhooks.
 *
 * @param store - stores a message durably; called once for each `webhook-id`.
 */
export const webhookReceiver = (
  secret: string,
  store: (id: string, message: Message) => Promise<void>,
): Server => {
  const webhook = new Webhook(secret);
  // In a real receiver the ids are stored with the messages.
  const seen = new Set<string>();
  return createServer((request, response) => {
    const answer = async (): Promise<number> => {
      const headers = request.headers as Record<string, string>;
      const body = await text(request);
      let message: Message;
      try {
        message = webhook.verify(body, headers) as Message;
      } catch {
        return 401;
      }
      const id = headers['webhook-id'] ?? '';
      if (seen.has(id)) return 204;
      await store(id, message);
      seen.add(id);
      return 204;
    };
    answer().then(
      (status) => response.writeHead(status).end(),
      () => response.writeHead(500).end(),
    );
  });
};
