import { endpoint, locale, open, text } from '@milpa/kernel/contract';
import { z } from 'zod';

/** Why nothing of these calls is kept for repetitions. */
const secret = 'passwords, codes or tokens go in or out; a repetition asks again, and changes nothing twice';

export const setUpOperator = endpoint({
  id: 'identity.setUpOperator', method: 'POST', secret, path: '/operator-setup', plane: 'control', summary: 'Make the first operator’s account with the code from the server’s log', status: 201,
  access: open('there is nobody yet who could sign in; the code is the proof'),
  body: z.strictObject({ code: z.string().trim().min(1).max(100), email: z.string().trim().min(1).max(254), name: text(200), password: z.string().min(1).max(1000), locale: locale.default('en') }),
  response: z.object({ accountId: z.uuid() }),
  errors: ['identity.setup_code_invalid', 'identity.email_invalid', 'identity.email_taken', 'identity.password_too_short', 'identity.password_too_long', 'identity.password_too_common', 'kernel.rate_limited'],
});
