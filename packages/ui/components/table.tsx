/* oxlint-disable jsx-a11y/no-redundant-roles, jsx-a11y/no-interactive-element-to-noninteractive-role -- browsers that take a table's roles away when CSS makes it a list of cards get them back */
import type { ReactNode } from 'react';

export type Column<Row> = {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Numbers and amounts stand at the end. */
  align?: 'start' | 'end';
  /** The cell that names the row: heads its card on narrow screens. One a table, usually the first. */
  primary?: boolean;
  /** Actions: the header is for screen readers alone. */
  actions?: boolean;
};

export type TableProps<Row> = {
  /** Says what the table holds; read out, not shown. */
  caption: string;
  columns: ReadonlyArray<Column<Row>>;
  rows: readonly Row[];
  rowKey: (row: Row) => string;
};

/** A table that becomes a list of cards on narrow screens. */
export function Table<Row>({ caption, columns, rows, rowKey }: TableProps<Row>) {
  return (
    <table className="ui-table" role="table">
      <caption className="ui-hidden">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(column => (
            <th key={column.key} scope="col" role="columnheader" data-align={column.align}>
              {column.actions ? <span className="ui-hidden">{column.header}</span> : column.header}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map(row => <tr key={rowKey(row)} role="row">{columns.map(column => <Cell key={column.key} column={column} row={row} />)}</tr>)}
      </tbody>
    </table>
  );
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  if (column.primary) return <th scope="row" role="rowheader" data-primary>{column.cell(row)}</th>;
  return (
    <td role="cell" data-align={column.align} data-actions={column.actions || undefined} data-label={column.actions ? undefined : column.header}>
      {column.cell(row)}
    </td>
  );
}

/** Facts about one thing, each under its name. */
export function DefinitionList({ items }: { items: ReadonlyArray<{ term: ReactNode; value: ReactNode }> }) {
  return <dl className="ui-facts-list">{items.map((item, i) => <div key={i}><dt>{item.term}</dt><dd>{item.value}</dd></div>)}</dl>;
}
