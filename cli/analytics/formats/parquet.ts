import { fileWriter, ParquetWriter, type ColumnSource } from 'hyparquet-writer';
import type { Cell, ColumnType } from '../../../platform/read-models/flat';

export type TypedColumn = { readonly name: string; readonly type: ColumnType };

type Element = ConstructorParameters<typeof ParquetWriter>[0]['schema'][number];

const physical: Readonly<Record<ColumnType, Omit<Element, 'name' | 'repetition_type'>>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  integer: { type: 'INT64' },
  real: { type: 'DOUBLE' },
  timestamp: {
    type: 'INT64',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MILLIS' },
  },
  'local-timestamp': {
    type: 'INT64',
    logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MILLIS' },
  },
  date: { type: 'INT32', converted_type: 'DATE' },
};

const DAY_MS = 86_400_000;

/** Returns a cell as Parquet stores it. A text that is no moment, or a number that is not whole, becomes null. */
const valueOf = (cell: Cell, type: ColumnType): string | number | bigint | null => {
  if (cell === null) return null;
  switch (type) {
    case 'text':
      return String(cell);
    case 'real':
      return Number(cell);
    case 'integer':
      return Number.isSafeInteger(cell) ? BigInt(cell) : null;
    case 'timestamp':
    case 'local-timestamp': {
      const ms = Date.parse(type === 'timestamp' ? String(cell) : `${cell}Z`);
      return Number.isNaN(ms) ? null : BigInt(ms);
    }
    case 'date': {
      const ms = Date.parse(`${cell}T00:00:00Z`);
      return Number.isNaN(ms) ? null : ms / DAY_MS;
    }
  }
};

/**
 * Writes a Parquet file in groups of rows. Only one group is in memory.
 *
 * @param file - the path; a file that is there is replaced.
 */
export class ParquetFile {
  private readonly writer: ParquetWriter;

  constructor(
    file: string,
    private readonly columns: readonly TypedColumn[],
  ) {
    this.writer = new ParquetWriter({
      writer: fileWriter(file),
      schema: [
        { name: 'root', num_children: columns.length },
        ...columns.map(({ name, type }): Element => ({
          ...physical[type],
          name,
          repetition_type: 'OPTIONAL',
        })),
      ],
      createdBy: 'waybill',
    });
  }

  /** Writes one group of rows. */
  async write(rows: readonly (readonly Cell[])[]): Promise<void> {
    if (rows.length === 0) return;
    const columnData = this.columns.map(({ name, type }, at): ColumnSource => ({
      name,
      data: rows.map((row) => valueOf(row[at] ?? null, type)),
      offsetIndex: false,
    }));
    await this.writer.write({ columnData, rowGroupSize: rows.length });
  }

  /** Writes the end of the file, without which no reader takes it for a Parquet file. */
  async end(): Promise<void> {
    await this.writer.finish();
  }
}
