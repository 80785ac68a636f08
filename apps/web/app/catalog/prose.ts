/** Small changes to lesson text that make it readable everywhere; it is safe already. */

/** What scrolls sideways is reached by keyboard too. */
export const scrollable = (html: string): string => html.replace(/<(table|pre)(?=[\s>])/g, '<$1 tabindex="0"');
