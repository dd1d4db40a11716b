/** The UPS side's messages. int64 is bigint, int32 and uint32 are number; each direction has its own `seqnum`s. */
export type UInitTruck = { readonly id: number; readonly x: number; readonly y: number };
export type UGoPickup = { readonly truckid: number; readonly whid: number; readonly seqnum: bigint };
/** `status` is `ARRIVE WAREHOUSE` or `IDLE`; some Worlds write them in lower case. */
export type UFinished = {
  readonly truckid: number;
  readonly x: number;
  readonly y: number;
  readonly status: string;
  readonly seqnum: bigint;
};
export type UDeliveryMade = {
  readonly truckid: number;
  readonly packageid: bigint;
  readonly seqnum: bigint;
};
export type UDeliveryLocation = { readonly packageid: bigint; readonly x: number; readonly y: number };
export type UGoDeliver = {
  readonly truckid: number;
  readonly packages: readonly UDeliveryLocation[];
  readonly seqnum: bigint;
};
export type UErr = { readonly err: string; readonly originseqnum: bigint; readonly seqnum: bigint };
export type UQuery = { readonly truckid: number; readonly seqnum: bigint };
/** `status` is one of idle, traveling, arrive warehouse, loading, delivering. */
export type UTruck = {
  readonly truckid: number;
  readonly status: string;
  readonly x: number;
  readonly y: number;
  readonly seqnum: bigint;
};

/** Without `worldid` the World makes a new world. */
export type UConnect = {
  readonly worldid?: bigint;
  readonly trucks: readonly UInitTruck[];
  readonly isAmazon: boolean;
};
/** `result` is exactly `connected!` or begins with `error:`. */
export type UConnected = { readonly worldid: bigint; readonly result: string };

export type UCommands = {
  readonly pickups: readonly UGoPickup[];
  readonly deliveries: readonly UGoDeliver[];
  readonly simspeed?: number;
  readonly disconnect?: boolean;
  readonly queries: readonly UQuery[];
  readonly acks: readonly bigint[];
};

export type UResponses = {
  readonly completions: readonly UFinished[];
  readonly delivered: readonly UDeliveryMade[];
  readonly finished?: boolean;
  readonly acks: readonly bigint[];
  readonly truckstatus: readonly UTruck[];
  readonly error: readonly UErr[];
};
