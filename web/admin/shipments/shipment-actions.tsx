import { useState } from 'react';
import { graphql, rejection, useAction } from '../../api';
import { ActionButton } from '../../ui/form';
import { isPossible } from '../../ui/next-actions';
import { MoveShipment } from './move-shipment';
import { shipmentFields, type StaffShipment } from '../orders/order-fields';

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

/** The actions of staff on a shipment that are possible now; the server decides again. */
export function ShipmentActions({ of: shipment }: { readonly of: StaffShipment }) {
  const { id, isParked, nextActions } = shipment;
  const retry = useAction(retryShipment);
  const request = useAction(requestShipmentStatus);
  const [isRequested, setRequested] = useState(false);
  const ask = async (): Promise<void> => {
    if (await request.run({ shipmentId: id })) setRequested(true);
  };
  return (
    <>
      {isParked && <p role="status">The platform does not retry this shipment any more.</p>}
      {isPossible(nextActions, 'retryShipment') && (
        <ActionButton
          label="Retry the shipment"
          action={retry}
          onRun={() => void retry.run({ shipmentId: id })}
        />
      )}
      {isPossible(nextActions, 'moveShipment') && <MoveShipment of={shipment} />}
      {isPossible(nextActions, 'requestShipmentStatus') && (
        <>
          <ActionButton label="Request the status" action={request} onRun={() => void ask()} />
          <p role="status">
            {isRequested && 'Requested. The report of the carrier appears in the timeline.'}
          </p>
        </>
      )}
    </>
  );
}
