type Variable =
  | 'WAYBILL_TEST_MONGODB'
  | 'WAYBILL_TEST_FERRETDB_BINARY'
  | 'WAYBILL_TEST_NATS'
  | 'WAYBILL_TEST_NATS_BINARY'
  | 'WAYBILL_TEST_EVENTSTORE_GO_CLIENT';

/**
 * A suite for a real server or client, that a variable names. Without the variable it is skipped, and named at the end of the run; in
 * CI (`CI=true`) it fails instead.
 *
 * @param define - given what the variable holds.
 */
export const describeOn = (variable: Variable, name: string, define: (value: string) => void): void => {
  const value = process.env[variable];
  if (value) {
    describe(name, () => define(value));
    return;
  }
  const missing = `needs ${variable}: run it with \`npm run test:int\``;
  if (process.env['CI'] === 'true')
    describe(name, () => {
      it(missing, () => {
        throw new Error(`CI must set ${variable}: it names what this suite runs with`);
      });
    });
  else
    describe.skip(name, () => {
      it(missing, () => undefined);
    });
};
