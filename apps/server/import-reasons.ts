/** Why an import kept, changed or dropped something, in the words of the report's screen. */
import compile from 'icu-minify/compile';
import format from 'icu-minify/format';
import english from '../web/app/interop/messages/en.json' with { type: 'json' };

const messages: Record<string, string> = english;
const formatters = {
  getDateTimeFormat: (...args: ConstructorParameters<typeof Intl.DateTimeFormat>) => new Intl.DateTimeFormat(...args),
  getNumberFormat: (...args: ConstructorParameters<typeof Intl.NumberFormat>) => new Intl.NumberFormat(...args),
  getPluralRules: (...args: ConstructorParameters<typeof Intl.PluralRules>) => new Intl.PluralRules(...args),
};

/** In English, as all of the command line; a reason without words is given as it is. */
export function reasonText(reason: string, params: Record<string, string | number> = {}): string {
  const message = messages[`interop.report.${reason}`];
  return message === undefined ? reason : String(format(compile(message), 'en', params, { formatters }));
}
