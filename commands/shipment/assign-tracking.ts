import { z } from 'zod';
import type { ShipmentId } from '../../domain/kernel';
import { isTrackingNumber, shipment } from '../../domain/shipment';
import { trackingNumber as numberOfCarrier, type TrackingNumberState } from '../../domain/tracking-number';
import type { CommandContext } from '../../platform/execution';
import { trackingNumberId } from '../../platform/ids';
import { shipmentIdSchema, textSchema } from '../use-case/input';
import { nothing, outcomeOf, stepOf } from '../use-case/outcome';
import { useCase, type UseCaseDeps } from '../use-case/use-case';

type Given = { readonly shipmentId: ShipmentId; readonly trackingNumber: string };

/** Returns the shipment's number; null if it has none yet, undefined if the shipment does not exist. */
const numberOf = async (
  { aggregates }: UseCaseDeps,
  shipmentId: ShipmentId,
): Promise<string | null | undefined> => {
  const state = await aggregates.of(shipment).load(shipmentId);
  return state.status === 'NONE' ? undefined : state.trackingNumber;
};

/** Returns the holder of the number if it is delivered or cancelled, so that the number may be used again. */
const overOf = async (
  { aggregates }: UseCaseDeps,
  { holder }: TrackingNumberState,
): Promise<{ readonly over?: ShipmentId }> => {
  if (holder === undefined) return {};
  const { status } = await aggregates.of(shipment).load(holder);
  return status === 'DELIVERED' || status === 'CANCELLED' || status === 'NONE' ? { over: holder } : {};
};

/** Claims the number for the shipment, so that no other open parcel of the carrier has it. */
const claim = async (deps: UseCaseDeps, { shipmentId, trackingNumber }: Given, context: CommandContext) => {
  const { aggregates, clock } = deps;
  const carrier = context.principal.id;
  const id = trackingNumberId(carrier, trackingNumber);
  const state: TrackingNumberState = await aggregates.of(numberOfCarrier).load(id);
  const of = { carrier, trackingNumber, shipmentId, ...(await overOf(deps, state)), at: clock.now() };
  // After a release the same report is another claim.
  const step = stepOf(context, `claim ${state.changes}`);
  return aggregates.of(numberOfCarrier).execute(id, { type: 'ClaimTrackingNumber', ...of }, step);
};

/** The numbers that a shipment may have claimed, and the one that it has (`kept`). */
type Numbered = {
  readonly shipmentId: ShipmentId;
  readonly numbers: readonly string[];
  readonly kept: string | null | undefined;
};

/** Releases the claimed numbers that the shipment does not have. */
const release = async (
  { aggregates, clock }: UseCaseDeps,
  { shipmentId, numbers, kept }: Numbered,
  context: CommandContext,
): Promise<void> => {
  const carrier = context.principal.id;
  for (const trackingNumber of numbers) {
    if (trackingNumber === kept) continue;
    const id = trackingNumberId(carrier, trackingNumber);
    const { changes }: TrackingNumberState = await aggregates.of(numberOfCarrier).load(id);
    const of = { carrier, trackingNumber, shipmentId, at: clock.now() };
    const step = stepOf(context, `release ${trackingNumber} ${changes}`);
    await aggregates.of(numberOfCarrier).execute(id, { type: 'ReleaseTrackingNumber', ...of }, step);
  }
};

export const assignTracking = useCase({
  summary:
    "Records the carrier's tracking number of a shipment. Two open shipments of a carrier cannot have the same number.",
  allow: { by: 'gateway', or: 'shipment:report' },
  internal: true,
  input: z.object({
    shipmentId: shipmentIdSchema,
    trackingNumber: textSchema(100).describe("The carrier's tracking number."),
  }),
  success: z.object({}),
  rejections: [
    'SHIPMENT_NOT_FOUND',
    'SHIPMENT_WRONG_STATUS',
    'TRACKING_NUMBER_EMPTY',
    'TRACKING_NUMBER_INVALID',
    'TRACKING_NUMBER_TAKEN',
  ],
  handle: async ({ shipmentId, trackingNumber }, context, deps) => {
    const { aggregates, clock } = deps;
    const before = await numberOf(deps, shipmentId);
    const claims = before !== undefined && trackingNumber !== before && isTrackingNumber(trackingNumber);
    // The number is claimed first, so that of two reports with one number the second is rejected.
    if (claims) {
      const claimed = await claim(deps, { shipmentId, trackingNumber }, context);
      if (claimed.kind !== 'accepted') return outcomeOf(claimed, nothing);
    }
    const command = { type: 'AssignTracking', shipmentId, trackingNumber, at: clock.now() } as const;
    const executed = await aggregates.of(shipment).execute(shipmentId, command, context);
    if (claims && executed.kind !== 'unknown') {
      const numbers = before === null ? [trackingNumber] : [trackingNumber, before];
      await release(deps, { shipmentId, numbers, kept: await numberOf(deps, shipmentId) }, context);
    }
    return outcomeOf(executed, nothing);
  },
});
