import { printSchema } from 'graphql';
import { edgeSchema } from '../../gateways/graphql';
import { expectGenerated } from '../support/generated-file';

it('docs/reference/schema.graphql is the schema that is served', () =>
  expectGenerated('docs/reference/schema.graphql', `${printSchema(edgeSchema())}\n`));
