import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  valueFromASTUntyped,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { categoriesMax } from '../../../domain/categories';
import { priceSchedulesMax } from '../../../domain/product';
import { variantsMax } from '../../../domain/product-family';
import type { Limits } from './limits';

export type Weight = {
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly cost: number;
  /** The variables that set the length of a list, or how it is read: with other values, the operation has another cost. */
  readonly lengths: readonly string[];
};

export type Variables = Readonly<Record<string, unknown>>;

/** Arguments that set the length of a list: the number of items, or their ids. */
const LENGTHS: ReadonlySet<string> = new Set(['first', 'last', 'ids']);
/** Counting reads an index, up to thousands of entries of it. */
const COUNT_COST = 50;
/** The copy of all data of an account reads thousands of documents. */
const COPY_COST = 1_000;
/** The choices of the filters of a list are counted over up to 1,000 products. */
const FACETS_COST = 1_000;
/** The costs of fields that read more than a value. */
const fieldCosts: ReadonlyMap<string, number> = new Map([
  ['downloadMyData', COPY_COST],
  ['facets', FACETS_COST],
  ['totalCount', COUNT_COST],
  ['totalCountIsExact', COUNT_COST],
]);
/** A search compares its words with those of up to 1,000 products. */
const SEARCH_COST = 300;
/** A category has a list for each text by which products name it or one below it: up to 300. */
const CATEGORY_COST = 200;
/** A filter looks at up to 2,000 products of a list. */
const FILTER_COST = 500;
/** The costs of arguments that are not null, by type and field. */
const argumentCosts: ReadonlyMap<string, Readonly<Record<string, number>>> = new Map([
  ['Query.products', { query: SEARCH_COST, filter: FILTER_COST, category: CATEGORY_COST }],
]);
/** Fields of a page that are about the whole list: they cost the same on a page of any length. */
const ofWholeList: ReadonlySet<string> = new Set(['facets']);
/** The assumed length of a list that has no `first`: lines, shipments, a timeline. */
const LIST_FACTOR = 5;
/** The lengths of lists that have no `first` and may be far longer, by type and field. */
const listLengths: ReadonlyMap<string, number> = new Map([
  ['Query.categories', categoriesMax],
  ['ProductFacets.tree', categoriesMax],
  ['ProductFamily.variants', variantsMax],
  // The sale that is on, too.
  ['Product.scheduledPrices', priceSchedulesMax + 1],
]);
/** Fragments inside of fragments; circles end here. */
const NESTING_MAX = 50;
/**
 * The cost of introspection. The schema is large even if a part of it is selected, and each alias inside selects a part
 * once more.
 */
const INTROSPECTION_COST = 1_000;

type Walk = {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Variables;
  readonly costMax: number;
  steps: number;
  depth: number;
  aliases: number;
  rootFields: number;
  readonly lengths: Set<string>;
};

type Place = {
  readonly type: GraphQLNamedType | undefined;
  readonly depth: number;
  readonly factor: number;
  /** The factor of the field that the place is inside of. */
  readonly outerFactor: number;
  /** The number of fragments that enclose it. */
  readonly nesting: number;
};

type Field = GraphQLField<unknown, unknown>;

const fieldIn = (type: GraphQLNamedType | undefined, name: string): Field | undefined =>
  isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;

/** The length that a variable gives a list; none where it is null, or a value that execution refuses. */
export const lengthGiven = (variables: Variables, name: string): number | undefined => {
  const value = variables[name];
  if (Array.isArray(value)) return value.length;
  return typeof value === 'number' ? Math.max(0, value) : undefined;
};

/** Returns what the cost of an operation depends on in a variable. */
export const costKeyOf = (variables: Variables, name: string): string => {
  const value = variables[name];
  if (value === undefined) return '';
  return value === null ? 'null' : `${lengthGiven(variables, name) ?? 'given'}`;
};

const isGiven = (value: ValueNode, walk: Walk): boolean => {
  if (value.kind !== Kind.VARIABLE) return value.kind !== Kind.NULL;
  walk.lengths.add(value.name.value);
  return (walk.variables[value.name.value] ?? null) !== null;
};

/** Returns what the arguments add to the cost of a field. */
const argumentCostOf = (node: FieldNode, type: GraphQLNamedType | undefined, walk: Walk): number => {
  const costs = argumentCosts.get(`${type?.name ?? ''}.${node.name.value}`);
  if (costs === undefined) return 0;
  const own = (node.arguments ?? []).map(({ name, value }) =>
    isGiven(value, walk) ? (costs[name.value] ?? 0) : 0,
  );
  return own.reduce((sum, cost) => sum + cost, 0);
};

const lengthIn = (value: ValueNode, walk: Walk): number | undefined => {
  switch (value.kind) {
    case Kind.INT:
      return Math.max(0, Number(value.value));
    case Kind.LIST:
      return value.values.length;
    case Kind.VARIABLE:
      walk.lengths.add(value.name.value);
      return lengthGiven(walk.variables, value.name.value);
    default:
      return undefined;
  }
};

/** Returns the greatest number of items that the field can have. */
const lengthOf = (
  node: FieldNode,
  { type, field }: { readonly type: GraphQLNamedType | undefined; readonly field: Field | undefined },
  walk: Walk,
): number => {
  // A connection counts its length where it begins.
  if (type?.name.endsWith('Connection')) return 1;
  const length = field?.args.find(({ name }) => LENGTHS.has(name));
  if (!length) {
    if (!field || !isListType(getNullableType(field.type))) return 1;
    return listLengths.get(`${type?.name ?? ''}.${field.name}`) ?? LIST_FACTOR;
  }
  const given = (node.arguments ?? [])
    .filter(({ name }) => LENGTHS.has(name.value))
    .map(({ value }) => lengthIn(value, walk))
    .filter((one) => one !== undefined);
  return given.length === 0 ? Number(length.defaultValue ?? 1) : Math.max(...given);
};

const weighField = (node: FieldNode, place: Place, walk: Walk): number => {
  const { type, depth, nesting } = place;
  const name = node.name.value;
  const factor = ofWholeList.has(name) ? place.outerFactor : place.factor;
  if (node.alias) walk.aliases += 1;
  if (depth === 1) walk.rootFields += 1;
  walk.depth = Math.max(walk.depth, depth);
  if (name === '__typename') return factor;
  if (name.startsWith('__')) return INTROSPECTION_COST * (1 + aliasesIn(node.selectionSet, nesting, walk));
  const field = fieldIn(type, name);
  const own = factor * ((fieldCosts.get(name) ?? 1) + argumentCostOf(node, type, walk));
  if (!node.selectionSet) return own;
  const inner = {
    type: field && getNamedType(field.type),
    depth: depth + 1,
    nesting,
    outerFactor: factor,
    factor: factor * lengthOf(node, { type, field }, walk),
  };
  return own + weighSelections(node.selectionSet, inner, walk);
};

/** Counts the aliases inside of a field without a cost of its own; infinite if fragments form a circle. */
const aliasesIn = (selectionSet: SelectionSetNode | undefined, nesting: number, walk: Walk): number => {
  let aliases = 0;
  for (const selection of selectionSet?.selections ?? []) {
    walk.steps += 1;
    if (walk.steps > walk.costMax || nesting > NESTING_MAX) return Infinity;
    if (selection.kind === Kind.FIELD && selection.alias) aliases += 1;
    const inner =
      selection.kind === Kind.FRAGMENT_SPREAD ? walk.fragments.get(selection.name.value) : selection;
    const isFragment = selection.kind !== Kind.FIELD;
    aliases += aliasesIn(inner?.selectionSet, isFragment ? nesting + 1 : nesting, walk);
  }
  return aliases;
};

const namedType = (walk: Walk, name: string | undefined, otherwise: GraphQLNamedType | undefined) => {
  const type = name === undefined ? undefined : walk.schema.getType(name);
  return type && isCompositeType(type) ? type : otherwise;
};

const weighSelections = ({ selections }: SelectionSetNode, place: Place, walk: Walk): number => {
  let cost = 0;
  for (const selection of selections) {
    // Fragments of fragments double with each level, and may go round in circles: each step costs at least one.
    walk.steps += 1;
    if (walk.steps > walk.costMax || place.nesting > NESTING_MAX) return Infinity;
    if (selection.kind === Kind.FIELD) {
      cost += weighField(selection, place, walk);
      continue;
    }
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : walk.fragments.get(selection.name.value);
    if (!fragment) continue;
    const type = namedType(walk, fragment.typeCondition?.name.value, place.type);
    cost += weighSelections(fragment.selectionSet, { ...place, type, nesting: place.nesting + 1 }, walk);
  }
  return cost;
};

/** The values that variables have where the caller gives none. */
const defaultsOf = ({ variableDefinitions = [] }: OperationDefinitionNode): Variables =>
  Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  );

/**
 * Returns the greatest possible cost of an operation, before it is executed: each field costs one; fields inside of a
 * list cost as often as the list is long, which is its `first`, its `last` or its number of `ids`, or 5 for a list
 * without, or 100 for the products of a family; a count costs 50; a search of products costs 300 and a filter of them 500; the choices of filters cost 1000,
 * on a page of any length; introspection costs 1000, and as much again for each alias inside. Fragments count wherever
 * they are spread; `@skip` and `@include` are ignored.
 */
export const weigh = (
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  { variables, costMax }: { readonly variables: Variables; readonly costMax: number },
): Weight => {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const walk: Walk = {
    ...{ schema, fragments, costMax, variables: { ...defaultsOf(operation), ...variables } },
    ...{ steps: 0, depth: 0, aliases: 0, rootFields: 0, lengths: new Set<string>() },
  };
  const root = {
    type: schema.getRootType(operation.operation) ?? undefined,
    depth: 1,
    factor: 1,
    outerFactor: 1,
    nesting: 0,
  };
  const cost = weighSelections(operation.selectionSet, root, walk);
  const { depth, aliases, rootFields, lengths } = walk;
  return { depth, aliases, rootFields, cost, lengths: [...lengths] };
};

/** Returns the limit that the operation exceeds, in a sentence that says what to do; undefined if it exceeds none. */
export const excessOf = (weight: Weight, limits: Limits): string | undefined => {
  const { depthMax, aliasesMax, rootFieldsMax, costMax } = limits;
  // Circles of fragments have an infinite cost, so the cost is checked first.
  if (weight.cost > costMax) {
    const cost = Number.isFinite(weight.cost) ? `${weight.cost}` : `more than ${costMax}`;
    return `The operation may cost ${cost}, and ${costMax} is the most: ask for shorter lists or fewer fields.`;
  }
  if (weight.depth > depthMax)
    return `The operation is ${weight.depth} levels deep, and ${depthMax} is the most: ask for what is inside by its id.`;
  if (weight.aliases > aliasesMax)
    return `The operation has ${weight.aliases} aliases, and ${aliasesMax} is the most: send several requests.`;
  if (weight.rootFields > rootFieldsMax)
    return `The operation has ${weight.rootFields} root fields, and ${rootFieldsMax} is the most: send several requests.`;
  return undefined;
};
