import { capture, show } from './run.ts';

const noninteractive = { DEBIAN_FRONTEND: 'noninteractive' };

/**
 * Makes sure that the browser tests have their browser: Debian's Chromium, installed when it is absent and we may.
 * @returns null, or what the person has to do
 */
export async function ensureChromium(): Promise<string | null> {
  if (await isInstalled()) return null;
  if (process.getuid?.() !== 0) {
    return 'The browser tests need Chromium, which is not installed. Run "sudo apt-get install chromium" (or your system\'s equivalent), then "npm test" again.';
  }
  console.log('Installing Chromium for the browser tests');
  await show(['apt-get', 'update'], noninteractive);
  await show(['apt-get', 'install', '--yes', '--no-install-recommends', 'chromium'], noninteractive);
  if (await isInstalled()) return null;
  return 'Chromium could not be installed with apt-get. Install it by hand so that "chromium --version" works, then run "npm test" again.';
}

async function isInstalled(): Promise<boolean> {
  return (await capture(['chromium', '--version'])).code === 0;
}
