/** The course and lesson of a player's address; null for any other address. */
export function addressOf(path: string): { slug: string; lessonId: string | null } | null {
  const [, slug, lessonId] = /^\/learn\/([^/?#]+)(?:\/([^/?#]+))?/.exec(path) ?? [];
  if (!slug) return null;
  try {
    return { slug: decodeURIComponent(slug), lessonId: lessonId ?? null };
  } catch {
    return null;
  }
}
