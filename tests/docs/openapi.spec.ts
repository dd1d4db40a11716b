import { Validator } from '@seriousme/openapi-schema-validator';
import { restDocument } from '../../gateways/graphql';
import { expectGenerated } from '../support/generated-file';

const document = restDocument();

it('docs/reference/openapi.json is the document that is served', () =>
  expectGenerated('docs/reference/openapi.json', `${JSON.stringify(document, undefined, 2)}\n`));

it('is an OpenAPI 3.1 document', async () => {
  const result = await new Validator().validate(
    JSON.parse(JSON.stringify(document)) as Record<string, unknown>,
  );
  expect(result).toEqual({ valid: true });
});
