// prettier-ignore
export type {
  AConnect, AConnected, ACommands, AErr, AInitWarehouse, ALoaded, APack, APackage, APacked, AProduct, APurchaseMore,
  APutOnTruck, AQuery, AResponses,
} from './amazon';
// prettier-ignore
export type {
  UConnect, UConnected, UCommands, UDeliveryLocation, UDeliveryMade, UErr, UFinished, UGoDeliver, UGoPickup, UInitTruck,
  UQuery, UResponses, UTruck,
} from './ups';
export { MessageMalformed } from './codec';
export type { Codec } from './codec';
export { aCommands, aConnect, aConnected, aResponses } from './codecs';
export { uCommands, uConnect, uConnected, uResponses } from './codecs';
export { inSmallFrames, SMALL_FRAME_BYTES_MAX } from './small-frames';
