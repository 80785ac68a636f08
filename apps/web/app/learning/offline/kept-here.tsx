/** On the page where a learner's day begins: what waits is sent, and what can be read without a network is named. */
import { LinkButton } from '@milpa/ui';
import { HardDriveDownload } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useT } from '../../i18n/index.ts';
import { deviceOf } from './device.ts';
import { SyncStatus } from './status.tsx';
import { useQueue } from './use-queue.ts';

export default function KeptHere({ memberId }: { memberId: string }) {
  const t = useT();
  const queue = useQueue(memberId);
  const [courses, setCourses] = useState(0);
  useEffect(() => { deviceOf(memberId).then(async (device) => setCourses((await device.all('courses')).length)).catch(() => {}); }, [memberId]);
  return (
    <div className="flex flex-col items-start gap-3 [&>:not(.ui-hidden)]:mb-4">
      <SyncStatus queue={queue} back="/learning" />
      {courses > 0 && <LinkButton size="small" look="quiet" icon={<HardDriveDownload aria-hidden="true" />} href="/offline">{t('learning.device.here', { n: courses })}</LinkButton>}
    </div>
  );
}
