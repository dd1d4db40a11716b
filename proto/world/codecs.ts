import { Root } from 'protobufjs';
import amazonDescriptor from '../gen/world_amazon.json';
import upsDescriptor from '../gen/world_ups.json';
import type { AConnect, AConnected, ACommands, AResponses } from './amazon';
import { codecOf } from './codec';
import type { UConnect, UConnected, UCommands, UResponses } from './ups';

const amazon = Root.fromJSON(amazonDescriptor);
const ups = Root.fromJSON(upsDescriptor);

export const aConnect = codecOf<AConnect>(amazon, 'AConnect');
export const aConnected = codecOf<AConnected>(amazon, 'AConnected');
export const aCommands = codecOf<ACommands, Partial<ACommands>>(amazon, 'ACommands');
export const aResponses = codecOf<AResponses, Partial<AResponses>>(amazon, 'AResponses');
export const uConnect = codecOf<UConnect>(ups, 'UConnect');
export const uConnected = codecOf<UConnected>(ups, 'UConnected');
export const uCommands = codecOf<UCommands, Partial<UCommands>>(ups, 'UCommands');
export const uResponses = codecOf<UResponses, Partial<UResponses>>(ups, 'UResponses');
