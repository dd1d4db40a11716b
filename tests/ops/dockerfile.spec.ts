import { createOperationsServer } from '../../cli/roles/edge';
import { realClock } from '../../platform/clock';
import { startCommand } from '../../cli/commands/start';
import { readConfig } from '../../platform/config';
import { createMetricsRegistry } from '../../platform/telemetry';
import { compose } from '../support/process/compose';
import { nodeOptions } from '../support/node-options';
import { exists, jsonOf, textOf } from '../support/project-files';

/** `[keyword, rest]` of each instruction, continued lines joined. */
const instructions = textOf('Dockerfile')
  .replace(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
  .map((line) => /^(\w+) (.*)$/.exec(line)!.slice(1) as [string, string]);

const all = (keyword: string): readonly string[] =>
  instructions.filter(([found]) => found === keyword).map(([, rest]) => rest);

const environment = Object.fromEntries(
  all('ENV').flatMap((rest) => rest.split(/\s+/).map((pair) => pair.split('=') as [string, string])),
);

const isRoute = async (url: string): Promise<boolean> => {
  const parts = {
    readiness: async () => ({ ready: true, parts: {} }),
    plugins: [],
    metrics: createMetricsRegistry(),
    trustProxy: false,
    clock: realClock,
  };
  const server = createOperationsServer(parts);
  await server.ready();
  const found = server.hasRoute({ method: 'GET', url });
  await server.close();
  return found;
};

it('runs with the same options of Node from each script', () => {
  const { scripts, bin } = jsonOf('package.json') as {
    readonly scripts: Readonly<Record<string, string>>;
    readonly bin: { readonly waybill: string };
  };
  expect(nodeOptions.length).toBeGreaterThan(0);
  const starts = Object.values(scripts).filter((script) => script.includes(bin.waybill));
  const command = ['node', ...nodeOptions, bin.waybill].join(' ');
  expect(starts).toEqual([`${command} start`, command]);
});

describe('the Dockerfile', () => {
  const manifest = jsonOf('package.json') as { bin: { waybill: string }; engines: { node: string } };

  it('builds on a pinned Node that package.json accepts', () => {
    const { major, minor } = /^NODE_IMAGE=node:(?<major>\d+)\.(?<minor>\d+)\.\d+-/.exec(
      all('ARG')[0]!,
    )!.groups!;
    expect(manifest.engines.node).toBe('>=20.19');
    expect([Number(major), Number(minor) >= 19]).toEqual([20, true]);
    all('FROM').forEach((from) => expect(from).toMatch(/^\$\{NODE_IMAGE\}( AS build)?$/));
  });

  it('runs the executable as an unprivileged user', () => {
    expect(JSON.parse(all('ENTRYPOINT')[0]!)).toEqual(['node', ...nodeOptions, manifest.bin.waybill]);
    expect(JSON.parse(all('CMD')[0]!)).toEqual([startCommand.name]);
    expect(all('USER')).toEqual(['node']);
  });

  it('sets settings that there are', () => {
    const { config, warnings } = readConfig(environment);
    expect(warnings).toEqual([]);
    expect(all('VOLUME')).toEqual([config.dataDir]);
    const { httpPort, grpcPort, worldAmazonPort, worldUpsPort, carrierPort } = config;
    expect(all('EXPOSE')).toEqual([
      [httpPort, grpcPort, worldAmazonPort, worldUpsPort, carrierPort].join(' '),
    ]);
  });

  it('requests the health at the configured address', async () => {
    const asked = [
      ...all('HEALTHCHECK'),
      ...Object.values(compose.services).flatMap(({ build, healthcheck }) =>
        build === undefined ? [] : (healthcheck?.test ?? []),
      ),
    ].flatMap((text) => /(\/health\/\w+)/.exec(text)?.[1] ?? []);
    expect(new Set(asked)).toEqual(new Set(['/health/live', '/health/ready']));
    for (const url of new Set(asked)) expect(await isRoute(url)).toBe(true);
  });

  it('is given every file of the build, and nothing besides', () => {
    const allowed = textOf('.dockerignore')
      .split('\n')
      .flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
    const { include } = jsonOf('tsconfig.build.json') as { include: readonly string[] };
    const copied = all('COPY').flatMap((rest) =>
      rest.startsWith('--from') ? [] : rest.split(' ').slice(0, -1),
    );
    const wanted = [
      ...include,
      'web',
      'tsconfig.json',
      'tsconfig.build.json',
      'ops/compile.mjs',
      ...copied.filter((file) => file !== '.'),
    ];
    expect([...allowed].sort()).toEqual([...wanted].sort());
    allowed.forEach((file) => expect({ file, there: exists(file) }).toEqual({ file, there: true }));
  });
});
