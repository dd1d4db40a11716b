import type { CarrierDialect } from '../../../domain/carrier-inbound';
import type { Dialect } from './dialect';
import { enveloped } from './enveloped';
import { plain } from './plain';
import { signed } from './signed';

export const dialects: Readonly<Record<CarrierDialect, Dialect>> = { plain, enveloped, signed };
export { userNumberOf } from './enveloped';
export type { Dialect, Inbound, Outbound, Refusal, Settled, ShipmentDetails } from './dialect';
