import { execFileSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeOn } from '../../tests/support/process/real-engine';
import { realClock, realRandom } from '../clock';
import { openDataDirectory } from '../data-directory';
import { signWebhook, verifyWebhook, webhookSecretOf } from './index';

type Answer = { readonly error: string | null; readonly signed?: Record<string, string> };

const BODY = '{"type":"waybill.shipment.packed","data":{"shipmentId":7,"name":"Müller ☂"}}';

describeOn('WAYBILL_TEST_STANDARD_WEBHOOKS', 'The Go library of Standard Webhooks', (program) => {
  let directory: string;
  let secret: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'waybill-secret-'));
    const data = await openDataDirectory(directory, { random: realRandom });
    secret = await data.secret('carrier', 32, webhookSecretOf);
    await data.release();
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  const ask = (question: { secret: string; body: string; headers: object }): Answer =>
    JSON.parse(execFileSync(program, { input: `${JSON.stringify(question)}\n` }).toString()) as Answer;
  const headersOf = (under: readonly string[]) => ({
    ...signWebhook('message-1', Buffer.from(BODY), under, realClock.now()),
  });

  it('takes the secret that is made up, and what is signed with it', () => {
    const { error, signed } = ask({ secret, body: BODY, headers: headersOf([secret]) });
    expect(error).toBeNull();
    expect(verifyWebhook(signed!, Buffer.from(BODY), [secret], realClock.now())).toEqual({
      ok: true,
      messageId: 'from-go',
    });
  });

  it('takes what is signed with an old secret and a new one', () => {
    const other = webhookSecretOf(realRandom.bytes(32));
    expect(ask({ secret, body: BODY, headers: headersOf([other, secret]) }).error).toBeNull();
  });

  it('refuses another body, and another secret', () => {
    const headers = headersOf([secret]);
    expect(ask({ secret, body: BODY.replace('7', '8'), headers }).error).toContain('no matching signature');
    const other = webhookSecretOf(realRandom.bytes(32));
    expect(ask({ secret: other, body: BODY, headers }).error).toContain('no matching signature');
  });
});
