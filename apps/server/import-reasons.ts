/** Why an import kept, changed or dropped something, in the words of the report's screen. */
import { formatMessage } from '@milpa/kernel';
import english from '../web/app/interop/messages/en.json' with { type: 'json' };

const messages: Record<string, string> = english;

/** In English, as all of the command line; a reason without words is given as it is. */
export function reasonText(reason: string, params: Record<string, string | number> = {}): string {
  const message = messages[`interop.report.${reason}`];
  return message === undefined ? reason : formatMessage(message, 'en', params);
}
