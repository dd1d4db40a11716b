/** Shapes in a square of 100: `body` is filled, `lines` are drawn over it. */
export type Drawing = { readonly body: string; readonly lines: string };

/** The drawings of the first catalogue's products, by SKU. */
export const drawings: Readonly<Record<string, Drawing>> = {
  'LAMP-01': {
    body: 'M36 20h28l12 28H24zM36 80h28v5H36z',
    lines: 'M50 48v32M60 48v10M64 83c12 0 6 8 22 5',
  },
  'MUG-01': {
    body: 'M24 32h44v42a8 8 0 0 1-8 8H32a8 8 0 0 1-8-8z',
    lines: 'M68 42h8a8 8 0 0 1 0 24h-8M38 24c-5-5 5-7 0-12M54 24c-5-5 5-7 0-12',
  },
  'MUG-02': {
    body: 'M26 36h42v40a8 8 0 0 1-8 8H34a8 8 0 0 1-8-8zM22 28h50v8H22z',
    lines: 'M68 46h8a8 8 0 0 1 0 22h-8M44 28v-6h6v6M50 50a10 10 0 1 0 6 16a9 9 0 0 1-6-16z',
  },
  'POT-01': {
    body: 'M36 38h28l8 46H28z',
    lines: 'M38 38l4-10h16l4 10M50 28v-6M33 54L18 42h-5M66 46h14v28h-10M31 68h38',
  },
  'TWINE-01': {
    body: 'M28 20h44v9H28zM28 73h44v9H28z',
    lines: 'M34 29v44h32V29M34 36l32 6M34 45l32 6M34 54l32 6M34 63l32 6M66 66c14 2 4 18 20 14',
  },
  'TAPE-01': {
    body: 'M78 48a30 30 0 1 1-60 0a30 30 0 0 1 60 0z',
    lines: 'M61 48a13 13 0 1 1-26 0a13 13 0 0 1 26 0zM48 78h38l-3-4 3-4H68',
  },
  'BOX-S': {
    body: 'M28 44l22-11 22 11v27L50 82 28 71z',
    lines: 'M28 44l22 11 22-11M50 55v27M39 38.5l22 11v9',
  },
  'BOX-L': {
    body: 'M20 44l30 13 30-13v32L50 90 20 76z',
    lines: 'M20 44l30-13 30 13M50 57v33M20 44L9 56l31 14 10-13 10 13 31-14-11-12',
  },
  'BOOK-01': {
    body: 'M26 16h48v66H26z',
    lines: 'M35 16v66M44 32h22M44 42h22M44 52h14M58 82v9l4-4 4 4v-9',
  },
  'BOOK-02': {
    body: 'M34 44h20v15H34zM54 49h8l6 6v4H54z',
    lines:
      'M20 20h60v60H20zM20 40h14M54 40h26M20 68h60M40 20v24M60 20v29M43 63a4 4 0 1 1-8 0a4 4 0 0 1 8 0zM65 63a4 4 0 1 1-8 0a4 4 0 0 1 8 0z',
  },
  'MAP-01': {
    body: 'M16 30l22-9 24 9 22-9v50l-22 9-24-9-22 9z',
    lines: 'M38 21v50M62 30v50M22 64l12-14 16 8 10-20 18-5',
  },
  'BLANKET-01': {
    body: 'M20 38q0-8 8-8h44q8 0 8 8v34q0 6-6 6H26q-6 0-6-6z',
    lines: 'M20 46h48q6 0 6-8M20 60h60M28 78v8M38 78v8M48 78v8M58 78v8M68 78v8',
  },
};
