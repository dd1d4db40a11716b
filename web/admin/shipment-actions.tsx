import { useState } from 'react';
import { graphql, rejection, useAction } from '../api';
import { ActionButton } from '../ui/form';
import { shipmentFields, type StaffShipment } from './order-fields';

const retryShipment = graphql(
  `
    mutation RetryShipment($input: RetryShipmentInput!) {
      retryShipment(input: $input) {
        __typename
        ... on RetryShipmentSuccess {
          consistencyToken
          shipment {
            ...StaffShipment
          }
        }
        ...Rejection
      }
    }
  `,
  [shipmentFields, rejection],
);

const requestShipmentStatus = graphql(
  `
    mutation RequestShipmentStatus($input: RequestShipmentStatusInput!) {
      requestShipmentStatus(input: $input) {
        __typename
        ... on RequestShipmentStatusSuccess {
          consistencyToken
        }
        ...Rejection
      }
    }
  `,
  [rejection],
);

/** The actions of staff on a shipment in its status. */
export function ShipmentActions({ of: { id, status } }: { readonly of: StaffShipment }) {
  const retry = useAction(retryShipment);
  const request = useAction(requestShipmentStatus);
  const [isRequested, setRequested] = useState(false);
  if (status === 'FAILED')
    return (
      <ActionButton
        label="Retry the shipment"
        action={retry}
        onRun={() => void retry.run({ shipmentId: id })}
      />
    );
  if (status !== 'LOADED' && status !== 'DELIVERING') return null;
  const ask = async (): Promise<void> => {
    if (await request.run({ shipmentId: id })) setRequested(true);
  };
  return (
    <>
      <ActionButton label="Request the status" action={request} onRun={() => void ask()} />
      <p role="status">{isRequested && 'Requested. The report of the carrier appears in the timeline.'}</p>
    </>
  );
}
