import { z } from 'zod';
import { readConfig, settings } from '../../platform/config';
import { expectGenerated } from '../support/generated-file';

const defaults = readConfig({}).config;

const valuesOf = (schema: z.ZodType): string => {
  const {
    type,
    enum: options,
    minimum,
    maximum,
  } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  if (options) return options.map((option) => `\`${String(option)}\``).join(' ');
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
  return type === 'string' || type === undefined ? 'text' : String(type);
};

const row = ([name, entry]: [string, (typeof settings)[keyof typeof settings]]): string => {
  const value = defaults[name as keyof typeof defaults];
  // No list has a default.
  const shown = value === undefined || typeof value === 'object' ? '' : `\`${String(value)}\``;
  const files = 'secret' in entry ? ` Also as \`${entry.variable}_FILE\`.` : '';
  return `| \`${entry.variable}\` | ${shown} | ${valuesOf(entry.schema)} | ${entry.help}${files} |`;
};

it('docs/reference/configuration.md lists every setting', () =>
  expectGenerated(
    'docs/reference/configuration.md',
    [
      '# Configuration',
      '',
      'Everything is set by environment variables and checked at the start: a wrong value stops it with one line a variable; an unknown `WAYBILL_*` is a warning. An empty variable counts as absent. `waybill config` shows what is in force.',
      '',
      '| Variable | Default | Values | What it is for |',
      '| --- | --- | --- | --- |',
      ...Object.entries(settings).map((entry) => row(entry)),
      '',
      'Traces are exported when `OTEL_EXPORTER_OTLP_ENDPOINT` (or `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT`) is set; the standard `OTEL_SERVICE_NAME`, `OTEL_EXPORTER_OTLP_HEADERS` and `OTEL_SDK_DISABLED` are honoured.',
      '',
    ].join('\n'),
  ));
