import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { adminCommand } from '../../cli/commands/admin';
import { importCommand } from '../../cli/commands/import';
import { exitCodes } from '../../cli/program/command';
import { runCommand } from '../support/process/command-line';
import { anyPort, topSpeed, WaybillHome, type RunningWaybill } from '../support/process/waybill';

const email = 'admin@waybill.local';

type LogIn = {
  readonly data: { readonly logIn: { readonly account?: { readonly roles: readonly string[] } } };
};

/** Returns the roles of a login; undefined if the credentials are wrong. */
const rolesBy = async (
  { url }: RunningWaybill,
  password: string,
  of: string = email,
): Promise<readonly string[] | undefined> => {
  const query = `mutation ($input: LogInInput!) { logIn(input: $input) { ... on LogInSuccess { account { roles } } } }`;
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input: { email: of, password } } }),
  });
  return ((await response.json()) as LogIn).data.logIn.account?.roles;
};

const passwordIn = (text: string): string => /password(?: of \S+ is)? (\S{16})/.exec(text)?.[1] ?? '';

describe('the administrator of a data directory', () => {
  let home: WaybillHome;
  let running: RunningWaybill | undefined;
  const environment = () => ({ ...anyPort, ...topSpeed, WAYBILL_DATA_DIR: home.directory });
  const admin = (...args: string[]) => runCommand(adminCommand, args, environment());
  const started = async (): Promise<RunningWaybill> => (running = await home.start());

  beforeEach(async () => {
    home = await WaybillHome.make();
  });
  afterEach(async () => {
    await running?.close();
    running = undefined;
    await home.remove();
  });

  it('has a password that is shown also where the first command is an import', async () => {
    const list = join(home.directory, 'sales.csv');
    const header = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID';
    await writeFile(list, `${header}\n1,A1,Anchor,1,2026-01-31,12.00,7\n`);
    const { err } = await runCommand(importCommand, ['products', list], environment());
    const password = passwordIn(err);
    expect(await rolesBy(await started(), password)).toEqual(['administrator', 'staff']);
    expect(running?.administrator?.password).toBeUndefined();
  });

  it('gets a new password by "admin reset", beside a Waybill that runs and without one', async () => {
    const first = await started();
    const made = first.administrator?.password ?? '';
    const beside = await admin('reset');
    expect(beside).toMatchObject({ code: exitCodes.ok, out: '' });
    const second = passwordIn(beside.err);
    expect(await rolesBy(first, made)).toBeUndefined();
    expect(await rolesBy(first, second)).toEqual(['administrator', 'staff']);
    await first.close();
    running = undefined;
    const third = passwordIn((await admin('reset')).err);
    const again = await started();
    expect(await rolesBy(again, second)).toBeUndefined();
    expect(await rolesBy(again, third)).toEqual(['administrator', 'staff']);
  });

  it('is made by "admin reset" on a new data directory, with one password', async () => {
    const { err } = await admin('reset');
    expect(err.match(/password/g)).toHaveLength(1);
    expect(await rolesBy(await started(), passwordIn(err))).toEqual(['administrator', 'staff']);
  });

  it('gives roles and takes them, but stays the last', async () => {
    const waybill = await started();
    const query = `mutation { signUp(input: { email: "sam@example.org", password: "correct horse", name: "Sam" }) { __typename } }`;
    await fetch(`${waybill.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    });
    const sam = () => rolesBy(waybill, 'correct horse', 'sam@example.org');
    expect(await admin('grant', 'sam@example.org', 'seller')).toMatchObject({ code: exitCodes.ok });
    expect(await sam()).toEqual(['customer', 'seller']);
    expect(await admin('revoke', 'sam@example.org', 'seller')).toMatchObject({ code: exitCodes.ok });
    expect(await sam()).toEqual(['customer']);
    const last = await admin('revoke', email, 'administrator');
    expect(last).toMatchObject({ code: exitCodes.failed });
    expect(last.err).toContain('LAST_ADMINISTRATOR: This is the last administrator.');
    expect(await admin('grant', 'who@example.org', 'staff')).toMatchObject({ code: exitCodes.notFound });
  });
});
