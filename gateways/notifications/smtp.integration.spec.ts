import { message as mail } from '../../tests/contract/notification-channel.contract';
import { MailServer } from '../../tests/support/mail/mail-server';
import { smtpChannel, type Channel } from './index';

describe('the SMTP channel', () => {
  let server: MailServer;
  let channel: Channel;
  beforeEach(async () => {
    server = await MailServer.start();
    const timeouts = { connect: 2_000, greeting: 2_000, socket: 500 };
    channel = smtpChannel({ url: server.url, from: 'Waybill <shop@waybill.example>', timeouts });
  });
  afterEach(async () => {
    await channel.close();
    await server.stop();
  });

  it('sends to the address alone, with a message id that each attempt repeats', async () => {
    const messageId = `<${mail.id}@waybill.example>`;
    expect(await channel.send(mail)).toEqual({ kind: 'sent', messageId });
    expect(await channel.send(mail)).toEqual({ kind: 'sent', messageId });
    expect(server.mails).toHaveLength(2);
    const [{ from, to, content } = { from: '', to: '', content: '' }] = server.mails;
    expect(from).toContain('<shop@waybill.example>');
    expect(to).toBe('RCPT TO:<ada@shop.example>');
    expect(content).toContain(`Message-ID: ${messageId}`);
    expect(content).toContain('Date: Sun, 29 Nov 2026 09:00:00 +0000');
    expect(content).toContain('Auto-Submitted: auto-generated');
    expect(content).toMatch(/^Subject: =\?UTF-8\?/m);
  });

  it('puts no line of its own into the headers for a subject or a name with a line break', async () => {
    const address = 'ada@shop.example';
    await channel.send({
      ...mail,
      subject: 'a\r\nBcc: eve@x.org',
      to: { name: 'A\r\nBcc: eve@x.org', address },
    });
    const headers = server.mails[0]?.content.split('\r\n\r\n', 1)[0];
    expect(headers).not.toMatch(/^Bcc:/m);
  });

  it.each([
    ['a mailbox that is unknown', { RCPT: '550 5.1.1 unknown' }, true],
    ['a mailbox that is busy', { RCPT: '451 4.2.1 later' }, false],
    ['content that is refused', { END: '554 5.7.1 no' }, true],
    ['a connection that is lost before the content is taken', { END: 'drop' }, false],
    ['a connection that is lost at once', { MAIL: 'drop' }, false],
  ])('reports %s', async (_name, script, isPermanent) => {
    server.script = script;
    expect(await channel.send(mail)).toMatchObject({ kind: 'failed', isPermanent });
    server.script = {};
    expect(await channel.send(mail)).toMatchObject({ kind: 'sent' });
  });

  it('waits for the greeting of a server that holds it back against spam', async () => {
    server.greetsAfterMs = 6_000;
    const patient = smtpChannel({ url: server.url, from: 'Waybill <shop@waybill.example>' });
    expect(await patient.send(mail)).toMatchObject({ kind: 'sent' });
    await patient.close();
  }, 15_000);

  it('reports in bounded time a server that falls silent, and one that is away', async () => {
    server.script = { END: '' };
    expect(await channel.send(mail)).toMatchObject({ kind: 'failed', isPermanent: false });
    await server.stop();
    expect(await channel.send(mail)).toMatchObject({ kind: 'failed', isPermanent: false });
  });
});
