import { useNavigate, useSearch } from '@tanstack/react-router';
import { graphql, pageEnds, rejection, useAction, useShown, type ResultOf } from '../../api';
import { Photos } from '../../pictures/photos';
import { ActionButton, Form, Input, Select } from '../../ui/form';
import { List, pageVariables } from '../../ui/list';
import { Moment } from '../../ui/moment';
import { Page } from '../../ui/page';
import { Loaded } from '../../ui/states';
import { useUndo } from '../../ui/undo';

const casesQuery = graphql(
  `
    query ModerationCases($first: Int, $after: String, $last: Int, $before: String, $state: ModerationState) {
      moderationCases(first: $first, after: $after, last: $last, before: $before, state: $state) {
        totalCount
        totalCountIsExact
        pageInfo {
          ...PageEnds
        }
        edges {
          node {
            id
            state
            hiddenFor
            changedAt
            reports {
              reason
              note
            }
            contribution {
              __typename
              ... on Review {
                id
                authorName
                text
                photos {
                  id
                  url
                  thumbnailUrl
                }
              }
              ... on Post {
                id
                authorName
                text
              }
            }
          }
        }
      }
    }
  `,
  [pageEnds],
);

const hideContribution = graphql(
  `
    mutation HideContribution($input: HideContributionInput!) {
      hideContribution(input: $input) {
        __typename
        ... on HideContributionSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const restoreContribution = graphql(
  `
    mutation RestoreContribution($input: RestoreContributionInput!) {
      restoreContribution(input: $input) {
        __typename
        ... on RestoreContributionSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

const dismissReports = graphql(
  `
    mutation DismissReports($input: DismissReportsInput!) {
      dismissReports(input: $input) {
        __typename
        ... on DismissReportsSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

type Case = NonNullable<ResultOf<typeof casesQuery>['moderationCases']>['edges'][number]['node'];

const subjectOf = ({ id, contribution }: Case) =>
  contribution?.__typename === 'Review' ? { reviewId: id } : { postId: id };

type Decided = 'hidden' | 'restored' | 'dismissed';

function Decide({
  of,
  onDone,
}: {
  readonly of: Case;
  /** `reason`: the one for which it is hidden, or was. */
  readonly onDone: (decided: Decided, reason: string) => void;
}) {
  const hide = useAction(hideContribution);
  const restore = useAction(restoreContribution);
  const dismiss = useAction(dismissReports);
  const { id, state, hiddenFor } = of;
  const on = subjectOf(of);
  if (state === 'HIDDEN')
    return (
      <ActionButton
        label="Restore"
        action={restore}
        onRun={() => void restore.run(on).then((done) => done && onDone('restored', hiddenFor ?? ''))}
      />
    );
  return (
    <>
      <Form
        submit="Hide"
        isRunning={hide.isRunning}
        problem={hide.problem}
        fields={['reason']}
        about={id}
        onSubmit={({ reason = '' }) =>
          void hide.run({ ...on, reason }).then((done) => done && onDone('hidden', reason))
        }
      >
        <Input name="reason" label="Reason, for its author" maxLength={500} required problem={hide.problem} />
      </Form>
      <ActionButton
        label="Dismiss the reports"
        action={dismiss}
        onRun={() => void dismiss.run(on).then((done) => done && onDone('dismissed', ''))}
      />
    </>
  );
}

/** Offers to undo the last decision. Reports that were dismissed stay so. */
const useLastDecision = (onUndone: () => void) => {
  const hide = useAction(hideContribution);
  const restore = useAction(restoreContribution);
  const hidden = useUndo(restore);
  const restored = useUndo(hide);
  const noteUndone = <Success,>(success: Success): Success => {
    if (success) onUndone();
    return success;
  };
  return {
    note: (
      <>
        {hidden.note}
        {restored.note}
      </>
    ),
    onDecided: (of: Case, decided: Decided, reason: string): void => {
      const on = subjectOf(of);
      const by = of.contribution?.authorName ?? '–';
      hidden.withdraw();
      restored.withdraw();
      if (decided === 'hidden')
        hidden.offer(`The words of ${by} are hidden.`, async () => noteUndone(await restore.run(on)));
      if (decided === 'restored')
        restored.offer(`The words of ${by} are shown again.`, async () =>
          noteUndone(await hide.run({ ...on, reason })),
        );
    },
  };
};

/** The words of a contribution, with the photos of a review. */
function Words({ of }: { readonly of: Case['contribution'] }) {
  return (
    <>
      {of?.text ?? '–'}
      {of?.__typename === 'Review' && <Photos of={of.photos} />}
    </>
  );
}

/** Reviews, questions and answers that were reported or are hidden, with what a moderator can decide. */
export function ModerationPage() {
  const search = useSearch({ from: '/admin/moderation' });
  const navigate = useNavigate({ from: '/admin/moderation' });
  const state = search.state ?? 'OPEN';
  const shown = useShown(casesQuery, { ...pageVariables(search), state });
  const { note, onDecided } = useLastDecision(shown.reload);
  const onDone = (of: Case, decided: Decided, reason: string): void => {
    onDecided(of, decided, reason);
    shown.reload();
  };
  return (
    <Page title="Moderation">
      <Select
        name="state"
        label="State"
        options={[
          ['OPEN', 'Reported'],
          ['HIDDEN', 'Hidden'],
        ]}
        value={state}
        onChange={(chosen) => void navigate({ search: { state: chosen } })}
      />
      {note}
      <Loaded shown={shown}>
        {({ moderationCases }) =>
          moderationCases && (
            <List
              caption="Moderation"
              connection={moderationCases}
              empty={state === 'OPEN' ? 'Nothing is reported.' : 'Nothing is hidden.'}
              columns={[
                { title: 'Since', cell: ({ changedAt }) => <Moment at={changedAt} /> },
                { title: 'Author', cell: ({ contribution }) => contribution?.authorName ?? '–' },
                { title: 'Text', cell: ({ contribution }) => <Words of={contribution} /> },
                {
                  title: 'Why',
                  cell: ({ hiddenFor, reports }) =>
                    hiddenFor ?? reports.map(({ reason, note }) => `${reason} ${note}`.trim()).join(', '),
                },
                {
                  title: 'Decision',
                  cell: (node) => <Decide of={node} onDone={(...how) => onDone(node, ...how)} />,
                },
              ]}
            />
          )
        }
      </Loaded>
    </Page>
  );
}
