/* Charts as plain SVG: drawn on the server, without a library, in the theme's colours. Text stands beside the drawing, never in it, so that the
   drawing can be turned for right-to-left pages by CSS alone; and each chart has the same numbers in a table. */
import type { ReactNode } from 'react';
import type { Tone } from './marks.tsx';

export type LineSeries = { key: string; label: string; tone: Exclude<Tone, 'neutral'>; values: readonly number[] };
export type LineChartProps = {
  /** What it shows, for those who do not see it. */
  label: string;
  series: readonly LineSeries[];
  /** The names of the first and the last point. */
  from: ReactNode;
  to: ReactNode;
  /** The highest value as it is written. */
  formatMax: (max: number) => string;
  /** Opens the table, and the table. */
  tableLabel: ReactNode;
  table: ReactNode;
};

const width = 300;
const height = 80;

/** Values along time, each series a line, under it the way to its table. */
export function LineChart({ label, series, from, to, formatMax, tableLabel, table }: LineChartProps) {
  const max = Math.max(1, ...series.flatMap(({ values }) => values));
  return (
    <figure className="ui-chart">
      <ul className="ui-chart-legend">{series.map(({ key, label: name, tone }) => <li key={key} data-tone={tone}>{name}</li>)}</ul>
      <div className="ui-chart-plot">
        <span className="ui-chart-max" aria-hidden="true">{formatMax(max)}</span>
        <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" role="img" aria-label={label}>
          {[0, 0.5, 1].map(share => <line key={share} className="ui-chart-grid" x1="0" x2={width} y1={height * share} y2={height * share} />)}
          {series.map(({ key, tone, values }) => <polyline key={key} className="ui-chart-line" data-tone={tone} points={pointsOf(values, max)} />)}
        </svg>
      </div>
      <p className="ui-chart-ends"><span>{from}</span><span>{to}</span></p>
      <details className="ui-chart-table"><summary>{tableLabel}</summary>{table}</details>
    </figure>
  );
}

function pointsOf(values: readonly number[], max: number): string {
  const step = values.length > 1 ? width / (values.length - 1) : 0;
  return values.map((value, index) => `${round(index * step)},${round(height - (value / max) * height)}`).join(' ');
}

const round = (value: number): number => Math.round(value * 10) / 10;

export type BarChartProps = {
  caption: string;
  /** The header of what the rows are, and of each number. */
  headers: { row: string; numbers: readonly string[] };
  rows: ReadonlyArray<{ key: string; label: ReactNode; /** One after another along the bar. */ parts: ReadonlyArray<{ value: number; tone: Tone }>; numbers: readonly ReactNode[] }>;
  /** What the whole length of a bar stands for. */
  max: number;
  /** Numbers beside the bars only; their headers for screen readers. */
  quiet?: boolean;
};

/** Bars in a table: each row has its drawing and the numbers that it shows. A funnel is such a chart with parts. */
export function BarChart({ caption, headers, rows, max, quiet }: BarChartProps) {
  return (
    <table className="ui-bars" data-quiet={quiet || undefined}>
      <caption className="ui-hidden">{caption}</caption>
      <thead><tr><th scope="col">{headers.row}</th><th scope="col"><span className="ui-hidden">{caption}</span></th>{headers.numbers.map(name => <th key={name} scope="col">{name}</th>)}</tr></thead>
      <tbody>
        {rows.map(({ key, label, parts, numbers }) => (
          <tr key={key}>
            <th scope="row">{label}</th>
            <td><Bar parts={parts} max={max} /></td>
            {numbers.map((number, index) => <td key={headers.numbers[index]} data-label={headers.numbers[index]}>{number}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Bar({ parts, max }: { parts: BarChartProps['rows'][number]['parts']; max: number }) {
  const share = (value: number) => (max > 0 ? round((value / max) * 100) : 0);
  const starts = parts.map((_, index) => parts.slice(0, index).reduce((sum, part) => sum + share(part.value), 0));
  return (
    <svg className="ui-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect className="ui-bar-ground" width="100" height="10" />
      {parts.map(({ value, tone }, index) => <rect key={index} data-tone={tone} x={starts[index]} width={share(value)} height="10" />)}
    </svg>
  );
}
