/** Prices as people type them, and as they are kept: whole minor units (JPY has none, KWD three digits of them). */

/** Digits after the decimal sign of a currency. */
function fractionDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

/**
 * Minor units of what was typed. Digits may be Arabic; a comma or point is the decimal sign where as many digits follow it
 * as the currency has, or fewer. Null: nothing typed, or zero: free. NaN: not an amount.
 */
export function minorUnits(typed: string, currency: string): number | null {
  const digits = fractionDigits(currency);
  const text = typed.replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660)).replace(/٫/g, '.').replace(/[\s٬]/g, '');
  if (text === '') return null;
  const parts = /^([\d.,]*?)(?:[.,](\d+))?$/.exec(text);
  if (!parts) return NaN;
  const [, whole = '', fraction = ''] = parts;
  const grouped = fraction.length > digits ? [whole + fraction, ''] : [whole, fraction];
  if (fraction.length > digits && fraction.length !== 3) return NaN;
  const amount = Number(grouped[0]?.replace(/[.,](?=\d{3})/g, '') + (grouped[1] ?? '').padEnd(digits, '0'));
  return amount === 0 ? null : amount;
}

/** An amount as a field shows it, with a decimal point. */
export function typedAmount(amount: number, currency: string): string {
  const digits = fractionDigits(currency);
  const text = String(amount).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
