/**
 * The messages of the protocol as protobufjs decodes them: an absent field is null, a `oneof` has the name of the
 * member that is set.
 */

/** A 64-bit integer: a number, or its two halves. */
export type Int64 = number | { readonly low: number; readonly high: number };

/** Since 1970. */
export type Timestamp = { readonly seconds: Int64; readonly nanos: number };

/** protobufjs gives an empty list where bytes are absent. */
export type Bytes = Uint8Array | readonly never[];

export type Uuid = {
  readonly value?: 'structured' | 'string';
  readonly structured?: { readonly mostSignificantBits: Int64; readonly leastSignificantBits: Int64 } | null;
  readonly string?: string;
};

export type StreamIdentifier = { readonly streamName: Bytes };

export type WirePosition = { readonly commitPosition: Int64; readonly preparePosition: Int64 };

export type ExpectedStreamRevision = {
  readonly expectedStreamRevision?: 'revision' | 'noStream' | 'any' | 'streamExists';
  readonly revision: Int64;
};

export type StreamAndExpected = ExpectedStreamRevision & {
  readonly streamIdentifier?: StreamIdentifier | null;
};

export type ProposedMessage = {
  readonly id?: Uuid | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly customMetadata: Bytes;
  readonly data: Bytes;
};

export type AppendReq = {
  readonly content?: 'options' | 'proposedMessage';
  readonly options?: StreamAndExpected | null;
  readonly proposedMessage?: ProposedMessage | null;
};

export type BatchAppendOptions = {
  readonly streamIdentifier?: StreamIdentifier | null;
  readonly expectedStreamPosition?: 'streamPosition' | 'noStream' | 'any' | 'streamExists';
  readonly streamPosition: Int64;
  readonly deadline?: Timestamp | null;
};

export type BatchAppendReq = {
  readonly correlationId?: Uuid | null;
  readonly options?: BatchAppendOptions | null;
  readonly proposedMessages: readonly ProposedMessage[];
  readonly isFinal: boolean;
};

export type DeleteReq = { readonly options?: StreamAndExpected | null };

export type FilterExpression = { readonly regex: string; readonly prefix: readonly string[] };

export type FilterOptions = {
  readonly filter?: 'streamIdentifier' | 'eventType';
  readonly streamIdentifier?: FilterExpression | null;
  readonly eventType?: FilterExpression | null;
  readonly window?: 'max' | 'count';
  readonly max: number;
  readonly checkpointIntervalMultiplier: number;
};

export type StreamStart = {
  readonly streamIdentifier?: StreamIdentifier | null;
  readonly revisionOption?: 'revision' | 'start' | 'end';
  readonly revision: Int64;
};

export type AllStart = {
  readonly allOption?: 'position' | 'start' | 'end';
  readonly position?: WirePosition | null;
};

export type UuidOption = { readonly content?: 'structured' | 'string' };

export type ReadOptions = {
  readonly streamOption?: 'stream' | 'all';
  readonly stream?: StreamStart | null;
  readonly all?: AllStart | null;
  /** 0 forwards, 1 backwards. */
  readonly readDirection: number;
  readonly resolveLinks: boolean;
  readonly countOption?: 'count' | 'subscription';
  readonly count: Int64;
  readonly filterOption?: 'filter' | 'noFilter';
  readonly filter?: FilterOptions | null;
  readonly uuidOption?: UuidOption | null;
  /** From 1 on the caller gets the bounds of a stream that it reads. */
  readonly controlOption?: { readonly compatibility: number } | null;
};

export type ReadReq = { readonly options?: ReadOptions | null };
