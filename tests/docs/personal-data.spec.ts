import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { personalData } from '../../cli/composition/aggregates';
import { personalStreams } from '../../projections/personal-streams';
import { eventFiles } from '../support/domain/event-files';

/** Names of fields that hold personal data, wherever they stand in an event. */
const personalNames =
  /^(email|.*[nN]ame|recipient|line[12]|city|region|postalCode|telephone|phone|address|destination|missed|deliveredTo|place|.*carrierAccount|device|passwordHash|birth.*|ip|userAgent|contact.*)$/;

/** Fields with such names that hold no personal data, with the reason. */
const notPersonal: Readonly<Record<string, string>> = {
  'InvoiceDrafted.content.issuer.name': 'the shop',
  'InvoiceDrafted.content.issuer.address': 'the shop',
  'InvoiceDrafted.content.lines.name': 'a product',
  'InvoiceDrafted.content.shipping.name': 'a shipping method',
  'ProductRegistered.name': 'the name of a product',
  'ProductDescribed.name': 'the name of a product',
  'ProductFamilyCreated.name': 'the name of a product family',
  'ProductFamilyCreated.options.name': 'the name of an option',
  'ProductFamilyDescribed.name': 'the name of a product family',
  'ProductFamilyDescribed.options.name': 'the name of an option',
  'ProductVariantAdded.options.name': 'the name of an option',
  'ProductVariantChanged.options.name': 'the name of an option',
  'CartLineAdded.name': 'the name of a product',
  'OrderPlaced.lines.name': 'the name of a product',
  'OrderPartReleased.lines.name': 'the name of a product',
  'OrderPlaced.promotions.name': 'the name of a promotion',
  'OrderPlaced.shipping.name': 'the name of a shipping method',
  'PromotionCreated.rule.name': 'the name of a promotion',
  'ShipmentCreated.items.name': 'the name of a product',
  'ShipmentLoaded.items.name': 'the name of a product',
  'ShipmentRetried.items.name': 'the name of a product',
  'NotificationQueued.notice.productName': 'the name of a product',
  'NotificationQueued.notice.items.notice.productName': 'the name of a product',
  'NotificationHeld.notice.productName': 'the name of a product',
  'NotificationHeld.notice.items.notice.productName': 'the name of a product',
  'CarrierMessageQueued.notice.items.name': 'the name of a product',
  'WorldCommandQueued.request.goods.name': 'the name of a product',
  'AfterSalesRequested.lines.name': 'the name of a product',
  'InstallationKeyMade.name': 'the name of a key',
  'RoleDefined.name': 'the name of a role',
  'RoleChanged.name': 'the name of a role',
  'ShippingMethodOffered.name': 'the name of a shipping method',
  'WarehouseRegistered.name': 'the name of a warehouse',
  'WarehouseRegistered.place': 'the place of a warehouse',
};

const program = ts.createProgram(
  eventFiles().map(({ file }) => file),
  { strict: true, noEmit: true, skipLibCheck: true, target: ts.ScriptTarget.ES2022 },
);
const checker = program.getTypeChecker();

const DEPTH_MAX = 5;

/** The paths of all fields of a type. Lists count as what they hold; ids and other text with a brand have no fields. */
const pathsOf = (type: ts.Type, prefix: string, depth = 0): readonly string[] => {
  if (depth > DEPTH_MAX) return [];
  if (type.isUnion()) return type.types.flatMap((each) => pathsOf(each, prefix, depth));
  if (type.isIntersection() && type.types.some(({ flags }) => (flags & ts.TypeFlags.Object) === 0)) return [];
  if ((type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) === 0) return [];
  if (checker.isArrayLikeType(type)) {
    const [item] = checker.getTypeArguments(type as ts.TypeReference);
    return item === undefined ? [] : pathsOf(item, prefix, depth);
  }
  return checker.getPropertiesOfType(type).flatMap((property) => {
    const path = `${prefix}.${property.name}`;
    return [path, ...pathsOf(checker.getTypeOfSymbol(property), path, depth + 1)];
  });
};

/** The fields of all events: `AccountRegistered.email`. */
const fields = eventFiles().flatMap(({ file }) => {
  const source = program.getSourceFile(file)!;
  return source.statements.flatMap((statement) => {
    if (!ts.isTypeAliasDeclaration(statement) || !ts.isTypeReferenceNode(statement.type)) return [];
    if (statement.type.typeName.getText() !== 'Fact') return [];
    const data = checker.getTypeFromTypeNode(statement.type.typeArguments![1]!);
    return pathsOf(data, statement.name.text);
  });
});
const allFields = [...new Set(fields)];

const sealedFields = Object.entries(personalData).flatMap(([type, rule]) =>
  Object.keys(rule?.erased ?? {}).map((path) => `${type}.${path}`),
);

const isCovered = (field: string): boolean =>
  sealedFields.some((sealed) => field === sealed || field.startsWith(`${sealed}.`));

it('finds the fields of every event', () => {
  expect(allFields.length).toBeGreaterThan(300);
  expect(allFields).toContain('CarrierMessageQueued.notice.destination.x');
  expect(allFields).toContain('AddressAdded.address.recipient');
  for (const { file } of eventFiles())
    for (const [, type] of readFileSync(file, 'utf8').matchAll(/Fact<\s*'(\w+)'/g))
      expect(allFields.some((field) => field.startsWith(`${type}.`))).toBe(true);
});

it('each field with the name of personal data is sealed, or is known to hold none', () => {
  const open = allFields.filter((field) => {
    const name = field.split('.').at(-1)!;
    return personalNames.test(name) && !isCovered(field) && !(field in notPersonal);
  });
  expect(open).toEqual([]);
});

it('every exception is a field that exists and is not sealed', () => {
  for (const field of Object.keys(notPersonal)) {
    expect(allFields).toContain(field);
    expect(isCovered(field)).toBe(false);
  }
});

it('every sealed field and every person exists in its event', () => {
  for (const field of sealedFields) expect(allFields).toContain(field);
  for (const [type, rule] of Object.entries(personalData))
    expect(allFields).toContain(`${type}.${rule!.person}`);
});

it('an erasure finds the streams of every type of event with personal data, and the e-mails', () =>
  expect(Object.keys(personalStreams.handlers).sort()).toEqual(
    [...Object.keys(personalData), 'NotificationQueued'].sort(),
  ));
