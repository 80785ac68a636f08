/** A dialog of the editor that asks for something. */
import { useEffect, useId, useRef, type FormEvent, type ReactNode } from 'react';
import type { Editor } from '@tiptap/core';
import { Button } from '@milpa/ui';
import { Dialog } from '@milpa/ui/dialog';
import { useT } from '../../i18n/index.ts';
import type { DialogName } from './tools.ts';

export interface EditorDialogProps { name: DialogName; editor: Editor; courseId: string; lessons: { id: string; title: string }[]; files: File[]; onClose: () => void }

interface AskProps { title: string; submit: string; children: ReactNode; onSubmit: () => void; onClose: () => void; disabled?: boolean }
/** A dialog that is a form. Its form is not the page's: what is typed here is not sent by itself. */
export function Ask({ title, submit, children, onSubmit, onClose, disabled }: AskProps) {
  const t = useT();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  // The dialog opens first, in an effect of its own; then its first question has the focus.
  useEffect(() => { form.current?.querySelector<HTMLElement>('input:not([disabled]), textarea:not([disabled])')?.focus(); }, []);
  const send = (event: FormEvent) => { event.preventDefault(); event.stopPropagation(); onSubmit(); };
  return (
    <Dialog
      id={`${id}-dialog`} title={title} closeLabel={t('authoring.close')} open onClose={onClose}
      actions={<><Button onClick={onClose}>{t('authoring.cancel')}</Button><Button type="submit" form={id} look="primary" disabled={disabled}>{submit}</Button></>}
    >
      <form ref={form} id={id} onSubmit={send} className="ui-stack" noValidate>{children}</form>
    </Dialog>
  );
}
