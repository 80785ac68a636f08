export type LogoProps = {
  /** The accessible name; without it the mark is decorative. */
  label?: string;
  className?: string;
};

/** The Milpa mark: maize between two bean leaves, standing in a squash. */
export function Logo({ label, className }: LogoProps) {
  const name = label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true };
  return (
    <svg className={className ? `ui-logo ${className}` : 'ui-logo'} viewBox="0 0 32 32" focusable="false" {...name}>
      <path className="f-leaf" d="M15 23C6 23 2 17 2 9c8 0 13 5 13 14M17 23c9 0 13-6 13-14-8 0-13 5-13 14" />
      <path className="f-maize" d="M16 1c4 3 5.5 7 5.5 11.500S20 21 16 24c-4-3-5.5-7-5.5-11.500S12 4 16 1" />
      <path className="s-paper" d="M16 5v14M13.2 8.500v8M18.8 8.500v8" />
      <path className="f-squash" d="M5 22.500c3-1.6 6-.9 8.2.3 1.8-1.2 3.8-1.2 5.6 0 2.2-1.2 5.2-1.9 8.2-.3 0 5-4.5 8.5-11 8.500S5 27.5 5 22.5" />
    </svg>
  );
}
