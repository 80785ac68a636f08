import { diagnose, type Finding } from '../doctor/doctor.ts';
import { type Command } from './command.ts';
import { loadMain } from './installation.ts';

const marks: Record<Finding['state'], string> = { ok: '✓', warning: '!', failed: '✗', skipped: '-' };

export const run: Command<{ json?: boolean }> = async ({ json }, { config, terminal }) => {
  const { probes } = await loadMain();
  const findings = await diagnose(config, probes, (finding) => {
    if (json) return;
    terminal.print(`${marks[finding.state]} ${finding.check}: ${finding.message}`);
    if (finding.remedy) terminal.print(`    → ${finding.remedy}`);
  });
  if (json) terminal.json(findings);
  const failed = findings.filter((finding) => finding.state === 'failed').length;
  if (!json) terminal.print(failed === 0 ? '\nThis installation is well.' : `\n${failed} of ${findings.length} checks failed.`);
  return failed === 0 ? 0 : 1;
};
