/** What a phone makes of the pages, by Lighthouse with its own throttling. It is fetched when it is asked for: nobody else needs its hundred packages. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Bench, Finding } from './parts.ts';

const version = '13.5.0';
const categories = ['performance', 'accessibility', 'best-practices', 'seo'];
const chromium = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

async function scores(url: string, cookie: string | null): Promise<{ scores: Record<string, number>; misses: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'milpa-lighthouse-'));
  const file = join(folder, 'report.json');
  try {
    await promisify(execFile)('npx', ['--yes', `lighthouse@${version}`, url, '--quiet', '--output=json', `--output-path=${file}`, `--only-categories=${categories.join(',')}`,
      '--chrome-flags=--headless=new --no-sandbox --disable-gpu', ...(cookie ? [`--extra-headers=${JSON.stringify({ cookie })}`] : [])], { env: { ...process.env, CHROME_PATH: chromium }, maxBuffer: 1e8 });
    const report = JSON.parse(readFileSync(file, 'utf8')) as {
      categories: Record<string, { score: number; auditRefs: { id: string; weight: number }[] }>; audits: Record<string, { score: number | null; title: string; details?: { items?: { description?: string; sourceLocation?: { url: string } }[] } }>;
    };
    return {
      scores: Object.fromEntries(categories.map((name) => [name, Math.round(report.categories[name]!.score * 100)])),
      misses: Object.values(report.categories).flatMap(({ auditRefs }) => auditRefs.filter(({ id, weight }) => weight > 0 && (report.audits[id]?.score ?? 1) < 0.9).map(({ id }) => `${id} ${report.audits[id]!.score}${report.audits[id]!.details?.items?.[0]?.description ? ` (${report.audits[id]!.details.items[0].description.slice(0, 120)})` : ''}`)),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function lighthouse({ planted: { big, learners } }: Bench): Promise<Finding[]> {
  const learner = learners.find(({ host }) => host === big)!;
  const pages: [string, string, string | null][] = [
    ['catalogue', '/courses', null], ['course page', `/courses/${learner.slug}`, null], ['player', `/learn/${learner.slug}/${learner.lessonId}`, learner.cookie], ['dashboard', '/learning', learner.cookie],
  ];
  const findings: Finding[] = [];
  for (const [name, path, cookie] of pages) {
    const { scores: found, misses } = await scores(`http://${big}${path}`, cookie);
    const least = Math.min(...Object.values(found));
    findings.push({ name: `Lighthouse, ${name}`, value: String(least), target: '≥ 95', met: least >= 95, note: [Object.entries(found).map(([category, score]) => `${category} ${score}`).join(', '), ...misses].join('; ') });
  }
  return findings;
}
