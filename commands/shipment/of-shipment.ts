import { z } from 'zod';
import { shipment } from '../../domain/shipment';
import { parse, shipmentIdSchema } from '../input';
import { nothing, outcomeOf } from '../outcome';
import type { CommandContext } from '../port';
import type { UseCaseDeps, UseCaseOf } from '../use-case';

const schema = z.object({ shipmentId: shipmentIdSchema });

/** What is asked of a shipment by its id alone. */
type Name =
  | 'recordPacked'
  | 'recordLoaded'
  | 'recordDeliveryStarted'
  | 'recordDelivered'
  | 'requestShipmentStatus'
  | 'retryShipment';

/** @param demand - refuses whoever may not ask it. */
export const ofShipment =
  <Asked extends Name>(type: Capitalize<Asked>, demand: (context: CommandContext) => void) =>
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<Asked> =>
  async (input, context) => {
    const { shipmentId } = parse(schema, input);
    demand(context);
    const executed = await aggregates.execute(
      shipment,
      shipmentId,
      { type, shipmentId, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };
