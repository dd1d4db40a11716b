import type { ReactNode } from 'react';
import { useAction } from '../api';
import { ActionButton, Select } from '../ui/form';
import { Empty } from '../ui/states';
import {
  approveAfterSales,
  closeAfterSales,
  decideAfterSalesDispute,
  refundAfterSalesInstead,
  refuseAfterSales,
  retryAfterSalesRefund,
} from './mutations';
import { InspectParcel, ReceiveParcel, SendReplacement } from './parcel-actions';
import { afterRun, ApprovalInputs, Remark, StepForm, type StepProps } from './step-form';
import { stepsOf, type Rights, type Step } from './steps';
import { useDecisionWords } from './words';

function Approve({ of: { id: afterSalesId }, onDone }: StepProps) {
  const words = useDecisionWords();
  const action = useAction(approveAfterSales);
  return (
    <StepForm
      label={words.approve}
      action={action}
      fields={['returnTo', 'remark']}
      onSubmit={({ remark = '', returnTo }) =>
        void afterRun(action.run({ afterSalesId, remark, returnTo: returnTo || null }), onDone)
      }
    >
      <ApprovalInputs problem={action.problem} />
    </StepForm>
  );
}

function Refuse({ of: { id: afterSalesId }, onDone }: StepProps) {
  const words = useDecisionWords();
  const action = useAction(refuseAfterSales);
  return (
    <StepForm
      label={words.refuse}
      action={action}
      fields={['remark']}
      onSubmit={({ remark = '' }) => void afterRun(action.run({ afterSalesId, remark }), onDone)}
    >
      <Remark problem={action.problem} />
    </StepForm>
  );
}

const parties = ['CUSTOMER', 'SELLER'] as const;

function Settle({ of: { id: afterSalesId }, onDone }: StepProps) {
  const words = useDecisionWords();
  const action = useAction(decideAfterSalesDispute);
  return (
    <StepForm
      label={words.settle}
      action={action}
      fields={['returnTo', 'remark']}
      onSubmit={({ inFavourOf, remark = '', returnTo }) => {
        const party = parties.find((each) => each === inFavourOf);
        if (party === undefined) return;
        const input = { afterSalesId, inFavourOf: party, remark, returnTo: returnTo || null };
        void afterRun(action.run(input), onDone);
      }}
    >
      <Select
        name="inFavourOf"
        label={words.inFavourOf}
        options={parties.map((each) => [each, words.parties[each]] as const)}
      />
      <ApprovalInputs problem={action.problem} />
    </StepForm>
  );
}

function RefundInstead({ of: { id: afterSalesId }, onDone }: StepProps) {
  const words = useDecisionWords();
  const action = useAction(refundAfterSalesInstead);
  const run = (): void => void afterRun(action.run({ afterSalesId }), onDone);
  return <ActionButton label={words.refundInstead} action={action} onRun={run} />;
}

function RetryRefund({ of: { id: afterSalesId }, onDone }: StepProps) {
  const words = useDecisionWords();
  const action = useAction(retryAfterSalesRefund);
  const run = (): void => void afterRun(action.run({ afterSalesId }), onDone);
  return <ActionButton label={words.retryRefund} action={action} onRun={run} />;
}

function Close({ of: { id: afterSalesId }, onDone }: StepProps) {
  const words = useDecisionWords();
  const action = useAction(closeAfterSales);
  return (
    <StepForm
      label={words.close}
      action={action}
      fields={['remark']}
      onSubmit={({ remark = '' }) => void afterRun(action.run({ afterSalesId, remark }), onDone)}
    >
      <Remark problem={action.problem} />
    </StepForm>
  );
}

const drawings: Readonly<Record<Step, (props: StepProps) => ReactNode>> = {
  approve: Approve,
  refuse: Refuse,
  receive: ReceiveParcel,
  inspect: InspectParcel,
  replace: SendReplacement,
  refundInstead: RefundInstead,
  settle: Settle,
  retryRefund: RetryRefund,
  close: Close,
};

/** The steps that are possible now for a viewer with these rights. */
export function RequestActions({ of, rights, onDone }: StepProps & { readonly rights: Rights }) {
  const words = useDecisionWords();
  const steps = stepsOf(of, rights);
  return (
    <section aria-labelledby="actions">
      <h2 id="actions">{words.actions}</h2>
      {steps.length === 0 && <Empty>{words.noActions}</Empty>}
      {steps.map((step) => {
        const Drawn = drawings[step];
        return <Drawn key={step} of={of} onDone={onDone} />;
      })}
    </section>
  );
}
