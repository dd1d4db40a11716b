import { Client, credentials } from '@grpc/grpc-js';
import { Root, type Type } from 'protobufjs';
import { FileDescriptorProto } from 'protobufjs/ext/descriptor';
import { accepted, createCommandServices, scripted } from '../../tests/support/commands/command-services';

const services = createCommandServices();
afterAll(() => services.close());

const protocol = Root.fromJSON({
  nested: {
    Request: {
      fields: { fileContainingSymbol: { type: 'string', id: 4 }, listServices: { type: 'string', id: 7 } },
    },
    Response: { fields: { files: { type: 'Files', id: 4 }, services: { type: 'Services', id: 6 } } },
    Files: { fields: { descriptors: { rule: 'repeated', type: 'bytes', id: 1 } } },
    Services: { fields: { service: { rule: 'repeated', type: 'Service', id: 1 } } },
    Service: { fields: { name: { type: 'string', id: 1 } } },
  },
});
const [asked, answered]: readonly [Type, Type] = [
  protocol.lookupType('Request'),
  protocol.lookupType('Response'),
];

type Answer = {
  readonly files?: { readonly descriptors: readonly Uint8Array[] };
  readonly services?: { readonly service: readonly { readonly name: string }[] };
};

/** Asks as grpcurl does, over the wire. */
const ask = async (question: object): Promise<Answer> => {
  const { port } = await services.serve(scripted(() => accepted({})).commands);
  const client = services.with(new Client(`127.0.0.1:${port}`, credentials.createInsecure()));
  const call = client.makeBidiStreamRequest(
    '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo',
    (value: object) => Buffer.from(asked.encode(asked.fromObject(value)).finish()),
    (bytes: Buffer) => answered.toObject(answered.decode(bytes)) as Answer,
  );
  return new Promise((resolve, reject) => {
    call.on('data', resolve);
    call.on('error', reject);
    call.write(question);
    call.end();
  });
};

type Message = { readonly name: string; readonly field: readonly { readonly name: string }[] };

/** The fields of each message in the files that hold a symbol. */
const fieldsBy = async (symbol: string): Promise<ReadonlyMap<string, readonly string[]>> => {
  const { files } = await ask({ fileContainingSymbol: symbol });
  const messages = (files?.descriptors ?? []).flatMap(
    (bytes) =>
      (FileDescriptorProto.decode(bytes) as unknown as { readonly messageType: readonly Message[] })
        .messageType,
  );
  return new Map(messages.map(({ name, field }) => [name, field.map((one) => one.name)]));
};

it('lists every service, the one of health too', async () => {
  const names = ((await ask({ listServices: '*' })).services?.service ?? []).map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining([
      'grpc.health.v1.Health',
      'waybill.commands.v1.CommandStream',
      'waybill.commands.v1.OrderCommands',
    ]),
  );
});

it('tells the names that stand in the .proto', async () => {
  const fields = await fieldsBy('waybill.commands.v1.OrderCommands');
  expect(fields.get('AddToCartRequest')).toEqual(['customer_id', 'product_id', 'quantity']);
});

it.each([
  ['google.rpc.ErrorInfo', 'ErrorInfo', ['reason', 'domain', 'metadata']],
  ['google.rpc.RetryInfo', 'RetryInfo', ['retry_delay']],
  ['google.rpc.Status', 'Any', ['type_url', 'value']],
])('tells what the details of an error are: %s', async (symbol, message, fields) => {
  expect((await fieldsBy(symbol)).get(message)).toEqual(fields);
});
