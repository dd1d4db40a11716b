import { z } from 'zod';
import { shipment } from '../../domain/shipment';
import { demandGateway } from '../authorization';
import { parse, shipmentIdSchema } from '../input';
import { nothing, outcomeOf } from '../outcome';
import type { UseCaseDeps, UseCaseOf } from '../use-case';

const schema = z.object({ shipmentId: shipmentIdSchema });

/** It is at the door. */
export const recordDelivered =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'recordDelivered'> =>
  async (input, context) => {
    const { shipmentId } = parse(schema, input);
    demandGateway(context);
    const executed = await aggregates.execute(
      shipment,
      shipmentId,
      { type: 'RecordDelivered', shipmentId, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };
