import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instant } from '../../domain/kernel';
import { fileOutbox, smsFileOutbox, type Message } from './index';

const mailOf = (id: string, queuedAt = '2026-11-29T09:00:00.000Z'): Message => ({
  to: { name: 'Ada', address: 'ada@shop.example' },
  subject: `Order ${id}`,
  text: 'Hello Ada, 您好\n',
  html: '<p>Hello Ada</p>',
  brief: `Order ${id}`,
  id,
  queuedAt: queuedAt as Instant,
});

describe('the outbox of files', () => {
  let home: string;
  let directory: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'waybill-outbox-'));
    directory = join(home, 'data', 'outbox');
  });
  afterEach(() => rm(home, { recursive: true, force: true }));

  it('has a file for each mail that only its owner may read, and one for all attempts', async () => {
    const outbox = fileOutbox({ directory, from: 'shop@waybill.example' });
    const sent = { kind: 'sent', messageId: '<one@waybill.example>' };
    expect(await outbox.send(mailOf('one'))).toEqual(sent);
    expect(await outbox.send(mailOf('one'))).toEqual(sent);
    const files = await readdir(directory);
    expect(files).toEqual(['2026-11-29T09-00-00-000Z-one.eml']);
    const file = join(directory, files[0] ?? '');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    const content = await readFile(file, 'utf8');
    for (const header of ['To: Ada <ada@shop.example>', 'Subject: Order one', 'Message-ID: <one@'])
      expect(content).toContain(header);
  });

  it('keeps the newest mails', async () => {
    const outbox = fileOutbox({ directory, from: 'shop@waybill.example', filesMax: 2 });
    for (const minute of [3, 1, 2])
      await outbox.send(mailOf(`m${minute}`, `2026-11-29T09:0${minute}:00.000Z`));
    expect((await readdir(directory)).map((name) => name.slice(-6, -4)).sort()).toEqual(['m2', 'm3']);
  });

  it('removes the mails that it shall forget, and has none before the first', async () => {
    const outbox = fileOutbox({ directory, from: 'shop@waybill.example' });
    await outbox.forget?.(new Set(['m1']));
    for (const id of ['m1', 'm2', 'm3']) await outbox.send(mailOf(id));
    await outbox.forget?.(new Set(['m1', 'm3', 'm4']));
    expect(await readdir(directory)).toEqual(['2026-11-29T09-00-00-000Z-m2.eml']);
  });

  it('has short messages as text that people read, beside the e-mails', async () => {
    const sms = smsFileOutbox({ directory, filesMax: 1 });
    const outbox = fileOutbox({ directory, from: 'shop@waybill.example' });
    await outbox.send(mailOf('one'));
    for (const id of ['two', 'three'])
      await sms.send({ ...mailOf(id), to: { name: 'Ada', address: '+4402079460958' }, brief: '您好' });
    const files = await readdir(directory);
    expect(files.map((name) => name.slice(25))).toEqual(['one.eml', 'two.txt']);
    expect(await readFile(join(directory, files[1] ?? ''), 'utf8')).toBe(
      'SMS to +4402079460958\n2026-11-29T09:00:00.000Z\n\n您好\n',
    );
  });
});
