/** The course on this device: what it would take, how far it is, and how to take it off again. Brings the service worker along. */
import { Button, LinkButton, Notice, Progress } from '@milpa/ui';
import { CircleCheck, Download } from 'lucide-react';
import { useCallback, useEffect, useState } from 'react';
import { useFormat, useT } from '../../i18n/index.ts';
import { claimDevice, deviceOf, isFull, type KeptCourse } from './device.ts';
import { download, forgetCourse, planOf, prepareShell, type Plan } from './keep.ts';

export default function KeepCourse({ courseId, memberId }: { courseId: string; memberId: string }) {
  const t = useT();
  const format = useFormat();
  const [kept, setKept] = useState<KeptCourse | null>(null);
  const [plan, setPlan] = useState<Plan | null>(null);
  const [share, setShare] = useState<number | null>(null);
  const [failed, setFailed] = useState<'full' | 'failed' | null>(null);
  const look = useCallback(async () => setKept(await (await deviceOf(memberId)).get('courses', courseId) ?? null), [courseId, memberId]);

  useEffect(() => {
    void claimDevice(memberId).then(look).then(() => prepareShell(memberId)).catch(() => {});
  }, [look, memberId]);

  const attempt = async (work: () => Promise<void>) => {
    setFailed(null);
    await work().catch((error: unknown) => setFailed(isFull(error) ? 'full' : 'failed'));
    setShare(null);
    await look();
  };
  const weigh = () => attempt(async () => { setShare(0); setPlan(await planOf(courseId)); });
  const start = () => attempt(async () => {
    if (!plan) return;
    setShare(0);
    await prepareShell(memberId);
    await download(await deviceOf(memberId), plan, setShare, new AbortController().signal);
    setPlan(null);
  });
  const remove = () => attempt(async () => forgetCourse(await deviceOf(memberId), courseId));

  return (
    <section aria-label={t('learning.device.title')} className="mt-4 flex flex-col items-start gap-2 border-t border-line p-2 pt-4 text-sm" data-kept={kept?.chosen || undefined}>
      {kept?.chosen && share === null
        ? (
          <>
            <p className="inline-flex items-center gap-2 font-medium text-leaf-text"><CircleCheck aria-hidden="true" />{t('learning.device.kept', { size: format.bytes(kept.bytes) })}</p>
            <Button size="small" look="quiet" onClick={() => void remove()}>{t('learning.device.remove')}</Button>
          </>
        )
        : share !== null
          ? <div role="status" className="w-full"><Progress value={Math.round(share * 100)} max={100} label={t('learning.device.progress')} text={format.percent(share)} /></div>
          : plan
            ? <Button size="small" icon={<Download aria-hidden="true" />} onClick={() => void start()}>{t('learning.device.download', { size: format.bytes(plan.bytes) })}</Button>
            : <Button size="small" icon={<Download aria-hidden="true" />} onClick={() => void weigh()}>{t('learning.device.keep')}</Button>}
      {failed && <Notice tone="warning" live>{t(`learning.device.${failed}`)}</Notice>}
      <LinkButton size="small" look="quiet" href="/offline">{t('learning.device.list')}</LinkButton>
    </section>
  );
}
