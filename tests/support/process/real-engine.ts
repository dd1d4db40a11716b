import { hasSmallDisks } from './small-disk';

type Variable =
  | 'WAYBILL_TEST_ANALYTICS_PYTHON'
  | 'WAYBILL_TEST_CHROMIUM'
  | 'WAYBILL_TEST_EVENTSTORE'
  | 'WAYBILL_TEST_EVENTSTORE_FOR_CLIENTS'
  | 'WAYBILL_TEST_EVENTSTORE_FOR_ROLES'
  | 'WAYBILL_TEST_EVENTSTORE_GO_CLIENT'
  | 'WAYBILL_TEST_EVENTSTORE_PYTHON_CLIENT'
  | 'WAYBILL_TEST_EVENTSTORE_RUST_CLIENT'
  | 'WAYBILL_TEST_MONGODB'
  | 'WAYBILL_TEST_FERRETDB_BINARY'
  | 'WAYBILL_TEST_NATS'
  | 'WAYBILL_TEST_NATS_BINARY'
  | 'WAYBILL_TEST_PYTHON'
  | 'WAYBILL_TEST_STANDARD_WEBHOOKS';

/** Stands in for a suite that lacks what it needs: skipped, and named at the end of the run; in CI (`CI=true`) it fails instead. */
const describeWithout = (needs: string, name: string): void => {
  if (process.env['CI'] === 'true')
    describe(name, () => {
      it(`needs ${needs}`, () => {
        throw new Error(`CI must have what this suite runs with: ${needs}`);
      });
    });
  else
    describe.skip(name, () => {
      it(`needs ${needs}`, () => undefined);
    });
};

/**
 * A suite for a real server or client, that a variable names.
 *
 * @param define - given what the variable holds.
 */
export const describeOn = (variable: Variable, name: string, define: (value: string) => void): void => {
  const value = process.env[variable];
  if (value) describe(name, () => define(value));
  else describeWithout(variable, name);
};

/** A suite that fills disks of its own. */
export const describeOnSmallDisks = (name: string, define: () => void): void => {
  if (hasSmallDisks()) describe(name, define);
  else describeWithout('unshare -Urm', name);
};
