import { z } from 'zod';
import { envelopedNotices, envelopedReports, shipmentDetailResponse } from './enveloped';
import { plainNotices, plainReports } from './plain';
import { carrierWebhooks, shipmentNotices } from './signed';

/** A JSON Schema (2020-12) of a dialect: one definition a message, by its name. */
export type DialectSchema = {
  readonly $schema: string;
  readonly title: string;
  readonly $defs: Readonly<Record<string, object>>;
};

const definitionOf = (schema: z.ZodType): object => {
  // As an input schema, because readers ignore additional fields.
  const definition = z.toJSONSchema(schema, { io: 'input' });
  // The enclosing schema has it once.
  delete definition.$schema;
  return definition;
};

const schemaOf = (title: string, messages: readonly (readonly [string, z.ZodType])[]): DialectSchema => ({
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title,
  $defs: Object.fromEntries(messages.map(([name, schema]) => [name, definitionOf(schema)])),
});

const typeOf = (schema: { readonly shape: { readonly type: z.ZodLiteral<string> } }): string =>
  schema.shape.type.value;
const lastOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
const envelopeTypeOf = (schema: {
  readonly shape: { readonly message_type: z.ZodLiteral<string> };
}): string => schema.shape.message_type.value;
const eventTypeOf = (schema: z.ZodObject): string | undefined => {
  const type: unknown = schema.shape['event_type'];
  return type instanceof z.ZodLiteral ? String(type.value) : undefined;
};

/**
 * The published JSON Schemas of the webhooks, by dialect. Signed messages are named by their type, enveloped ones by
 * `message_type`, plain ones by the end of their path, or by `event_type`.
 */
export const webhookSchemas: Readonly<Record<'signed' | 'plain' | 'enveloped', DialectSchema>> = {
  signed: schemaOf(
    'Waybill: webhooks of the dialect signed',
    [...shipmentNotices, ...carrierWebhooks].map((schema) => [typeOf(schema), schema]),
  ),
  plain: schemaOf(
    'Waybill: webhooks of the dialect plain',
    [...plainNotices, ...plainReports].map(([path, schema]) => [eventTypeOf(schema) ?? lastOf(path), schema]),
  ),
  enveloped: schemaOf('Waybill: webhooks of the dialect enveloped', [
    ...[...envelopedNotices, ...envelopedReports].map(
      ([, schema]) => [envelopeTypeOf(schema), schema] as const,
    ),
    ['ShipmentDetailResponse', shipmentDetailResponse],
  ]),
};
