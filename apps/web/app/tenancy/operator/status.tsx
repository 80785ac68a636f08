import { Badge } from '@milpa/ui';
import { useT } from '../../i18n/index.ts';

/** The states of an organisation, in the order in which they are shown. */
export const statuses = ['active', 'provisioning', 'suspended', 'closed'] as const;
export type Status = (typeof statuses)[number];

const tones = { active: 'leaf', provisioning: 'maize', suspended: 'clay', closed: 'neutral' } as const;

export function StatusBadge({ status }: { status: Status }) {
  const t = useT();
  return <Badge tone={tones[status]}>{t(`tenancy.status.${status}`)}</Badge>;
}
