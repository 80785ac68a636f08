/**
 * When something happened, by the server's clock. Clocks of devices are wrong by minutes or by years, so only the time between
 * the deed and its sending is believed, nothing happens in the future, and
 * nothing longer ago than ten years: a moment before all years would be none to the database, and keep everything else on the device from being taken.
 */
export const momentOf = (now: Date, sentAt: string, occurredAt: string): Date =>
  new Date(now.getTime() - Math.min(longestAgo, Math.max(0, Date.parse(sentAt) - Date.parse(occurredAt))));

const longestAgo = 10 * 365 * 24 * 3_600_000;
