/** The saved questions of the analysts' desk, each with its words. */
export const questions = [
  ['top-products', 'Which products sold best?'],
  ['delivery-times', 'How long do parcels take?'],
  ['stock', 'What does each warehouse have?'],
] as const;

export type Question = (typeof questions)[number][0];

export const questionNames = questions.map(([name]) => name);
