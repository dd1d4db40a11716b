import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startBrowser, Visitor } from '../support/browser/browser';
import { Shopper } from '../support/graphql/shopper';
import { describeOn } from '../support/process/real-engine';
import { topSpeed, WaybillHome, type RunningWaybill } from '../support/process/waybill';
import { eventually } from '../support/time/eventually';

const email = 'ada.lovelace@example.com';
const newPassword = 'battery staple horse';

describeOn('WAYBILL_TEST_CHROMIUM', 'the pages of links by e-mail', (path) => {
  let browser: Browser;
  let home: WaybillHome;
  let waybill: RunningWaybill;
  let visitor: Visitor;

  beforeAll(async () => {
    [browser, home] = await Promise.all([startBrowser(path), WaybillHome.make()]);
    waybill = await home.start(topSpeed);
    visitor = await Visitor.enter(browser, waybill.url);
  });
  afterAll(async () => {
    await visitor.leave();
    await browser.close();
    await waybill.close();
    await home.remove();
  });

  /** Waits until a mail of the outbox has a text, and returns the text. */
  const inMails = async (text: RegExp): Promise<string> => {
    const outbox = join(home.directory, 'outbox');
    let found: string | undefined;
    await eventually(async () => {
      // A mail has another name until it is whole.
      const names = (await readdir(outbox).catch(() => [])).filter((name) => name.endsWith('.eml'));
      const mails = await Promise.all(names.map((name) => readFile(join(outbox, name), 'utf8')));
      // Quoted-printable: a long line is broken by a = at its end.
      const texts = mails.map((mail) => mail.replaceAll('=\n', ''));
      found = texts.map((mail) => text.exec(mail)?.[0]).find(Boolean);
      return found !== undefined;
    });
    return found ?? '';
  };

  /** Returns the path of the link in the mail of the outbox that has one to this page. */
  const linkTo = (page: string): Promise<string> => inMails(new RegExp(`/${page}#[\\w.-]+`));

  it('verify the address by a click, and show it', async () => {
    const { page } = visitor;
    await visitor.open('/sign-up');
    await page.getByLabel('Password').waitFor();
    await visitor.expectMannered('sign-up');
    await visitor.open('/log-in');
    await page.getByLabel('Password').waitFor();
    await visitor.expectMannered('log-in');
    await visitor.signUp('Ada Lovelace');
    await visitor.open('/account');
    await page.getByText('The address is not verified yet.').waitFor();
    await visitor.open(await linkTo('verify-email'));
    await page.getByRole('button', { name: 'Verify the address' }).waitFor();
    await visitor.expectMannered('verify-email');
    await page.getByRole('button', { name: 'Verify the address' }).click();
    await page.getByRole('heading', { name: 'The e-mail address is verified.' }).waitFor();
    await visitor.open('/account');
    await page.getByText('Verified:').waitFor();
  });

  it('replace a forgotten password once, and say why a used link has no effect', async () => {
    const { page } = visitor;
    await visitor.open('/log-in');
    await page.getByRole('link', { name: 'Forgot your password?' }).click();
    await page.getByLabel('E-mail').fill(email);
    expect(await visitor.violations()).toEqual([]);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await page.getByText('If this address has an account').waitFor();
    const link = await linkTo('reset-password');
    await visitor.open(link);
    await page.getByLabel('New password').waitFor();
    await visitor.expectMannered('reset-password');
    await page.getByLabel('New password').fill('short');
    await page.getByRole('button', { name: 'Save the new password' }).click();
    await page.getByText('A password has at least 8 characters.').waitFor();
    await page.getByLabel('New password').fill(newPassword);
    await page.getByRole('button', { name: 'Save the new password' }).click();
    await page.getByRole('heading', { name: 'The new password is saved' }).waitFor();
    // This browser's session is closed, too.
    await page.getByRole('button', { name: 'Log out' }).waitFor({ state: 'detached' });
    // This client gives its device no name, which the account does not know.
    await Shopper.logIn(waybill.url, email, newPassword);
    await inMails(/from a device that it did not know/);
    await page.evaluate('localStorage.setItem("waybill.language", "zh")');
    await visitor.open('/');
    await visitor.open(link);
    await page.getByRole('heading', { name: '设置新密码' }).waitFor();
    await page.getByLabel('新密码').fill('another password');
    await page.getByRole('button', { name: '保存新密码' }).click();
    await page.locator('[data-code="LINK_INVALID"]').waitFor();
    await page.getByRole('link', { name: '重新获取链接' }).click();
    await page.getByRole('heading', { name: '重设密码' }).waitFor();
    expect(visitor.trouble).toEqual({ outside: [], errors: [] });
  });
});
