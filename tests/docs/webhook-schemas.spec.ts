import { webhookSchemas } from '../../proto/carrier';
import { expectGenerated } from '../support/generated-file';

it.each(Object.entries(webhookSchemas))(
  'docs/reference/webhooks has the JSON Schema of %s',
  (dialect, schema) =>
    expectGenerated(`docs/reference/webhooks/${dialect}.schema.json`, `${JSON.stringify(schema, null, 2)}\n`),
);
