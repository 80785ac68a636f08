import { X } from 'lucide-react';
import { useEffect, useId, useRef, type ReactNode } from 'react';
import { Button, IconButton, type ButtonProps } from './button.tsx';

export type DialogProps = {
  /** DialogTrigger names it. */
  id: string;
  title: ReactNode;
  closeLabel: string;
  children: ReactNode;
  /** The buttons at the foot: the primary one last. */
  actions?: ReactNode;
  /** Opened and closed from outside; leave out when a DialogTrigger opens it. */
  open?: boolean;
  onClose?: () => void;
};

/** The browser's own modal dialog: focus, Escape and the inert page behind it are native. */
export function Dialog({ id, title, closeLabel, children, actions, open, onClose }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const element = dialog.current;
    if (!element || open === undefined || open === element.open) return;
    if (open) element.showModal();
    else element.close();
  }, [open]);
  return (
    <dialog ref={dialog} id={id} className="ui-dialog" aria-labelledby={titleId} onClose={onClose} {...{ closedby: 'any' }}>
      <div className="ui-dialog-head">
        <h2 id={titleId}>{title}</h2>
        <form method="dialog"><IconButton type="submit" label={closeLabel}><X aria-hidden="true" /></IconButton></form>
      </div>
      <div className="ui-dialog-body">{children}</div>
      {actions && <div className="ui-dialog-actions">{actions}</div>}
    </dialog>
  );
}

/** Opens the dialog of this id: without JavaScript where the browser knows invoker commands, with it elsewhere. */
export function DialogTrigger({ dialog, onClick, ...props }: ButtonProps & { dialog: string }) {
  return (
    <Button
      {...{ commandfor: dialog, command: 'show-modal' }}
      aria-haspopup="dialog"
      onClick={event => {
        onClick?.(event);
        if (knowsInvokers(event.currentTarget)) return;
        const element = document.getElementById(dialog);
        if (element instanceof HTMLDialogElement) element.showModal();
      }}
      {...props}
    />
  );
}

/** Closes the dialog of this id, likewise. */
export function DialogClose({ dialog, onClick, ...props }: ButtonProps & { dialog: string }) {
  return (
    <Button
      {...{ commandfor: dialog, command: 'close' }}
      onClick={event => {
        onClick?.(event);
        if (!knowsInvokers(event.currentTarget)) event.currentTarget.closest('dialog')?.close();
      }}
      {...props}
    />
  );
}

function knowsInvokers(button: HTMLButtonElement): boolean {
  return 'commandForElement' in button;
}
