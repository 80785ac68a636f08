import type { NoteInCourse } from '@milpa/learning/contract';

/** Notes as Markdown: by course and lesson, in the order in which they were made. What somebody wrote stays as they wrote it. */
export function markdownOf(notes: readonly NoteInCourse[]): string {
  const oldestFirst = notes.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt));
  return [...Map.groupBy(oldestFirst, ({ courseId }) => courseId).values()].map((ofCourse) => {
    const lessons = [...Map.groupBy(ofCourse, ({ lessonTitle }) => lessonTitle)].map(([title, ofLesson]) => `## ${inLine(title)}\n\n${ofLesson.map(partOf).join('\n\n')}`);
    return `# ${inLine(ofCourse[0]!.course.title)}\n\n${lessons.join('\n\n')}\n`;
  }).join('\n');
}

const inLine = (text: string) => text.replace(/\s+/g, ' ').trim();

function partOf({ kind, quote, text }: NoteInCourse): string {
  const passage = quote && quote.split('\n').map((line) => `> ${line}`).join('\n');
  return [kind === 'bookmark' ? '★' : '', passage, text].filter(Boolean).join('\n\n');
}
