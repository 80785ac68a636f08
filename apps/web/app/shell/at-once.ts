/** What the server's page has at once, and browsers fetch later: see `plugins.ts`. */
export { SupportBanner } from './support-banner.tsx';
