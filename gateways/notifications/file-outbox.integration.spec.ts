import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Instant } from '../../domain/kernel';
import { fileOutbox, type Mail } from './index';

const mailOf = (id: string, queuedAt = '2026-11-29T09:00:00.000Z'): Mail => ({
  to: { name: 'Ada', address: 'ada@shop.example' },
  subject: `Order ${id}`,
  text: 'Hello Ada, 您好\n',
  html: '<p>Hello Ada</p>',
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
    const outbox = fileOutbox({ directory, from: 'shop@waybill.example', mailsMax: 2 });
    for (const minute of [3, 1, 2])
      await outbox.send(mailOf(`m${minute}`, `2026-11-29T09:0${minute}:00.000Z`));
    expect((await readdir(directory)).map((name) => name.slice(-6, -4)).sort()).toEqual(['m2', 'm3']);
  });

  it('reports a directory that cannot be written', async () => {
    await writeFile(join(home, 'data'), 'a file');
    const outbox = fileOutbox({ directory, from: 'shop@waybill.example' });
    expect(await outbox.send(mailOf('one'))).toMatchObject({ kind: 'failed', isPermanent: false });
  });
});
