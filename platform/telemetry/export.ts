import { context, propagation, trace } from '@opentelemetry/api';
import type { Config, Environment } from '../config';

export type Exporter = { shutdown(): Promise<void> };

/** Returns the endpoint of traces, from the standard variables; undefined: no export, and no SDK is loaded. */
const endpointOf = (environment: Environment): string | undefined =>
  environment['OTEL_SDK_DISABLED'] === 'true'
    ? undefined
    : // An empty variable counts as absent.
      environment['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] ||
      environment['OTEL_EXPORTER_OTLP_ENDPOINT'] ||
      undefined;

/** Sends the spans that wait, and ends tracing in this process, so that what goes on makes no spans for an exporter that is gone. */
export const endTracing = async (provider: { shutdown(): Promise<void> }): Promise<void> => {
  await provider.shutdown();
  for (const api of [trace, context, propagation]) api.disable();
};

/**
 * Starts the export of spans by OTLP over HTTP if an endpoint is configured. The SDK is loaded only then, because that
 * takes a large part of the start-up time.
 *
 * @param role - part of `service.name` unless `OTEL_SERVICE_NAME` is set.
 */
export const startTraceExport = async (
  config: Pick<Config, 'traceSample'>,
  environment: Environment,
  role: string,
): Promise<Exporter | undefined> => {
  if (endpointOf(environment) === undefined) return undefined;
  const [sdk, otlp, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const provider = new sdk.NodeTracerProvider({
    resource: resourceFromAttributes({
      'service.name': environment['OTEL_SERVICE_NAME'] ?? (role === 'all' ? 'waybill' : `waybill-${role}`),
    }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(config.traceSample) }),
    spanProcessors: [new sdk.BatchSpanProcessor(new otlp.OTLPTraceExporter())],
  });
  provider.register();
  return { shutdown: () => endTracing(provider) };
};
