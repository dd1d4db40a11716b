type Given<Fields> = {
  readonly [Name in keyof Fields]?: NonNullable<Fields[Name]>;
};

/** Leaves out what was not given: GraphQL's null and absence are both absence. */
export const given = <Fields extends Readonly<Record<string, unknown>>>(fields: Fields): Given<Fields> => {
  const kept: Record<string, unknown> = {};
  for (const name in fields) {
    const value = fields[name];
    if (value !== null && value !== undefined) kept[name] = value;
  }
  return kept as Given<Fields>;
};
