import commandStream from '../gen/command_stream.json';
import commands from '../gen/commands.json';
import status from '../gen/status.json';

/** Descriptors of the command services, as protobufjs and @grpc/proto-loader read them. */
export const commandDescriptors = { commands, commandStream, status } as const;
