import { graphql, useShown, type ResultOf } from '../api';
import { useEvery } from '../ui/every';
import { Table } from '../ui/list';
import { Page } from '../ui/page';
import { Loaded } from '../ui/states';
import { LiveFigures } from './live-figures';

const projectionsQuery = graphql(`
  query Projections {
    projections {
      name
      version
      position
      head
      lagEvents
      lagSeconds
      state
      detail
      rebuild {
        version
        state
        done
        total
        eventsPerSecond
        etaSeconds
      }
    }
  }
`);

type Projection = NonNullable<ResultOf<typeof projectionsQuery>['projections']>[number];

const EVERY_MS = 2_000;

const states = { LIVE: 'Live', CATCHING_UP: 'Catching up', PAUSED: 'Paused', FAILED: 'Failed' } as const;

function Rebuild({ of }: { readonly of: Projection }) {
  const { rebuild, name } = of;
  if (rebuild === null) return '–';
  const { version, state, done, total, eventsPerSecond, etaSeconds } = rebuild;
  return (
    <>
      <progress aria-label={`Rebuild of ${name}`} value={done} max={Math.max(total, 1)} /> Version {version}:{' '}
      {states[state]}, {done.toLocaleString()} of {total.toLocaleString()} events,{' '}
      {Math.round(eventsPerSecond).toLocaleString()} in a second
      {etaSeconds !== null && `, ${Math.ceil(etaSeconds).toLocaleString()} s left`}
    </>
  );
}

/** The state of the engine: read models, health and figures, each two seconds. */
export function EnginePage() {
  const shown = useShown(projectionsQuery, {});
  useEvery(EVERY_MS, shown.reload);
  return (
    <Page title="Engine room">
      <section aria-labelledby="read-models">
        <h2 id="read-models">Read models</h2>
        <Loaded shown={shown}>
          {({ projections }) => (
            <Table
              caption="Progress of the read models"
              rows={projections ?? []}
              keyOf={({ name }) => name}
              columns={[
                { title: 'Read model', cell: ({ name, version }) => `${name} (version ${version})` },
                {
                  title: 'State',
                  cell: ({ state, detail }) => `${states[state]}${detail === null ? '' : `: ${detail}`}`,
                },
                { title: 'Position', cell: ({ position }) => position ?? '–' },
                {
                  title: 'Events behind',
                  cell: ({ lagEvents }) => lagEvents.toLocaleString(),
                  isFigure: true,
                },
                { title: 'Seconds behind', cell: ({ lagSeconds }) => lagSeconds.toFixed(1), isFigure: true },
                { title: 'Rebuild', cell: (of) => <Rebuild of={of} /> },
              ]}
            />
          )}
        </Loaded>
      </section>
      <LiveFigures />
    </Page>
  );
}
