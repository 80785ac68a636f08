import { type Probes } from '../commands/installation.ts';
import { type Config } from '../config.ts';
import { checkDatabase } from './database.ts';
import { type Finding } from './finding.ts';
import { checkClock, checkDataFolder, checkNode, checkPort, checkSecret, checkSpace, checkWebBuild, freeBytes } from './machine.ts';

export { type Finding } from './finding.ts';

/**
 * Looks over an installation without changing it, except that an embedded database that is not running is started for as long.
 * @param report receives each finding as it is made
 */
export async function diagnose(config: Config, probes: Probes, report: (finding: Finding) => void): Promise<Finding[]> {
  const findings: Finding[] = [];
  const add = (finding: Finding): void => {
    findings.push(finding);
    report(finding);
  };
  add(checkNode(process.versions.node));
  add(checkClock(new Date()));
  add(checkDataFolder(config.dataDir));
  add(checkSpace(freeBytes(config.dataDir)));
  add(checkSecret(config));
  add(checkWebBuild(probes.webBuildIsFresh()));
  add(await checkPort(config.port, config.host));
  for (const finding of await checkDatabase(config, probes)) add(finding);
  return findings;
}
