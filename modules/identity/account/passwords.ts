import { AccountError } from './errors.ts';

const PASSWORD_MIN = 10;
const PASSWORD_MAX = 128;

/**
 * What everybody tries first, in the product's three languages. Compared without case, spaces and what follows the last
 * letter, so "Password2026!" is found too.
 */
const COMMON = new Set([
  'password',
  'passw0rd',
  'p@ssword',
  'p@ssw0rd',
  'mypassword',
  'thepassword',
  'passwordpassword',
  'changeme',
  'letmein',
  'letmeinplease',
  'welcome',
  'welcometo',
  'administrator',
  'adminadmin',
  'superadmin',
  'qwerty',
  'qwertyuiop',
  'qwerty123qwerty',
  'qwertyqwerty',
  'asdfghjkl',
  'asdfghjklñ',
  'zxcvbnm',
  'azertyuiop',
  '1q2w3e4r5t',
  '1qaz2wsx3edc',
  'q1w2e3r4t5',
  'iloveyou',
  'iloveyouso',
  'trustno',
  'princess',
  'football',
  'baseball',
  'superman',
  'batman',
  'dragon',
  'monkey',
  'sunshine',
  'starwars',
  'abcdefghij',
  'abcdefghijk',
  'abcd1234abcd',
  'abcabcabc',
  'aaaaaaaaaa',
  'school',
  'teacher',
  'student',
  'university',
  'milpa',
  'contraseña',
  'contrasena',
  'micontraseña',
  'micontrasena',
  'contraseñacontraseña',
  'tequiero',
  'tequieromucho',
  'teamo',
  'teamomucho',
  'bienvenido',
  'bienvenida',
  'bienvenidos',
  'escuela',
  'maestro',
  'maestra',
  'estudiante',
  'méxico',
  'mexico',
  'vivamexico',
  'guadalupe',
  'america',
  'chivas',
  'estrella',
  'mariposa',
  'administrador',
  'كلمةالسر',
  'كلمةالمرور',
  'باسورد',
  'مرحبا',
  'القاهرة',
  'مدرسة',
  'محمد',
  'احبك',
]);

const RUNS = ['0123456789'.repeat(13), 'abcdefghijklmnopqrstuvwxyz'].flatMap((run) => [run, [...run].reverse().join('')]);

/** @throws AccountError when the password is too short, too long, or among the first that anybody would try. */
export function checkNewPassword(password: string): void {
  if ([...password].length < PASSWORD_MIN) throw new AccountError('identity.password_too_short');
  if (password.length > PASSWORD_MAX) throw new AccountError('identity.password_too_long');
  if (isCommon(password)) throw new AccountError('identity.password_too_common');
}

function isCommon(password: string): boolean {
  const plain = password.normalize('NFC').toLowerCase().replace(/\s/gu, '');
  const stem = plain.replace(/[^\p{L}]+$/u, '');
  return COMMON.has(plain) || COMMON.has(stem) || new Set(plain).size < 4 || isRun(plain);
}

/** "2345678901", "abcdefghij", and the same backwards. */
function isRun(text: string): boolean {
  return RUNS.some((run) => run.includes(text));
}
