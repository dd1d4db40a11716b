import { realClock, realRandom } from '../../platform/clock';
import { silentLogger } from '../../platform/telemetry';
import { commandsContract } from '../../tests/contract/commands.contract';
import { inProcessCommands } from '../in-process';
import { connectCommands, startCommandServer, type CommandServer } from '.';

const token = 'a token of the command services';
const ports = { clock: realClock, random: realRandom, logger: silentLogger };

describe('the command services over gRPC, as every transport', () => {
  const servers: CommandServer[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.close(100)));
  });

  commandsContract(async (useCases) => {
    const commands = inProcessCommands(useCases, { clock: realClock });
    const server = await startCommandServer({ commands, host: '127.0.0.1', port: 0, token, ...ports });
    servers.push(server);
    return connectCommands({ addresses: [`127.0.0.1:${server.port}`], token, secure: false, ...ports });
  });
});
