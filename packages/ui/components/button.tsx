import { clsx } from 'clsx';
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { Anchor, type LinkProps } from './link.tsx';

type Look = {
  /** One primary action a screen. */
  look?: 'primary' | 'secondary' | 'quiet' | 'danger';
  size?: 'small' | 'medium' | 'large';
  /** As wide as its container. */
  wide?: boolean;
  icon?: ReactNode;
};

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & Look & {
  /** Shows that the work goes on; the button stays focusable. */
  busy?: boolean;
  ref?: Ref<HTMLButtonElement>;
};

export function Button({ look = 'secondary', size = 'medium', wide, icon, busy, type = 'button', className, children, ...props }: ButtonProps) {
  return (
    <button type={type} className={clsx('ui-button', className)} data-look={look} data-size={size} data-wide={wide || undefined} aria-busy={busy || undefined} {...props}>
      {!busy && icon}{children}
    </button>
  );
}

/** The primary button of a form: works without JavaScript. */
export function SubmitButton(props: ButtonProps) {
  return <Button type="submit" look="primary" {...props} />;
}

export type LinkButtonProps = LinkProps & Look;

export function LinkButton({ look = 'secondary', size = 'medium', wide, icon, className, children, ...props }: LinkButtonProps) {
  return (
    <Anchor className={clsx('ui-button', className)} data-look={look} data-size={size} data-wide={wide || undefined} {...props}>
      {icon}{children}
    </Anchor>
  );
}

type IconLook = {
  /** The accessible name, and the tooltip. */
  label: string;
  /** A dot that says "something new"; say so in the label too. */
  dot?: boolean;
};

export type IconButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'aria-label' | 'title'> & IconLook & { ref?: Ref<HTMLButtonElement> };

export function IconButton({ label, dot, type = 'button', className, ...props }: IconButtonProps) {
  return <button type={type} className={clsx('ui-icon-button', className)} aria-label={label} title={label} data-dot={dot || undefined} {...props} />;
}

export function IconLink({ label, dot, className, ...props }: LinkProps & IconLook) {
  return <Anchor className={clsx('ui-icon-button', className)} aria-label={label} title={label} data-dot={dot || undefined} {...props} />;
}
