import { Badge, type Tone } from '@milpa/ui';
import type { CourseImport } from '@milpa/interop/contract';
import { useT } from '../i18n/index.ts';

const tones: Record<CourseImport['status'], Tone> = { queued: 'maize', running: 'maize', succeeded: 'leaf', failed: 'clay' };

export function ImportStatus({ status }: Pick<CourseImport, 'status'>) {
  const t = useT();
  return <Badge tone={tones[status]}>{t(`interop.status.${status}`)}</Badge>;
}
