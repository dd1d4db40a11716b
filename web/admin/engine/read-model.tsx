import { Link, useParams, useSearch } from '@tanstack/react-router';
import type { TypedDocumentNode } from '@urql/core';
import { graphql, rejection, useAction, useShown, type Action, type ResultOf } from '../../api';
import { ActionButton } from '../../ui/form';
import { Table } from '../../ui/list';
import { Page } from '../../ui/page';
import { useEvery } from '../../ui/every';
import { Empty, Loaded } from '../../ui/states';
import { OtherCopy, readModelStates } from './read-model-copies';

const readModelQuery = graphql(`
  query ReadModel {
    projections {
      name
      version
      position
      lagEvents
      lagSeconds
      state
      detail
      rebuild {
        version
        state
        isFormer
        promotes
        done
        total
        eventsPerSecond
        etaSeconds
      }
    }
  }
`);

const diffQuery = graphql(`
  query ReadModelDiff($name: String!) {
    readModelDiff(name: $name) {
      serving
      other
      compared
      isComplete
      differing
      differences {
        documentId
        kind
        fields {
          path
          serving
          other
        }
      }
    }
  }
`);

const rebuild = graphql(
  `
    mutation RebuildReadModels($input: RebuildReadModelsInput!) {
      rebuildReadModels(input: $input) {
        __typename
        ... on RebuildReadModelsSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const pause = graphql(
  `
    mutation PauseReadModel($input: PauseReadModelInput!) {
      pauseReadModel(input: $input) {
        __typename
        ... on PauseReadModelSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const resume = graphql(
  `
    mutation ResumeReadModel($input: ResumeReadModelInput!) {
      resumeReadModel(input: $input) {
        __typename
        ... on ResumeReadModelSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const promote = graphql(
  `
    mutation PromoteReadModel($input: PromoteReadModelInput!) {
      promoteReadModel(input: $input) {
        __typename
        ... on PromoteReadModelSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const rollBack = graphql(
  `
    mutation RollBackReadModel($input: RollBackReadModelInput!) {
      rollBackReadModel(input: $input) {
        __typename
        ... on RollBackReadModelSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const retire = graphql(
  `
    mutation RetireReadModel($input: RetireReadModelInput!) {
      retireReadModel(input: $input) {
        __typename
        ... on RetireReadModelSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

type ReadModel = NonNullable<ResultOf<typeof readModelQuery>['projections']>[number];
type Diff = NonNullable<ResultOf<typeof diffQuery>['readModelDiff']>;

const EVERY_MS = 1_000;

function Operation<Data, Variables extends { input: unknown }>({
  label,
  document,
  input,
  onDone,
}: {
  readonly label: string;
  readonly document: TypedDocumentNode<Data, Variables>;
  readonly input: Parameters<Action<Data, Variables>['run']>[0];
  readonly onDone: () => void;
}) {
  const action = useAction(document);
  // The type of a success is not known for any document.
  const operate = (): Promise<void> =>
    action.run(input).then((success: unknown) => {
      if (success !== undefined) onDone();
    });
  return <ActionButton label={label} action={action} onRun={() => void operate()} />;
}

/** The operations that the present copies permit. */
function Operations({ of, onDone }: { readonly of: ReadModel; readonly onDone: () => void }) {
  const { name, version, state, rebuild: other } = of;
  const isBuilding = other !== null && !other.isFormer && other.state !== 'LIVE';
  return (
    <div className="actions">
      {!isBuilding && (
        <>
          <Operation
            label="Rebuild"
            document={rebuild}
            input={{ names: [name], promotes: true }}
            onDone={onDone}
          />
          <Operation
            label="Build a copy to compare"
            document={rebuild}
            input={{ names: [name], promotes: false }}
            onDone={onDone}
          />
        </>
      )}
      {other?.isFormer === false && other.state === 'LIVE' && (
        <Operation
          label={`Promote version ${other.version}`}
          document={promote}
          input={{ name }}
          onDone={onDone}
        />
      )}
      {other?.isFormer === true && (
        <Operation
          label={`Roll back to version ${other.version}`}
          document={rollBack}
          input={{ name }}
          onDone={onDone}
        />
      )}
      {other !== null && (
        <Operation
          label={`Remove version ${other.version}`}
          document={retire}
          input={{ name }}
          onDone={onDone}
        />
      )}
      {(state === 'PAUSED' ? [resume] : [pause]).map((document) => (
        <Operation
          key={state}
          label={state === 'PAUSED' ? 'Resume' : 'Pause'}
          document={document as typeof pause}
          input={{ name, version }}
          onDone={onDone}
        />
      ))}
    </div>
  );
}

const kinds = {
  MISSING: 'Only in the other copy',
  SUPERFLUOUS: 'Only in the copy that is shown',
  DIFFERENT: 'Different',
} as const;

function Differences({
  of: { serving, other, compared, isComplete, differing, differences },
}: {
  readonly of: Diff;
}) {
  return (
    <>
      <p role="status">
        {compared.toLocaleString()} documents compared{isComplete ? '' : ', not all in the time of a page'}:{' '}
        {differing.toLocaleString()} differ.
      </p>
      {differences.length > 0 && (
        <Table
          caption={`Differences between version ${serving} and version ${other}`}
          rows={differences}
          keyOf={({ documentId }) => documentId}
          columns={[
            { title: 'Document', cell: ({ documentId }) => <code>{documentId}</code> },
            { title: 'Difference', cell: ({ kind }) => kinds[kind] },
            {
              title: `Fields: version ${serving}, then version ${other}`,
              cell: ({ fields }) =>
                fields.map(({ path, serving: shown, other: expected }) => (
                  <div key={path}>
                    {path}: <del>{shown ?? 'absent'}</del> <ins>{expected ?? 'absent'}</ins>
                  </div>
                )),
            },
          ]}
        />
      )}
    </>
  );
}

function Comparison({ name }: { readonly name: string }) {
  const shown = useShown(diffQuery, { name });
  return (
    <Loaded shown={shown}>
      {({ readModelDiff: diff }) =>
        diff ? <Differences of={diff} /> : <Empty>There is no other copy to compare with.</Empty>
      }
    </Loaded>
  );
}

/** One read model: its copies, their progress, and the operations on them. */
export function ReadModelPage() {
  const { name } = useParams({ from: '/admin/engine/read-models/$name' });
  const { compare } = useSearch({ from: '/admin/engine/read-models/$name' });
  const shown = useShown(readModelQuery, {});
  useEvery(EVERY_MS, shown.reload);
  return (
    <Page title={`Read model ${name}`}>
      <Loaded shown={shown}>
        {({ projections }) => {
          const of = projections?.find((one) => one.name === name);
          if (of === undefined) return <Empty>There is no read model of this name.</Empty>;
          const { version, state, detail, lagEvents, position, rebuild: other } = of;
          return (
            <>
              <p>
                Version {version} is shown: {readModelStates[state]}, {lagEvents.toLocaleString()} events
                behind, position {position ?? '–'}. {detail}
              </p>
              {other && <OtherCopy of={other} name={name} />}
              <Operations of={of} onDone={shown.reload} />
              {other &&
                (compare === undefined ? (
                  <Link to="/admin/engine/read-models/$name" params={{ name }} search={{ compare: 'yes' }}>
                    Compare version {version} with version {other.version}
                  </Link>
                ) : (
                  <Comparison key={`${version} ${other.version}`} name={name} />
                ))}
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}
