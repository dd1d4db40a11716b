import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectGenerated } from '../../tests/support/generated-file';
import {
  commandsProto,
  declaredMessages,
  declaredServices,
  grownNumbers,
  type FieldNumbers,
} from './commands-proto';

const NUMBERS = 'proto/commands/field-numbers.json';
const declared = { services: declaredServices, messages: declaredMessages };
const before = JSON.parse(readFileSync(join(__dirname, '..', '..', NUMBERS), 'utf8')) as FieldNumbers;

describe('the .proto of the command services', () => {
  const numbers = grownNumbers(before, declared);

  it('has the numbers that are checked in', () =>
    expectGenerated(NUMBERS, `${JSON.stringify(numbers, undefined, 2)}\n`));

  it('is what the declarations make', () =>
    expectGenerated('proto/commands/waybill/commands/v1/commands.proto', commandsProto(declared, numbers)));
});

describe('field numbers', () => {
  const field = (name: string, type: string) => ({ name, type, comment: undefined });
  const service = (...methods: string[]) => ({
    name: 'CartCommands',
    about: 'Carts.',
    methods: methods.map((name) => ({ name, comment: `${name}.` })),
  });
  const message = (...fields: ReturnType<typeof field>[]) => ({ name: 'AddRequest', about: 'Adds.', fields });
  const known: FieldNumbers = {
    methods: { CartCommands: ['Add', 'Remove'] },
    retired: [],
    messages: { AddRequest: { product_id: 'string = 1', quantity: 'int64 = 2' } },
  };
  const grown = (
    services: ReturnType<typeof service>,
    messages: ReturnType<typeof message>,
    numbers = known,
  ) => grownNumbers(numbers, { services: [services], messages: [messages] });

  it('give a new field the next number and keep the others, in any order', () => {
    const reordered = message(
      field('note', 'optional string'),
      field('quantity', 'int64'),
      field('product_id', 'string'),
    );
    expect(grown(service('Add', 'Remove'), reordered).messages['AddRequest']).toEqual({
      product_id: 'string = 1',
      quantity: 'int64 = 2',
      note: 'optional string = 3',
    });
  });

  it('keep the number of a removed field, which the file reserves', () => {
    const messages = [message(field('product_id', 'string'), field('amount', 'int64'))];
    const services = [service('Add', 'Remove')];
    const numbers = grownNumbers(known, { services, messages });
    expect(numbers.messages['AddRequest']).toMatchObject({ quantity: 'int64 = 2', amount: 'int64 = 3' });
    expect(commandsProto({ services, messages }, numbers)).toContain(
      '  reserved 2;\n  reserved "quantity";\n',
    );
  });

  it('refuse another type of a field', () => {
    const retyped = message(field('product_id', 'int64'), field('quantity', 'int64'));
    expect(() => grown(service('Add', 'Remove'), retyped)).toThrow(
      'AddRequest.product_id would become "int64": clients know it as "string = 1".',
    );
    const repeated = message(field('product_id', 'repeated string'), field('quantity', 'int64'));
    expect(() => grown(service('Add', 'Remove'), repeated)).toThrow('would become "repeated string"');
  });

  it('let a message become optional, under its number', () => {
    const numbers = { ...known, messages: { AddRequest: { place: 'Place = 1', product_id: 'string = 2' } } };
    const optional = message(field('place', 'optional Place'), field('product_id', 'string'));
    expect(grown(service('Add', 'Remove'), optional, numbers).messages['AddRequest']).toEqual({
      place: 'optional Place = 1',
      product_id: 'string = 2',
    });
    const scalar = message(field('place', 'Place'), field('product_id', 'optional string'));
    expect(() => grown(service('Add', 'Remove'), scalar, numbers)).toThrow('would become "optional string"');
  });

  it('refuse to lose a method that is not retired', () => {
    const same = message(field('product_id', 'string'), field('quantity', 'int64'));
    expect(() => grown(service('Add'), same)).toThrow('CartCommands has no Remove any more');
    const retired = grown(service('Add'), same, { ...known, retired: ['CartCommands.Remove'] });
    expect(retired.methods['CartCommands']).toEqual(['Add', 'Remove']);
  });

  it('append new methods, so that the order of the others stays', () => {
    const same = message(field('product_id', 'string'), field('quantity', 'int64'));
    expect(grown(service('Clear', 'Add', 'Remove'), same).methods['CartCommands']).toEqual([
      'Add',
      'Remove',
      'Clear',
    ]);
  });

  it('give no field the number of the position', () => {
    const many = message(...Array.from({ length: 16 }, (_, index) => field(`f${index}`, 'string')));
    const numbers = grownNumbers(
      { methods: {}, retired: [], messages: {} },
      { services: [], messages: [many] },
    );
    expect(Object.values(numbers.messages['AddRequest'] ?? {})).not.toContain('string = 15');
    expect(numbers.messages['AddRequest']).toMatchObject({ f13: 'string = 14', f14: 'string = 16' });
  });
});
