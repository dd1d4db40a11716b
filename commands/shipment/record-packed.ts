import { z } from 'zod';
import { shipment } from '../../domain/shipment';
import { demandGateway } from '../authorization';
import { parse, shipmentIdSchema } from '../input';
import { nothing, outcomeOf } from '../outcome';
import type { UseCaseDeps, UseCaseOf } from '../use-case';

const schema = z.object({ shipmentId: shipmentIdSchema });

/** The World has packed it. */
export const recordPacked =
  ({ aggregates, clock }: UseCaseDeps): UseCaseOf<'recordPacked'> =>
  async (input, context) => {
    const { shipmentId } = parse(schema, input);
    demandGateway(context);
    const executed = await aggregates.execute(
      shipment,
      shipmentId,
      { type: 'RecordPacked', shipmentId, at: clock.now() },
      context,
    );
    return outcomeOf(executed, nothing);
  };
