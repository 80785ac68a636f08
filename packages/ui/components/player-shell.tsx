import { ArrowLeft, ArrowRight, ChevronDown, Circle, CircleCheck, CircleDot, ListTree, Lock, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { closesOnLink } from './navigation.tsx';
import { IconButton, LinkButton } from './button.tsx';
import { Anchor, SkipLink } from './link.tsx';
import { Progress, type ProgressProps } from './marks.tsx';

export type OutlineItem = {
  href: string;
  title: ReactNode;
  state: 'done' | 'current' | 'open' | 'locked';
  /** The state in words, for screen readers. */
  stateLabel: string;
  note?: ReactNode;
};
export type OutlineSection = {
  id: string;
  title: ReactNode;
  note?: ReactNode;
  /** Why it does not open now. */
  lock?: ReactNode;
  items: readonly OutlineItem[];
};

const STATES = { done: CircleCheck, current: CircleDot, open: Circle, locked: Lock } as const;

/** The parts and lessons of a course; sections fold (native details), the one with the current lesson stands open. */
export function CourseOutline({ sections }: { sections: readonly OutlineSection[] }) {
  return (
    <div className="ui-outline">
      {sections.map(section => (
        <details key={section.id} open={sections.length === 1 || section.items.some(item => item.state === 'current')}>
          <summary><ChevronDown aria-hidden="true" /><span>{section.title}</span>{section.note && <small>{section.note}</small>}</summary>
          {section.lock && <p className="ui-outline-lock"><Lock aria-hidden="true" /><span>{section.lock}</span></p>}
          <ol>{section.items.map(item => <li key={item.href}><OutlineLink item={item} /></li>)}</ol>
        </details>
      ))}
    </div>
  );
}

function OutlineLink({ item }: { item: OutlineItem }) {
  const Icon = STATES[item.state];
  const content = <><Icon aria-hidden="true" /><span>{item.title}<span className="ui-hidden">, {item.stateLabel}</span>{item.note && <small>{item.note}</small>}</span></>;
  if (item.state === 'locked') return <span className="ui-outline-item" data-state="locked">{content}</span>;
  return <Anchor href={item.href} className="ui-outline-item" data-state={item.state} aria-current={item.state === 'current' ? 'page' : undefined}>{content}</Anchor>;
}

export type PlayerStep = { href: string; label: ReactNode; title?: ReactNode };

export type PlayerShellProps = {
  skipLabel: string;
  /** The course: its name and the way back to its page. */
  course: { href: string; title: ReactNode; backLabel: string };
  outline: ReactNode;
  outlineLabel: string;
  closeLabel: string;
  progress: ProgressProps;
  previous?: PlayerStep | undefined;
  next?: PlayerStep | undefined;
  stepsLabel: string;
  /** Instead of the next link: a form that completes the lesson and goes on. */
  nextAction?: ReactNode;
  /** At the end of the top bar: notes, help, account. */
  actions?: ReactNode;
  /** How its reader likes to read, as the stylesheet knows it. */
  look?: Readonly<Record<`data-${string}`, string | undefined>>;
  children: ReactNode;
};

/** The course player. The outline is one element: beside the lesson on a desk, a native popover sheet on a phone. */
export function PlayerShell({ skipLabel, course, outline, outlineLabel, closeLabel, progress, previous, next, stepsLabel, nextAction, actions, look, children }: PlayerShellProps) {
  return (
    <div className="ui-player" {...look}>
      <SkipLink>{skipLabel}</SkipLink>
      <header className="ui-player-top">
        <Anchor href={course.href} className="ui-icon-button" aria-label={course.backLabel} title={course.backLabel}><ArrowLeft className="ui-mirror" aria-hidden="true" /></Anchor>
        <p className="ui-player-title" dir="auto">{course.title}</p>
        <div className="ui-player-progress"><Progress {...progress} /></div>
        {actions}
        <button type="button" popoverTarget="ui-outline" className="ui-icon-button ui-player-toggle" aria-label={outlineLabel} title={outlineLabel}><ListTree className="ui-mirror" aria-hidden="true" /></button>
      </header>
      <aside id="ui-outline" popover="auto" className="ui-player-outline" aria-label={outlineLabel} ref={closesOnLink}>
        <div className="ui-player-outline-head">
          <h2>{outlineLabel}</h2>
          <IconButton label={closeLabel} popoverTarget="ui-outline" popoverTargetAction="hide" className="ui-player-toggle"><X aria-hidden="true" /></IconButton>
        </div>
        {outline}
      </aside>
      <main id="main" tabIndex={-1} className="ui-player-main">{children}</main>
      <nav className="ui-player-steps" aria-label={stepsLabel}>
        {previous && <LinkButton href={previous.href} rel="prev"><ArrowLeft className="ui-mirror" aria-hidden="true" /><StepText step={previous} /></LinkButton>}
        <div className="ui-push">
          {nextAction ?? (next && <LinkButton look="primary" href={next.href} rel="next"><StepText step={next} /><ArrowRight className="ui-mirror" aria-hidden="true" /></LinkButton>)}
        </div>
      </nav>
    </div>
  );
}

export type PanelProps = { id: string; title: string; closeLabel: string; children: ReactNode };

/** A panel of the player that a button with `popoverTarget` opens: without JavaScript too. */
export function Panel({ id, title, closeLabel, children }: PanelProps) {
  return (
    <section id={id} popover="auto" className="ui-panel" aria-label={title}>
      <div className="ui-panel-head">
        <h2>{title}</h2>
        <IconButton label={closeLabel} popoverTarget={id} popoverTargetAction="hide"><X aria-hidden="true" /></IconButton>
      </div>
      <div className="ui-panel-body">{children}</div>
    </section>
  );
}

export type PickProps = { legend: string; name: string; value: string; options: ReadonlyArray<{ value: string; label: string }> };

/** One of a few, side by side: radio buttons of the device's own kind. */
export function Pick({ legend, name, value, options }: PickProps) {
  return (
    <fieldset className="ui-field">
      <legend className="ui-label">{legend}</legend>
      <div className="ui-pick">
        {options.map(option => <label key={option.value}><input type="radio" name={name} value={option.value} defaultChecked={option.value === value} />{option.label}</label>)}
      </div>
    </fieldset>
  );
}

function StepText({ step }: { step: PlayerStep }) {
  return <span className="ui-player-step"><span>{step.label}</span>{step.title && <small>{step.title}</small>}</span>;
}
