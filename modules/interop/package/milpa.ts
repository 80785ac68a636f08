/** What a cartridge of ours says beyond the standard: read again, so that nothing is lost between one Milpa and another. */
import { completion, release } from '@milpa/catalog/contract';
import { z } from 'zod';
import type { PackageContents } from './contents.ts';
import type { CoursePlan } from './plan.ts';
import { packageHref } from './plan.ts';
import type { Report } from './report.ts';

export const metadataPath = 'milpa/course.json';
/** The lesson's own text stands between these. */
export const pageBegin = '<!-- milpa: lesson -->';
export const pageEnd = '<!-- milpa: end -->';

const metadata = z.object({
  milpa: z.literal(1),
  requiredShare: z.int().min(1).max(100), sequential: z.boolean(),
  level: z.string(), category: z.string().nullable(), price: z.object({ amount: z.int().positive(), currency: z.string().regex(/^[A-Z]{3}$/) }).nullable(),
  summary: z.string(), description: z.string(),
  modules: z.array(z.object({
    title: z.string(), release, prerequisites: z.array(z.int().nonnegative()),
    lessons: z.array(z.object({
      path: z.string(), title: z.string(), minutes: z.int().min(1).max(600).nullable(), completion, optional: z.boolean(), attachments: z.array(z.string()),
      /** In place of the file, where that is none of HTML. */
      html: z.string().optional(),
    })),
  })),
});
export type MilpaMetadata = z.infer<typeof metadata>;

/** The plan of a cartridge of ours, exactly; undefined where others have changed it so that both no longer agree. */
export async function planMilpa(plan: CoursePlan, contents: PackageContents, report: Report): Promise<CoursePlan | undefined> {
  const path = contents.locate(metadataPath);
  if (path === undefined) return undefined;
  const said = metadata.safeParse(jsonOf((await contents.readText(path)).text)).data;
  const listed = plan.modules.flatMap(({ lessons }) => lessons).map(({ source, title }) => `${source} ${title}`).sort();
  const ours = said?.modules.flatMap(({ lessons }) => lessons).map((lesson) => `${lesson.path} ${lesson.title}`).sort();
  if (!said || ours?.join('\n') !== listed.join('\n')) return undefined;
  report.add('kept', 'settings', path, 'read_as_structure', { files: [path] });
  const bySource = new Map(plan.modules.flatMap(({ lessons }) => lessons).map((lesson) => [lesson.source, lesson]));
  const { price, level } = said;
  return {
    ...plan,
    summary: said.summary, description: { html: said.description, source: '' }, category: said.category,
    level: level === 'beginner' || level === 'intermediate' || level === 'advanced' || level === 'all' ? level : null,
    price: price && { model: 'one_time', ...price },
    rules: { requiredShare: said.requiredShare, sequential: said.sequential },
    modules: said.modules.map(({ title, release: opens, prerequisites, lessons }) => ({
      title, release: opens, prerequisites,
      lessons: lessons.map(({ path: source, title: name, minutes, completion: by, optional, attachments, html }) => {
        const lesson = bySource.get(source)!;
        return { ...lesson, title: name, minutes, completion: by, optional, isPage: true, companions: [], attachments: attachments.map(packageHref), html: html ?? ownText(lesson.html) };
      }),
    })),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Without what we wrote around the lesson, and TeX without its marks. */
function ownText(page: string): string {
  const [start, end] = [page.indexOf(pageBegin), page.lastIndexOf(pageEnd)];
  const text = start < 0 || end < start ? page : page.slice(start + pageBegin.length, end);
  return text.trim().replace(/(<(span|div)[^>]* data-kind="math"[^>]*>)\\[([]([^<]*)\\[)\]](<\/\2>)/g, '$1$3$4');
}
