import { Link } from '@tanstack/react-router';
import { graphql, usePermissions, useShown } from '../../api';
import { useEvery } from '../../ui/every';
import { Table } from '../../ui/list';
import { Page } from '../../ui/page';
import { Loaded } from '../../ui/states';
import { Invariants } from './invariants';
import { LiveFigures } from './live-figures';
import { OtherCopy, readModelStates } from './read-model-copies';

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

const EVERY_MS = 2_000;

/** The state of the engine: read models, invariants, health and figures, each two seconds. */
export function EnginePage() {
  const shown = useShown(projectionsQuery, {});
  const permissions = usePermissions();
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
                {
                  title: 'Read model',
                  cell: ({ name, version }) => (
                    <>
                      <Link to="/admin/engine/read-models/$name" params={{ name }}>
                        {name}
                      </Link>{' '}
                      (version {version})
                    </>
                  ),
                },
                {
                  title: 'State',
                  cell: ({ state, detail }) =>
                    `${readModelStates[state]}${detail === null ? '' : `: ${detail}`}`,
                },
                { title: 'Position', cell: ({ position }) => position ?? '–' },
                {
                  title: 'Events behind',
                  cell: ({ lagEvents }) => lagEvents.toLocaleString(),
                  isFigure: true,
                },
                { title: 'Seconds behind', cell: ({ lagSeconds }) => lagSeconds.toFixed(1), isFigure: true },
                {
                  title: 'Rebuild',
                  cell: ({ name, rebuild }) => (rebuild ? <OtherCopy of={rebuild} name={name} /> : '–'),
                },
              ]}
            />
          )}
        </Loaded>
      </section>
      {permissions.has('event:read') && <Invariants />}
      <LiveFigures />
    </Page>
  );
}
