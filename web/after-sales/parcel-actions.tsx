import { graphql, useAction, useShown } from '../api';
import { Input, Select, type Typed } from '../ui/form';
import { inspectAfterSalesParcel, receiveAfterSalesParcel, sendAfterSalesReplacement } from './mutations';
import type { AfterSalesRequest } from './request-fields';
import { afterRun, Remark, StepForm, type StepProps } from './step-form';
import { useDecisionWords } from './words';

const warehousesQuery = graphql(`
  query AfterSalesWarehouses {
    warehouses {
      id
      name
      active
    }
  }
`);

function WarehouseChoice() {
  const words = useDecisionWords();
  const shown = useShown(warehousesQuery, {});
  const active = (shown.data?.warehouses ?? []).filter((each) => each.active);
  return (
    <Select
      name="warehouseId"
      label={words.warehouse}
      options={active.map((each) => [each.id, each.name] as const)}
    />
  );
}

/** Records that the parcel of the customer has arrived in a warehouse. */
export function ReceiveParcel({ of: { id: afterSalesId }, onDone }: StepProps) {
  const words = useDecisionWords();
  const action = useAction(receiveAfterSalesParcel);
  return (
    <StepForm
      label={words.receive}
      action={action}
      onSubmit={({ warehouseId = '' }) => void afterRun(action.run({ afterSalesId, warehouseId }), onDone)}
    >
      <WarehouseChoice />
    </StepForm>
  );
}

const conditions = ['restocked', 'writtenOff', 'refused'] as const;

const inspectedLinesOf = ({ lines }: AfterSalesRequest, typed: Typed) =>
  lines.map(({ productId }) => {
    const [restocked = 0, writtenOff = 0, refused = 0] = conditions.map((condition) =>
      Number(typed[`${condition} ${productId}`]),
    );
    return { productId, restocked, writtenOff, refused };
  });

/** Records the pieces in the parcel by their condition. */
export function InspectParcel({ of, onDone }: StepProps) {
  const words = useDecisionWords();
  const action = useAction(inspectAfterSalesParcel);
  const labels = {
    restocked: words.restocked,
    writtenOff: words.writtenOff,
    refused: words.refusedPieces,
  };
  return (
    <StepForm
      label={words.inspect}
      action={action}
      fields={['remark']}
      onSubmit={(typed) => {
        const lines = inspectedLinesOf(of, typed);
        const input = { afterSalesId: of.id, lines, remark: typed['remark'] ?? '' };
        void afterRun(action.run(input), onDone);
      }}
    >
      <p>{words.inspectHelp}</p>
      {of.lines.flatMap(({ productId, name, quantity }) =>
        conditions.map((condition) => (
          <Input
            key={`${condition} ${productId}`}
            name={`${condition} ${productId}`}
            label={labels[condition](name)}
            type="number"
            min={0}
            max={quantity}
            // No default: a slip must not refund goods, or refuse them.
            required
          />
        )),
      )}
      <Remark problem={action.problem} />
    </StepForm>
  );
}

/** Sends the goods of an exchange from the stock of a warehouse. */
export function SendReplacement({ of: { id: afterSalesId }, onDone }: StepProps) {
  const words = useDecisionWords();
  const action = useAction(sendAfterSalesReplacement);
  const { problem } = action;
  return (
    <StepForm
      label={words.replace}
      action={action}
      fields={['carrier', 'trackingNumber']}
      onSubmit={({ warehouseId = '', carrier = '', trackingNumber = '' }) =>
        void afterRun(action.run({ afterSalesId, warehouseId, carrier, trackingNumber }), onDone)
      }
    >
      <WarehouseChoice />
      <Input name="carrier" label={words.carrier} required problem={problem} />
      <Input name="trackingNumber" label={words.trackingNumber} required problem={problem} />
    </StepForm>
  );
}
