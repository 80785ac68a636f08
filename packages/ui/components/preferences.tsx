import { Monitor, Moon, Sun } from 'lucide-react';
import type { ComponentType, FormHTMLAttributes, ReactNode } from 'react';

type PostForm = {
  /** Where the form posts. */
  action: string;
  /** The accessible name of the group. */
  label: string;
  /** Hidden fields to send along: the way back, a token. */
  hidden?: Readonly<Record<string, string>>;
  /** The application's own form component (a router's); a plain form otherwise. */
  form?: ComponentType<FormHTMLAttributes<HTMLFormElement> & { method: 'post'; action: string }> | 'form';
};

function Segments({ action, label, hidden = {}, form: Form = 'form', children }: PostForm & { children: ReactNode }) {
  return (
    <Form method="post" action={action}>
      {Object.entries(hidden).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)}
      <fieldset className="ui-segments" aria-label={label}>{children}</fieldset>
    </Form>
  );
}

export type ThemeName = 'light' | 'dark' | 'system';
const THEMES = [['light', Sun], ['dark', Moon], ['system', Monitor]] as const;

export type ThemeSwitchProps = PostForm & { value: ThemeName; labels: Record<ThemeName, string>; name?: string };

/** Posts `theme` = light, dark or system. */
export function ThemeSwitch({ value, labels, name = 'theme', ...form }: ThemeSwitchProps) {
  return (
    <Segments {...form}>
      {THEMES.map(([theme, Icon]) => (
        <button key={theme} type="submit" name={name} value={theme} aria-pressed={theme === value} aria-label={labels[theme]} title={labels[theme]}><Icon aria-hidden="true" /></button>
      ))}
    </Segments>
  );
}

export type LanguageSwitchProps = PostForm & {
  value: string;
  /** Each language named in itself: English, Español, العربية. */
  languages: ReadonlyArray<{ locale: string; label: string }>;
  name?: string;
};

/** Posts `locale`. */
export function LanguageSwitch({ value, languages, name = 'locale', ...form }: LanguageSwitchProps) {
  return (
    <Segments {...form}>
      {languages.map(({ locale, label }) => (
        <button key={locale} type="submit" name={name} value={locale} lang={locale} dir="auto" aria-pressed={locale === value}>{label}</button>
      ))}
    </Segments>
  );
}
