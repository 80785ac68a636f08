/** How the time of a request grows with everything that is there: a picture, and the table behind it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from './parts.ts';
import { sizeOf, type Planted, type Planter } from './plant.ts';
import { load, productPort, type Ask } from './server.ts';

const picture = join(import.meta.dirname, '../docs/pictures/growth.svg');
const colours = ['#2f6f3e', '#b5651d', '#1f4e8c', '#8c2f39', '#6b4fa0', '#4a4a4a'];

/** Six requests that are made every minute, where the most rows are. */
function typical({ big, learners, admin }: Planted): Record<string, Ask[]> {
  const here = learners.filter(({ host }) => host === big);
  return {
    'course list': [{ path: '/api/v1/courses', headers: { host: big } }],
    search: ['water', 'maize', 'safety'].map((q) => ({ path: `/api/v1/courses?q=${q}`, headers: { host: big } })),
    'course page': here.map(({ slug, cookie }) => ({ path: `/courses/${slug}`, headers: { host: big, cookie } })),
    lesson: here.map(({ slug, lessonId, cookie }) => ({ path: `/learn/${slug}/${lessonId}`, headers: { host: big, cookie } })),
    'my learning': here.map(({ cookie }) => ({ path: '/learning', headers: { host: big, cookie } })),
    'list of members': [{ path: '/api/v1/members', headers: { host: big, cookie: admin.cookie } }],
  };
}

/** Milliseconds of one request at a time, by its name, for each size. */
async function measure(planter: Planter, times: number): Promise<Record<string, number>> {
  await planter.plant(sizeOf(times));
  const found: Record<string, number> = {};
  for (const [name, asks] of Object.entries(typical(await planter.planted()))) {
    await load(productPort, asks, { connections: 1, seconds: 1 });
    const { p50, failed, statuses } = await load(productPort, asks, { connections: 1, seconds: 3 });
    if (failed > 0) throw new Error(`${name}: ${JSON.stringify(statuses)}`);
    found[name] = p50;
  }
  return found;
}

export async function growth(planter: Planter, times: number, say: (text: string) => void): Promise<Finding[]> {
  const steps = [1, 10, 100, 1000].filter((step) => step <= times);
  const results: Record<string, number>[] = [];
  for (const step of steps) {
    say(`Measuring at ${step}×`);
    results.push(await measure(planter, step));
  }
  const names = Object.keys(results[0]!);
  writeFileSync(picture, draw(steps, names.map((name) => ({ name, values: results.map((result) => result[name]!) }))));
  return names.map((name) => {
    const values = results.map((result) => result[name]!);
    const factor = values.at(-1)! / values[0]!;
    return { name: `Growth of ${name}, ${steps[0]}× to ${steps.at(-1)}× rows`, value: `${factor.toFixed(2)} ×`, target: '≤ 2 ×', met: factor <= 2, note: steps.map((step, index) => `${step}×: ${values[index]} ms`).join(', ') };
  });
}

/** Lines over sizes, both readable in light and in dark. */
function draw(steps: readonly number[], lines: readonly { name: string; values: number[] }[]): string {
  const [width, height, left, top, right, bottom] = [760, 400, 56, 24, 170, 48];
  const most = Math.max(1, ...lines.flatMap(({ values }) => values)) * 1.1;
  const x = (index: number) => left + (width - left - right) * index / Math.max(1, steps.length - 1);
  const y = (value: number) => height - bottom - (height - top - bottom) * value / most;
  // Names stand at the ends of their lines, and make room for each other.
  const places = lines.map(({ values }, index) => ({ index, at: y(values.at(-1)!) })).sort((a, b) => a.at - b.at);
  for (let i = 1; i < places.length; i++) places[i]!.at = Math.max(places[i]!.at, places[i - 1]!.at + 18);
  const labels = new Map(places.map(({ index, at }) => [index, at]));
  const grid = [0, 0.25, 0.5, 0.75, 1].map((share) => most / 1.1 * share);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="t" font-family="system-ui, sans-serif" font-size="13">
<title id="t">Time of six requests as the rows become ${steps.at(-1)} times as many: ${lines.map(({ name, values }) => `${name} ${values[0]} to ${values.at(-1)} ms`).join('; ')}</title>
<rect width="${width}" height="${height}" rx="12" fill="#fbf7ee"/>
${grid.map((value) => `<path d="M${left} ${y(value)}H${width - right}" stroke="#251f16" stroke-opacity=".12"/><text x="${left - 8}" y="${y(value) + 4}" text-anchor="end" fill="#574e3f">${value.toFixed(most > 20 ? 0 : 1)}</text>`).join('\n')}
<text x="${left - 8}" y="${top - 8}" text-anchor="end" fill="#574e3f">ms</text>
${steps.map((step, index) => `<text x="${x(index)}" y="${height - bottom + 22}" text-anchor="middle" fill="#574e3f">${step.toLocaleString('en')}×</text>`).join('\n')}
${lines.map(({ name, values }, index) => `<polyline points="${values.map((value, at) => `${x(at)},${y(value)}`).join(' ')}" fill="none" stroke="${colours[index]}" stroke-width="2.5" stroke-linejoin="round"/>${values.map((value, at) => `<circle cx="${x(at)}" cy="${y(value)}" r="3.5" fill="${colours[index]}"/>`).join('')}<text x="${width - right + 12}" y="${labels.get(index)! + 4}" fill="${colours[index]}">${name} ${values.at(-1)!.toFixed(1)}</text>`).join('\n')}
</svg>
`;
}
