const isApple = () => /Mac|iPhone|iPad/.test(navigator.platform);

/** A key combination as keyboards show it: `Mod-Shift-b` is Ctrl+Shift+B, and ⌘⇧B on a Mac. */
export function keysFor(keys: string): string {
  const apple = isApple();
  const parts = keys.split(/-(?=.)/).map((part) => ({ Mod: apple ? '⌘' : 'Ctrl', Shift: apple ? '⇧' : 'Shift', Alt: apple ? '⌥' : 'Alt' })[part] ?? part.toUpperCase());
  return parts.join(apple ? '' : '+');
}
