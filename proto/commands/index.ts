import commandStream from '../gen/command_stream.json';
import commands from '../gen/commands.json';
import errors from '../gen/errors.json';
import reflection from '../gen/reflection.json';

/**
 * Descriptors of the command services, as protobufjs and @grpc/proto-loader read them. `errors` has the details of a
 * status; `reflection` has all of them with the names from the files.
 */
export const commandDescriptors = { commands, commandStream, errors, reflection } as const;
