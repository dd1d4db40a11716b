import { Link, useParams } from '@tanstack/react-router';
import { graphql, useLive, useShown } from '../../api';
import { Page } from '../../ui/page';
import { Loaded } from '../../ui/states';
import { Timeline } from '../../ui/timeline';
import { shipmentFields } from '../orders/order-fields';
import { ShipmentActions } from './shipment-actions';
import { ShipmentFacts } from './shipment-facts';
import { ShipmentMap } from './shipment-map';

const shipmentQuery = graphql(
  `
    query StaffShipment($id: ID!) {
      shipment(id: $id) {
        ...StaffShipment
      }
    }
  `,
  [shipmentFields],
);

const shipmentUpdates = graphql(
  `
    subscription StaffShipmentUpdates($orderId: ID!) {
      shipmentMoved(orderId: $orderId) {
        cursor
        shipment {
          ...StaffShipment
        }
      }
    }
  `,
  [shipmentFields],
);

/** A shipment with all that staff can do with it; it follows the shipment while it is open. */
export function ShipmentPage() {
  const { id } = useParams({ from: '/admin/shipments/$id' });
  const shown = useShown(shipmentQuery, { id });
  const orderId = shown.data?.shipment?.orderId;
  useLive(shipmentUpdates, { orderId: orderId ?? '' }, orderId === undefined);
  return (
    <Loaded shown={shown}>
      {({ shipment }) =>
        shipment === null ? (
          <Page title="There is no such shipment">
            <Link to="/admin/shipments">Find a shipment</Link>
          </Page>
        ) : (
          <Page title={`Shipment ${shipment.number}`}>
            <p>
              <Link to="/admin/orders/$id" params={{ id: shipment.orderId }}>
                The order of this shipment
              </Link>
            </p>
            <ShipmentFacts of={shipment} />
            <div>
              <ShipmentActions of={shipment} />
            </div>
            <ShipmentMap of={[shipment]} destination={shipment.destination} />
            <section aria-labelledby="timeline">
              <h2 id="timeline">Timeline</h2>
              <Timeline entries={shipment.timeline} />
            </section>
          </Page>
        )
      }
    </Loaded>
  );
}
