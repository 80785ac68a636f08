/** Fills in `{name}`, the first name, and `{course}`; what they contain is not looked at again. */
export function fillIn(text: string, { name, course }: { name: string; course: string }): string {
  const values: Record<string, string> = { name: name.trim().split(/\s+/)[0] ?? '', course };
  return text.replace(/\{(name|course)\}/g, (_blank, key: string) => values[key] ?? '');
}
