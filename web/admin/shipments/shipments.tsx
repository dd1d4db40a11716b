import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { graphql, useShown } from '../../api';
import { Form, Input } from '../../ui/form';
import { Page } from '../../ui/page';
import { Empty, Loaded } from '../../ui/states';
import { shipmentFields } from '../orders/order-fields';
import { ShipmentFacts } from './shipment-facts';

const trackingQuery = graphql(
  `
    query StaffTracking($number: String!) {
      tracking(number: $number) {
        ...StaffShipment
      }
    }
  `,
  [shipmentFields],
);

/** Finds a shipment by its tracking number, which stands in the address. */
export function ShipmentsPage() {
  const { tracking } = useSearch({ from: '/admin/shipments' });
  const navigate = useNavigate({ from: '/admin/shipments' });
  const shown = useShown(trackingQuery, { number: tracking ?? '' }, tracking === undefined);
  return (
    <Page title="Shipments">
      <search>
        <Form
          submit="Find"
          isRunning={false}
          problem={undefined}
          onSubmit={(typed) => void navigate({ search: { tracking: typed['tracking'] || undefined } })}
        >
          <Input
            key={tracking}
            name="tracking"
            type="search"
            label="Tracking number"
            defaultValue={tracking}
            required
          />
        </Form>
      </search>
      {tracking === undefined ? (
        <Empty>Type a tracking number of the carrier or of the World.</Empty>
      ) : (
        <Loaded shown={shown}>
          {({ tracking: shipment }) =>
            shipment === null ? (
              <Empty>No shipment has this tracking number.</Empty>
            ) : (
              <article className="panel" aria-labelledby="found">
                <h2 id="found">
                  <Link to="/admin/shipments/$id" params={{ id: shipment.id }}>
                    Shipment {shipment.number}
                  </Link>
                </h2>
                <ShipmentFacts of={shipment} />
              </article>
            )
          }
        </Loaded>
      )}
    </Page>
  );
}
