import { SaveFileButton } from '../ui/save-file-button';
import { useGiftWords } from './words';

/** A button that saves the delivery note of an order, or of one of its parcels. */
export function DeliveryNoteButton({
  orderId,
  number,
  shipment,
}: {
  readonly orderId: string;
  readonly number: string;
  readonly shipment?: { readonly id: string; readonly number: string };
}) {
  const words = useGiftWords();
  const of = shipment === undefined ? '' : `?shipmentId=${encodeURIComponent(shipment.id)}`;
  const numbers = [number, ...(shipment === undefined ? [] : [shipment.number])];
  return (
    <SaveFileButton
      path={`/api/v1/orders/${encodeURIComponent(orderId)}/delivery-note.pdf${of}`}
      name={`delivery-note-${numbers.join('-')}.pdf`}
      text={words.deliveryNote}
      label={words.print(numbers.join('-'))}
      failed={words.failed}
    />
  );
}
