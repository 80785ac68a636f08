import { type Command } from './command.ts';
import { type TenantLine, withInstallation } from './installation.ts';

interface Listing {
  json?: boolean;
}

const columns = ({ slug, name, blueprint, plan, status, url }: TenantLine): Record<string, string> => ({ slug, name, blueprint, plan, status, url });

export const create: Command<Listing & { slug: string; name: string; blueprint: string; plan?: string; locale?: string; admin?: string }> = async (
  options,
  { config, terminal },
) =>
  withInstallation(config, terminal, async (installation) => {
    const { json, ...input } = options;
    const tenant = await terminal.stage(`Creating ${input.slug}`, () => installation.createTenant(input));
    if (json) terminal.json(tenant);
    else terminal.print(`${tenant.name} is at ${tenant.url}`);
    return 0;
  });

export const list: Command<Listing> = async ({ json }, { config, terminal }) =>
  withInstallation(config, terminal, async (installation) => {
    const tenants = await installation.listTenants();
    if (json) terminal.json(tenants);
    else if (tenants.length === 0)
      terminal.print('There are no tenants yet. "npm run milpa -- tenant create --help" says how to make one.');
    else terminal.table(tenants.map(columns));
    return 0;
  });

export const suspend: Command<Listing & { slug: string; reason: string }> = async ({ slug, reason, json }, { config, terminal }) =>
  withInstallation(config, terminal, async (installation) => {
    const tenant = await installation.suspendTenant(slug, reason);
    if (json) terminal.json(tenant);
    else terminal.print(`${tenant.name} is ${tenant.status}.`);
    return 0;
  });
