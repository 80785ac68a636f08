/** For tests: a course made through the API. Takes what a test bed has without knowing the test bed. */
interface Client { post(path: string, body?: unknown): Promise<{ status: number; body: any; text: string }> }

export interface MadeCourse { id: string; slug: string; lessons: string[] }

/** A published course of the client's member, with so many lessons in one module. */
export async function publishedCourse({ client }: { client: Client }, title: string, lessonCount = 2, more: object = {}): Promise<MadeCourse> {
  const { body: course } = await client.post('courses', { title, language: 'en', ...more });
  const { body: module } = await client.post(`courses/${course.id}/modules`, { title: 'One' });
  const lessons: string[] = [];
  for (let n = 1; n <= lessonCount; n++) lessons.push((await client.post(`courses/${course.id}/modules/${module.id}/lessons`, { title: `Lesson ${n}`, bodyHtml: `<p>Text ${n}</p>` })).body.id);
  const published = await client.post(`courses/${course.id}/publish`);
  if (published.status !== 200) throw new Error(`Publishing answered ${published.status} ${published.text}`);
  return { id: course.id, slug: course.slug, lessons };
}
