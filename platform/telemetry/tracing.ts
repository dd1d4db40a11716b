import {
  context,
  INVALID_SPAN_CONTEXT,
  isSpanContextValid,
  propagation,
  ProxyTracerProvider,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Link,
  type Span,
  type Tracer,
  SpanKind,
} from '@opentelemetry/api';

export type SpanOptions = {
  readonly kind?: 'internal' | 'server' | 'client' | 'producer' | 'consumer' | undefined;
  readonly attributes?: Attributes | undefined;
  /** The W3C trace context of the cause, if it is not the active span. Becomes the parent. */
  readonly parent?: string | undefined;
  /** W3C trace contexts of further causes: each becomes a link. */
  readonly links?: readonly (string | undefined)[] | undefined;
};

const kinds = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

const contextOf = (traceparent: string | undefined): Context =>
  traceparent === undefined ? context.active() : propagation.extract(context.active(), { traceparent });

const linkTo = (traceparent: string | undefined): readonly Link[] => {
  if (traceparent === undefined) return [];
  const spanContext = trace.getSpanContext(contextOf(traceparent));
  return spanContext && isSpanContextValid(spanContext) ? [{ context: spanContext }] : [];
};

const fail = (span: Span, error: unknown): void => {
  span.recordException(error instanceof Error ? error : new Error(String(error)));
  span.setStatus({
    code: SpanStatusCode.ERROR,
    message: error instanceof Error ? error.message : String(error),
  });
};

/** Returns undefined when traces are off: the API's own no-op tracer would copy the context for every span. */
const tracerInUse = (): Tracer | undefined => {
  const provider = trace.getTracerProvider();
  return provider instanceof ProxyTracerProvider
    ? provider.getDelegateTracer('waybill')
    : provider.getTracer('waybill');
};

const noSpan = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);

const runInSpan = <Result>(
  tracer: Tracer,
  name: string,
  options: SpanOptions,
  work: (span: Span) => Promise<Result>,
): Promise<Result> => {
  const settings = {
    kind: kinds[options.kind ?? 'internal'],
    attributes: options.attributes ?? {},
    links: (options.links ?? []).flatMap(linkTo),
  };
  return tracer.startActiveSpan(name, settings, contextOf(options.parent), async (span) => {
    try {
      return await work(span);
    } catch (error) {
      fail(span, error);
      throw error;
    } finally {
      span.end();
    }
  });
};

/** Runs `work` inside a span; an error of `work` marks the span as failed. Costs next to nothing when traces are off. */
export const withSpan = <Result>(
  name: string,
  options: SpanOptions,
  work: (span: Span) => Promise<Result>,
): Promise<Result> => {
  const tracer = tracerInUse();
  return tracer === undefined ? work(noSpan) : runInSpan(tracer, name, options, work);
};

/** The active span's W3C trace context (`00-<trace>-<span>-<flags>`); undefined outside of any, or when traces are off. */
export const currentTraceparent = (): string | undefined => {
  if (trace.getActiveSpan() === undefined) return undefined;
  const carrier: Record<string, string> = {};
  propagation.inject(context.active(), carrier);
  return carrier['traceparent'];
};

/** Returns the 32 hex digits that logs show; undefined outside of a trace. */
export const currentTraceId = (): string | undefined => trace.getActiveSpan()?.spanContext().traceId;
