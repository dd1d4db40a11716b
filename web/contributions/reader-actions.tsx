import { useState } from 'react';
import { useAccount, useAction } from '../api';
import { ActionButton, Field, Form, Select } from '../ui/form';
import { reportContribution, retractHelpfulVote, voteHelpful } from './documents';
import { useContributionWords } from './words';

/** The review or post of a vote or a report, as the inputs of the mutations name it. */
export type Subject = { readonly reviewId: string } | { readonly postId: string };

type Votes = { readonly helpful: number; readonly isHelpfulToViewer: boolean };

/** The number of votes, and a button by which the account votes, or takes its vote back. */
export function Helpful({ on, of }: { readonly on: Subject; readonly of: Votes }) {
  const words = useContributionWords();
  const account = useAccount();
  const vote = useAction(voteHelpful);
  const retract = useAction(retractHelpfulVote);
  const { helpful, isHelpfulToViewer } = of;
  if (!account) return helpful > 0 ? <small>{words.helpful(helpful)}</small> : null;
  const action = isHelpfulToViewer ? retract : vote;
  return (
    <ActionButton
      label={isHelpfulToViewer ? words.notHelpful(helpful) : words.helpful(helpful)}
      action={action}
      onRun={() => void action.run(on)}
    />
  );
}

const reasons = ['SPAM', 'OFFENSIVE', 'PRIVATE', 'UNTRUE', 'OTHER'] as const;

/** A form that reports something to the moderators, folded until it is wanted. */
export function Report({ on }: { readonly on: Subject }) {
  const words = useContributionWords();
  const account = useAccount();
  const action = useAction(reportContribution);
  const [isSent, setSent] = useState(false);
  if (!account) return null;
  if (isSent) return <p role="status">{words.reported}</p>;
  const send = async (reason: (typeof reasons)[number], note: string): Promise<void> => {
    if (await action.run({ ...on, reason, note })) setSent(true);
  };
  return (
    <details>
      <summary>{words.report}</summary>
      <Form
        submit={words.sendReport}
        isRunning={action.isRunning}
        problem={action.problem}
        about={'postId' in on ? on.postId : on.reviewId}
        onSubmit={({ reason, note = '' }) =>
          void send(reasons.find((each) => each === reason) ?? 'OTHER', note)
        }
      >
        <Select
          name="reason"
          label={words.reason}
          value="SPAM"
          options={reasons.map((each) => [each, words.reasons[each]] as const)}
        />
        <Field label={words.note}>
          {(control) => <textarea {...control} name="note" rows={2} maxLength={500} />}
        </Field>
      </Form>
    </details>
  );
}
