/** The Amazon side's messages. int64 is bigint, int32 and uint32 are number; each direction has its own `seqnum`s. */
export type AProduct = { readonly id: bigint; readonly description: string; readonly count: number };
export type AInitWarehouse = { readonly id: number; readonly x: number; readonly y: number };
export type APurchaseMore = {
  readonly whnum: number;
  readonly things: readonly AProduct[];
  readonly seqnum: bigint;
};
export type APack = {
  readonly whnum: number;
  readonly things: readonly AProduct[];
  readonly shipid: bigint;
  readonly seqnum: bigint;
};
export type APacked = { readonly shipid: bigint; readonly seqnum: bigint };
export type APutOnTruck = {
  readonly whnum: number;
  readonly truckid: number;
  readonly shipid: bigint;
  readonly seqnum: bigint;
};
export type ALoaded = { readonly shipid: bigint; readonly seqnum: bigint };
export type AQuery = { readonly packageid: bigint; readonly seqnum: bigint };
/** `status` is one of packing, packed, loading, loaded, delivering, delivered. */
export type APackage = { readonly packageid: bigint; readonly status: string; readonly seqnum: bigint };
export type AErr = { readonly err: string; readonly originseqnum: bigint; readonly seqnum: bigint };

/** Without `worldid` the World makes a new world. */
export type AConnect = {
  readonly worldid?: bigint;
  readonly initwh: readonly AInitWarehouse[];
  readonly isAmazon: boolean;
};
/** `result` is exactly `connected!` or begins with `error:`. */
export type AConnected = { readonly worldid: bigint; readonly result: string };

export type ACommands = {
  readonly buy: readonly APurchaseMore[];
  readonly topack: readonly APack[];
  readonly load: readonly APutOnTruck[];
  readonly queries: readonly AQuery[];
  readonly simspeed?: number;
  readonly disconnect?: boolean;
  readonly acks: readonly bigint[];
};

export type AResponses = {
  readonly arrived: readonly APurchaseMore[];
  readonly ready: readonly APacked[];
  readonly loaded: readonly ALoaded[];
  readonly finished?: boolean;
  readonly error: readonly AErr[];
  readonly acks: readonly bigint[];
  readonly packagestatus: readonly APackage[];
};
