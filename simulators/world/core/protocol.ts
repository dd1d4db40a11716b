import {
  aCommands,
  aConnect,
  aConnected,
  aResponses,
  uCommands,
  uConnect,
  uConnected,
  uResponses,
} from '../../../proto/world';
import { addWarehouses, buy, load, pack, queryPackage } from './amazon-rules';
import type { Refusal } from './limits';
import type { Settling } from './settling';
import type { Moment, OutgoingElement, Side, WorldState } from './state';
import { addTrucks, deliver, pickUp, queryTruck } from './ups-rules';
import type { CommandElement } from './world';

export type Greeting = {
  readonly worldid: bigint | undefined;
  readonly isAmazon: boolean;
  /** Adds the client's warehouses or trucks to the world. */
  readonly settle: (world: WorldState) => Settling;
};

export type Commands = {
  readonly elements: readonly CommandElement[];
  readonly acks: readonly bigint[];
  readonly speed: number | undefined;
  readonly isLast: boolean;
};

export type Responses = {
  readonly elements: readonly OutgoingElement[];
  readonly acks: readonly bigint[];
  readonly isFinished?: boolean;
};

/**
 * The protocol of one of the two ports: bytes on one side, a world's rules on the other. Every `read…` throws
 * MessageMalformed.
 */
export type SideProtocol = {
  readonly side: Side;
  readonly readGreeting: (bytes: Uint8Array) => Greeting;
  readonly writeGreeted: (worldid: bigint, result: string) => Uint8Array;
  readonly readCommands: (bytes: Uint8Array) => Commands;
  readonly writeResponses: (responses: Responses) => Uint8Array;
};

type Rule<Body> = (world: WorldState, body: Body, moment: Moment) => Refusal | undefined;

const elementsOf = <Body extends { readonly seqnum: bigint }>(
  kind: string,
  bodies: readonly Body[],
  rule: Rule<Body>,
): CommandElement[] =>
  bodies.map((body) => ({
    seqnum: body.seqnum,
    kind,
    body,
    act: (world, moment) => rule(world, body, moment),
  }));

/** Groups the elements by the field of their kind. */
const fieldsOf = ({ elements, acks, isFinished }: Responses): object => {
  const fields: Record<string, object[]> = {};
  for (const { kind, body } of elements) (fields[kind] ??= []).push(body);
  return { ...fields, acks, ...(isFinished === true && { finished: true }) };
};

export const amazonProtocol: SideProtocol = {
  side: 'amazon',
  readGreeting: (bytes) => {
    const { worldid, isAmazon, initwh } = aConnect.decode(bytes);
    return { worldid, isAmazon, settle: (world) => addWarehouses(world, initwh) };
  },
  writeGreeted: (worldid, result) => aConnected.encode({ worldid, result }),
  readCommands: (bytes) => {
    const { buy: buys, topack, load: loads, queries, acks, simspeed, disconnect } = aCommands.decode(bytes);
    const elements = [
      ...elementsOf('buy', buys, buy),
      ...elementsOf('topack', topack, pack),
      ...elementsOf('load', loads, load),
      ...elementsOf('queries', queries, queryPackage),
    ];
    return { elements, acks, speed: simspeed, isLast: disconnect === true };
  },
  writeResponses: (responses) => aResponses.encode(fieldsOf(responses)),
};

export const upsProtocol: SideProtocol = {
  side: 'ups',
  readGreeting: (bytes) => {
    const { worldid, isAmazon, trucks } = uConnect.decode(bytes);
    return { worldid, isAmazon, settle: (world) => addTrucks(world, trucks) };
  },
  writeGreeted: (worldid, result) => uConnected.encode({ worldid, result }),
  readCommands: (bytes) => {
    const { pickups, deliveries, queries, acks, simspeed, disconnect } = uCommands.decode(bytes);
    const elements = [
      ...elementsOf('pickups', pickups, pickUp),
      ...elementsOf('deliveries', deliveries, deliver),
      ...elementsOf('queries', queries, queryTruck),
    ];
    return { elements, acks, speed: simspeed, isLast: disconnect === true };
  },
  writeResponses: (responses) => uResponses.encode(fieldsOf(responses)),
};
