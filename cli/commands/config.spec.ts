import { runCommand } from '../../tests/support/process/command-line';
import { exitCodes } from '../program/command';
import { configCommand } from './config';

const environment = {
  WAYBILL_HTTP_PORT: '4100',
  WAYBILL_ADMIN_PASSWORD: 'correct horse',
  WAYBILL_READ_MODELS: 'mongodb://me:hunter2@db/shop',
  WAYBILL_HTPP_PORT: '1',
};

describe('waybill config', () => {
  it('shows each setting with its description, warns of unknown ones and hides secrets', async () => {
    const { code, out, err } = await runCommand(configCommand, [], environment);
    expect(code).toBe(exitCodes.ok);
    expect(out).toContain('WAYBILL_HTTP_PORT=4100\n    GraphQL, webhooks, health and metrics.');
    expect(out).toContain('WAYBILL_GRPC_PORT=50051\n');
    expect(out).toContain('WAYBILL_ADMIN_PASSWORD=[secret]\n');
    expect(out).not.toMatch(/hunter2|correct horse/);
    expect(err).toBe('warning: WAYBILL_HTPP_PORT is not a setting of Waybill and does nothing.');
  });

  it('shows the same as JSON', async () => {
    const { out } = await runCommand(configCommand, ['--json'], environment);
    expect(JSON.parse(out)).toMatchObject({
      WAYBILL_HTTP_PORT: 4100,
      WAYBILL_READ_MODELS: '[secret]',
      WAYBILL_EVENT_STORE: 'embedded',
      WAYBILL_SHOP_URL: null,
    });
  });
});
