import { useNavigate, useSearch } from '@tanstack/react-router';
import { graphql, pageEnds, rejection, useAction, useShown, type ResultOf } from '../../api';
import { Photos } from '../../pictures/photos';
import { ActionButton, Form, Input, Select } from '../../ui/form';
import { List, pageVariables } from '../../ui/list';
import { Moment } from '../../ui/moment';
import { Page } from '../../ui/page';
import { Loaded } from '../../ui/states';

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

function Decide({ of, onDone }: { readonly of: Case; readonly onDone: () => void }) {
  const hide = useAction(hideContribution);
  const restore = useAction(restoreContribution);
  const dismiss = useAction(dismissReports);
  const { id, state, contribution } = of;
  const on = contribution?.__typename === 'Review' ? { reviewId: id } : { postId: id };
  if (state === 'HIDDEN')
    return (
      <ActionButton
        label="Restore"
        action={restore}
        onRun={() => void restore.run(on).then((done) => done && onDone())}
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
        onSubmit={({ reason = '' }) => void hide.run({ ...on, reason }).then((done) => done && onDone())}
      >
        <Input name="reason" label="Reason, for its author" maxLength={500} required problem={hide.problem} />
      </Form>
      <ActionButton
        label="Dismiss the reports"
        action={dismiss}
        onRun={() => void dismiss.run(on).then((done) => done && onDone())}
      />
    </>
  );
}

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
                { title: 'Decision', cell: (node) => <Decide of={node} onDone={shown.reload} /> },
              ]}
            />
          )
        }
      </Loaded>
    </Page>
  );
}
