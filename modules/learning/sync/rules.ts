/**
 * When something happened, by the server's clock. Clocks of devices are wrong by minutes or by years, so only the time between
 * the deed and its sending is believed, and nothing happens in the future.
 */
export const momentOf = (now: Date, sentAt: string, occurredAt: string): Date =>
  new Date(now.getTime() - Math.max(0, Date.parse(sentAt) - Date.parse(occurredAt)));
