export { boundedLogger } from './bounded-logger';
export { endTracing, startTraceExport } from './export';
export type { Exporter } from './export';
export { createLogger, silentLogger } from './logger';
export type { Logger } from './logger';
export { counter, createMetricsRegistry, registerGauge, registerGauges, timer } from './metrics';
export type { Gauge, MetricSpec, Reading } from './metrics';
export { currentTraceId, currentTraceparent, withSpan } from './tracing';
export type { SpanOptions } from './tracing';
