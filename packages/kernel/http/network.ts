import { isIPv4, isIPv6 } from 'node:net';

/** The address with its last bits zero ("203.0.113.0", "2001:db8:7::"); lengths in whole octets or groups. "" if it is none. */
export function networkOf(address: string, ipv4Bits: 24 | 32, ipv6Bits: 48 | 64): string {
  const plain = address.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIPv4(plain)) {
    return plain
      .split('.')
      .map((octet, index) => (index < ipv4Bits / 8 ? octet : '0'))
      .join('.');
  }
  if (!isIPv6(plain)) return '';
  return `${ipv6Groups(plain)
    .slice(0, ipv6Bits / 16)
    .join(':')}::`;
}

function ipv6Groups(address: string): string[] {
  const [head = '', tail] = address.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  return [...left, ...(tail === undefined ? [] : zeros), ...right];
}
