import { appendFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { paymentsCommand } from '../../cli/commands/payments';
import type { Visitor } from '../support/browser/browser';
import { describePages } from '../support/browser/describe-pages';
import { runCommand, type Said } from '../support/process/command-line';

describePages('payments by day', (pages) => {
  let console: Visitor;
  let statement: string;
  let day: string;

  const reconcile = (...args: readonly string[]): Promise<Said> =>
    runCommand(paymentsCommand, ['reconcile', ...args], {
      WAYBILL_DATA_DIR: pages().home.directory,
      WAYBILL_LOG_LEVEL: 'silent',
    });

  const compare = async (of: string): Promise<void> => {
    await console.page.getByLabel('Day').fill(of);
    await console.page.getByRole('button', { name: 'Compare' }).click();
  };

  beforeAll(async () => {
    const visitor = await pages().enter();
    await visitor.signUp('Grace Hopper');
    await visitor.addToCart('Harbour lamp');
    await visitor.open('/checkout');
    await visitor.page.getByLabel('East (x)').fill('3');
    await visitor.page.getByLabel('North (y)').fill('4');
    await visitor.page.getByRole('button', { name: 'Place the order for £34.50' }).click();
    await visitor.page.waitForURL(/\/orders\//);
    await visitor.page.getByText('Paid', { exact: true }).first().waitFor();
    const directory = join(pages().home.directory, 'payment-statements');
    const [file = ''] = await readdir(directory);
    statement = join(directory, file);
    day = file.slice(0, '2026-01-31'.length);
    console = await pages().enterAsAdministrator();
  }, 60_000);

  it('agree with the statement that the test provider made', async () => {
    await console.open('/admin');
    await console.page.getByRole('link', { name: 'Payments by day' }).click();
    await console.page.getByText('There are no movements and no statement on this day.').waitFor();
    await compare(day);
    await console.page.getByText('The provider and the books agree.').waitFor();
    await console.page.getByRole('row', { name: /^GBP £34\.50 £34\.50 £0\.00 £0\.00/ }).waitFor();
    await console.page.getByText('The day is not over').waitFor();
    const said = await reconcile('--day', day, '--json');
    expect(said.code).toBe(0);
    expect(JSON.parse(said.out)).toMatchObject({ differenceCount: 0, movementsHere: 1, movementsThere: 1 });
  });

  it('show what the provider took and the books do not have, with what to do', async () => {
    const taken = { id: '=cmd|x', kind: 'CAPTURE', key: 'gone', amountMinor: 500, currency: 'GBP' };
    const at = `${day}T00:30:00Z`;
    await appendFile(statement, `${JSON.stringify({ ...taken, at })}\n{"torn`);
    await console.open(`/admin/payments?day=${day}`);
    const { page } = console;
    await page.getByText('2 differences.').waitFor();
    await page.getByRole('row', { name: /took money that the books do not have.*£5\.00/ }).waitFor();
    await page.getByRole('row', { name: /cannot be read.*Line 3/ }).waitFor();
    await console.expectMannered('staff-payments');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download as CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`payments-${day}.csv`);
    const said = await reconcile('--day', day);
    expect(said.code).toBe(6);
    expect(said.out).toContain('PAID_THERE_NOT_HERE  there £5.00, here –');
    expect(said.out).toContain('STATEMENT_UNREADABLE');
  });

  it('are refused for a day that has not begun, and shown to staff alone', async () => {
    await console.open('/admin/payments?day=2999-01-01');
    await console.page.getByText('has not begun').waitFor();
    expect((await reconcile('--day', 'yesterday')).code).toBe(2);
    const visitor = await pages().enter();
    await visitor.signUp('Ada Lovelace');
    await visitor.logIn('ada.lovelace@example.com', 'correct horse battery', '/admin');
    await visitor.open('/admin/payments');
    await visitor.page.getByRole('heading', { name: 'This page is for another role than yours.' }).waitFor();
  });
});
