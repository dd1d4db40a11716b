import {
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
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
import type { Limits } from './limits';

export type Weight = {
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly cost: number;
  /** The variables that set the length of a list: with other values of these, the operation has another cost. */
  readonly lengths: readonly string[];
};

export type Variables = Readonly<Record<string, unknown>>;

/** Arguments that set the length of a list: the number of items, or their ids. */
const LENGTHS: ReadonlySet<string> = new Set(['first', 'last', 'ids']);
/** Counting reads an index, up to thousands of entries of it. */
const COUNT_COST = 50;
const counts: ReadonlySet<string> = new Set(['totalCount', 'totalCountIsExact']);
/** The assumed length of a list that has no `first`: lines, shipments, a timeline. */
const LIST_FACTOR = 5;
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
  if (!length) return field && isListType(getNullableType(field.type)) ? LIST_FACTOR : 1;
  const given = (node.arguments ?? [])
    .filter(({ name }) => LENGTHS.has(name.value))
    .map(({ value }) => lengthIn(value, walk))
    .filter((one) => one !== undefined);
  return given.length === 0 ? Number(length.defaultValue ?? 1) : Math.max(...given);
};

const weighField = (node: FieldNode, { type, depth, factor, nesting }: Place, walk: Walk): number => {
  const name = node.name.value;
  if (node.alias) walk.aliases += 1;
  if (depth === 1) walk.rootFields += 1;
  walk.depth = Math.max(walk.depth, depth);
  if (name === '__typename') return factor;
  if (name.startsWith('__')) return INTROSPECTION_COST * (1 + aliasesIn(node.selectionSet, nesting, walk));
  const field = fieldIn(type, name);
  if (!node.selectionSet) return counts.has(name) ? factor * COUNT_COST : factor;
  const inner = {
    type: field && getNamedType(field.type),
    depth: depth + 1,
    nesting,
    factor: factor * lengthOf(node, { type, field }, walk),
  };
  return factor + weighSelections(node.selectionSet, inner, walk);
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

/** The lengths that variables have where the caller gives none. */
const defaultLengths = ({ variableDefinitions = [] }: OperationDefinitionNode): Variables =>
  Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue?.kind === Kind.INT ? [[variable.name.value, Number(defaultValue.value)]] : [],
    ),
  );

/**
 * Returns the greatest possible cost of an operation, before it is executed: each field costs one; fields inside of a
 * list cost as often as the list is long, which is its `first`, its `last` or its number of `ids`, or 5 for a list
 * without; a count costs 50; introspection costs 1000, and as much again for each alias inside. Fragments count
 * wherever they are spread; `@skip` and `@include` are ignored.
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
    ...{ schema, fragments, costMax, variables: { ...defaultLengths(operation), ...variables } },
    ...{ steps: 0, depth: 0, aliases: 0, rootFields: 0, lengths: new Set<string>() },
  };
  const root = {
    type: schema.getRootType(operation.operation) ?? undefined,
    depth: 1,
    factor: 1,
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
