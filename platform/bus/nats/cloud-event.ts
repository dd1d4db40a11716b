import { z } from 'zod';
import type { IntegrationEvent } from '../bus';

/** CloudEvents 1.0, JSON, structured mode: the whole event is the message's body. */
export const CONTENT_TYPE = 'application/cloudevents+json; charset=utf-8';

const cloudEvent = z.object({
  specversion: z.literal('1.0'),
  id: z.string().min(1),
  type: z.string().min(1),
  source: z.string().min(1),
  subject: z.string().default(''),
  time: z.string().default(''),
  data: z.record(z.string(), z.unknown()).default({}),
  traceparent: z.string().optional(),
});

export const encodeCloudEvent = (event: IntegrationEvent): string => {
  const { id, type, source, subject, time, data, traceparent } = event;
  const attributes = { specversion: '1.0', id, type, source, subject, time };
  // `traceparent` is the Distributed Tracing extension.
  return JSON.stringify({ ...attributes, traceparent, datacontenttype: 'application/json', data });
};

/** @throws Error for text that is no CloudEvent with an object as its data. */
export const decodeCloudEvent = (text: string): IntegrationEvent => {
  const { id, type, source, subject, time, data, traceparent } = cloudEvent.parse(JSON.parse(text));
  const event = { id, type, source, subject, time, data };
  return traceparent === undefined ? event : { ...event, traceparent };
};
