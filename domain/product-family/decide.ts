import {
  accept,
  isAsSeen,
  isBlank,
  reject,
  unreachable,
  type Decision,
  type ProductFamilyId,
} from '../kernel';
import type {
  AddVariant,
  ChangeVariant,
  CreateProductFamily,
  DescribedOption,
  DescribeProductFamily,
  ProductFamilyCommand,
  ProductFamilyRejection,
  RemoveVariant,
} from './commands';
import type { FamilyOption, ProductFamilyEvent, Variant } from './events';
import { variantOf, withoutProduct, type KnownFamily, type ProductFamilyState } from './state';

export const familyOptionsMax = 3;
export const optionValuesMax = 50;
export const variantsMax = 100;

type FamilyDecision = Decision<ProductFamilyEvent, ProductFamilyRejection>;

const notFound = (familyId: ProductFamilyId): FamilyDecision =>
  reject({ code: 'PRODUCT_FAMILY_NOT_FOUND', familyId });

/** Texts that differ only in capitals would look like two choices that are one. */
const hasTwice = (texts: readonly string[]): boolean =>
  new Set(texts.map((text) => text.toLowerCase())).size < texts.length;

/** Returns what is wrong with the name or the options of a family; undefined if nothing is. */
const problemOf = (name: string, options: readonly FamilyOption[]): ProductFamilyRejection | undefined => {
  if (isBlank(name)) return { code: 'PRODUCT_FAMILY_INVALID', field: 'name', problem: 'BLANK' };
  const outOfRange = (field: 'options' | 'values', count: number, max: number) =>
    count < 1 || count > max
      ? ({ code: 'OPTIONS_OUT_OF_RANGE', field, count, min: 1, max } as const)
      : undefined;
  const problemOfTexts = (field: 'options' | 'values', texts: readonly string[]) => {
    if (texts.some(isBlank)) return { code: 'PRODUCT_FAMILY_INVALID', field, problem: 'BLANK' } as const;
    return hasTwice(texts)
      ? ({ code: 'PRODUCT_FAMILY_INVALID', field, problem: 'TWICE' } as const)
      : undefined;
  };
  const names = options.map((option) => option.name);
  const ofOptions =
    outOfRange('options', options.length, familyOptionsMax) ?? problemOfTexts('options', names);
  if (ofOptions) return ofOptions;
  for (const { values } of options) {
    const ofValues = outOfRange('values', values.length, optionValuesMax) ?? problemOfTexts('values', values);
    if (ofValues) return ofValues;
  }
  return undefined;
};

const isSame = (some: readonly string[], others: readonly string[]): boolean =>
  some.length === others.length && some.every((text, index) => text === others[index]);

/** Returns why a product cannot have these values; undefined if it can. */
const problemOfValues = (
  { options, variants }: KnownFamily,
  { productId, values }: Variant,
): ProductFamilyRejection | undefined => {
  const count = options.length;
  if (values.length !== count)
    return { code: 'OPTIONS_OUT_OF_RANGE', field: 'values', count: values.length, min: count, max: count };
  for (const [index, { name: option, values: known }] of options.entries()) {
    const value = values[index] ?? '';
    if (!known.includes(value)) return { code: 'OPTION_VALUE_UNKNOWN', option, value, known };
  }
  const holder = variants.find((one) => one.productId !== productId && isSame(one.values, values));
  return holder && { code: 'VARIANT_COMBINATION_TAKEN', values, productId: holder.productId };
};

const createProductFamily = (command: CreateProductFamily, state: ProductFamilyState): FamilyDecision => {
  const { familyId, name, options, sellerId, at } = command;
  // The id is derived from the command, so this is a repeat of it.
  if (state.status !== 'NONE') return accept();
  const problem = problemOf(name, options);
  if (problem) return reject(problem);
  return accept({
    type: 'ProductFamilyCreated',
    data: { familyId, name, options, sellerId, createdAt: at },
  });
};

const addVariant = (command: AddVariant, family: KnownFamily): FamilyDecision => {
  const { familyId, productId, values, claim, at } = command;
  const present = variantOf(family, productId);
  if ((family.claims.get(productId) ?? 0) >= claim)
    // A claim that has ended makes no variant again.
    return present === undefined || isSame(present.values, values)
      ? accept()
      : reject({ code: 'VARIANT_ALREADY_ADDED', productId, values: present.values });
  // What is left of an earlier claim is replaced.
  if (withoutProduct(family, productId).length >= variantsMax)
    return reject({ code: 'VARIANTS_FULL', max: variantsMax });
  const problem = problemOfValues(family, command);
  if (problem) return reject(problem);
  return accept({
    type: 'ProductVariantAdded',
    data: { familyId, productId, values, claim, options: family.options, addedAt: at },
  });
};

const changeVariant = (command: ChangeVariant, family: KnownFamily): FamilyDecision => {
  const { familyId, productId, values, expected, at } = command;
  const present = variantOf(family, productId);
  if (!present) return reject({ code: 'VARIANT_NOT_FOUND', productId });
  if (isSame(present.values, values)) return accept();
  if (!isAsSeen(expected, present.values)) return reject({ code: 'CHANGED_MEANWHILE' });
  const problem = problemOfValues(family, command);
  if (problem) return reject(problem);
  return accept({
    type: 'ProductVariantChanged',
    data: { familyId, productId, values, options: family.options, changedAt: at },
  });
};

const removeVariant = (command: RemoveVariant, family: KnownFamily): FamilyDecision => {
  const { familyId, productId, claim, at } = command;
  const last = family.claims.get(productId) ?? 0;
  if (claim < last || (claim === last && !variantOf(family, productId))) return accept();
  return accept({ type: 'ProductVariantRemoved', data: { familyId, productId, claim, removedAt: at } });
};

const isSameOption = (one: FamilyOption, other: FamilyOption | undefined): boolean =>
  one.name === other?.name && isSame(one.values, other.values);

/** Returns the present text of each value that is described, by its text to come. A value that is new is not among them. */
const renamedFrom = (option: DescribedOption, { values: known }: FamilyOption): ReadonlyMap<string, string> =>
  new Map(
    option.values.flatMap(({ value, was }) => {
      const source = [was, value].find((text) => text !== undefined && known.includes(text));
      return source === undefined ? [] : [[value, source] as const];
    }),
  );

const describeProductFamily = (command: DescribeProductFamily, family: KnownFamily): FamilyDecision => {
  const { familyId, name, expected, at } = command;
  const options = command.options.map((option) => ({
    name: option.name,
    values: option.values.map(({ value }) => value),
  }));
  const problem = problemOf(name, options);
  if (problem) return reject(problem);
  const count = family.options.length;
  const isSameCount = options.length === count;
  if (
    name === family.name &&
    isSameCount &&
    options.every((one, index) => isSameOption(one, family.options[index]))
  )
    return accept();
  if (!isAsSeen(expected, { name: family.name, options: family.options }))
    return reject({ code: 'CHANGED_MEANWHILE' });
  // A variant has a value of each option, so an option more or less would leave it without, or with one too many.
  if (family.variants.length > 0 && !isSameCount)
    return reject({
      code: 'OPTIONS_OUT_OF_RANGE',
      field: 'options',
      count: options.length,
      min: count,
      max: count,
    });
  const nextOf: ReadonlyMap<string, string>[] = [];
  for (const [index, option] of (family.variants.length > 0 ? family.options : []).entries()) {
    const described = command.options[index];
    const sources = described ? [...renamedFrom(described, option)] : [];
    // Two values cannot both be what one value becomes.
    if (hasTwice(sources.map(([, source]) => source)))
      return reject({ code: 'PRODUCT_FAMILY_INVALID', field: 'values', problem: 'TWICE' });
    const next = new Map(sources.map(([value, source]) => [source, value] as const));
    for (const value of option.values) {
      const variants = family.variants.filter((one) => one.values[index] === value).length;
      if (variants > 0 && !next.has(value))
        return reject({ code: 'OPTION_VALUE_IN_USE', option: option.name, value, variants });
    }
    nextOf.push(next);
  }
  const variants = family.variants.map(({ productId, values }) => ({
    productId,
    values: values.map((value, index) => nextOf[index]?.get(value) ?? value),
  }));
  return accept({
    type: 'ProductFamilyDescribed',
    data: { familyId, name, options, variants, describedAt: at },
  });
};

export const decide = (command: ProductFamilyCommand, state: ProductFamilyState): FamilyDecision => {
  if (command.type === 'CreateProductFamily') return createProductFamily(command, state);
  const { familyId, at } = command;
  if (state.status === 'NONE') return notFound(familyId);
  // What is retired has no variants to remove, and it is retired once.
  if (state.status === 'RETIRED')
    return command.type === 'RetireProductFamily' || command.type === 'RemoveVariant'
      ? accept()
      : notFound(familyId);
  switch (command.type) {
    case 'AddVariant':
      return addVariant(command, state);
    case 'ChangeVariant':
      return changeVariant(command, state);
    case 'RemoveVariant':
      return removeVariant(command, state);
    case 'DescribeProductFamily':
      return describeProductFamily(command, state);
    case 'RetireProductFamily': {
      const productIds = state.variants.map(({ productId }) => productId);
      return accept({ type: 'ProductFamilyRetired', data: { familyId, productIds, retiredAt: at } });
    }
    default:
      return unreachable(command);
  }
};
