/** A place to look at the design system: ?page=parts|covers|app|player|auth&lang=en|es|ar&theme=light|dark&accent=rrggbb */
import { createRoot } from 'react-dom/client';
import { accentCss, isHexColour } from '../index.ts';
import '../styles.css';
import { Covers, Parts } from './parts.tsx';
import { AppPage, AuthPage, PlayerPage } from './screens.tsx';
import { TEXTS, type Language } from './texts.ts';

const asked = new URLSearchParams(location.search);
const language = (asked.get('lang') ?? 'en') as Language;
const text = TEXTS[language];
const accent = `#${asked.get('accent') ?? ''}`;

document.documentElement.lang = language;
document.documentElement.dir = language === 'ar' ? 'rtl' : 'ltr';
document.documentElement.dataset.theme = asked.get('theme') ?? 'system';
if (isHexColour(accent)) document.head.append(Object.assign(document.createElement('style'), { textContent: accentCss(accent) }));

const PAGES = { parts: Parts, covers: Covers, app: AppPage, player: PlayerPage, auth: AuthPage };
const Shown = PAGES[(asked.get('page') ?? 'parts') as keyof typeof PAGES];
const root = document.getElementById('root');
if (root) createRoot(root).render(<Shown text={text} language={language} />);
