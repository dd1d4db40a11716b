// The architecture as a table: one line an arrow; whatever is not drawn here is forbidden.
// docs/explanation/imports.md says why; docs/explanation/architecture.md shows the picture that is drawn from the code.
const allowed = {
  domain: [],
  platform: ['domain/money', 'domain/kernel'],
  commands: ['domain', 'platform'],
  projections: ['domain', 'platform'],
  gateways: ['domain', 'platform', 'commands', 'projections', 'proto'],
  simulators: ['domain/kernel', 'platform', 'proto'],
  proto: [],
  web: [],
};
const folders = Object.keys(allowed).join('|');
const spec = '[.](spec|contract)[.]ts$';
const root = '^[^/]+/main[.]ts$';
const rule = (name, from, to) => ({
  name,
  severity: 'error',
  comment: 'see docs/explanation/imports.md',
  from,
  to,
});
export default {
  forbidden: [
    ...Object.entries(allowed).map(([from, to]) =>
      rule(
        `arrows-of-${from}`,
        { path: `^${from}/`, pathNot: [spec, root] },
        { path: `^(${folders}|cli|tests|ops|bench)/`, pathNot: `^(${[from, ...to].join('|')})/` },
      ),
    ),
    rule(
      'nothing-imports-the-cli',
      { path: `^(${folders})/` },
      { path: '^(cli|tests|bench)/', pathNot: '^tests/(support|contract)/' },
    ),
    rule(
      'domain-is-pure',
      { path: '^domain/', pathNot: spec },
      { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-no-pkg'] },
    ),
    rule(
      'aggregates-do-not-meet',
      { path: '^domain/([^/.]+)[/.]', pathNot: spec },
      { path: '^domain/(?!(money|kernel)/)', pathNot: '^domain/$1[/.]' },
    ),
    rule(
      'through-the-index',
      // Specs, and what supports them, also reach engines that are for tests alone.
      { path: '^([^/]+)/([^/]+)/', pathNot: [spec, '^tests/support/'] },
      {
        path: '^(domain|platform|projections)/(?!(money|kernel)/)[^/]+/(?!index[.]ts$)',
        // An engine that costs time to load has a door of its own, one folder further in.
        pathNot: ['^$1/$2/', '^platform/[^/]+/[^/]+/index[.]ts$'],
      },
    ),
    rule('no-cycle', {}, { circular: true }),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|bench/peers|coverage)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
