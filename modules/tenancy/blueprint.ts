/** A blueprint as tenancy and the furnishers of other modules need it. Where blueprints are kept is the composition root's matter. */
import type { TenantLimits } from '@milpa/kernel';
import type { Locale } from '@milpa/kernel/contract';

export interface BlueprintRole {
  key: string;
  name: Record<Locale, string>;
  persona: 'learner' | 'instructor' | 'guardian' | 'officer' | 'admin';
  permissions: string[];
}

export interface Blueprint {
  key: string;
  name: Record<Locale, string>;
  description: Record<Locale, string>;
  locale: Locale;
  currency: string;
  timeZone: string;
  colors: { accent: string };
  features: Record<string, boolean>;
  limits: TenantLimits;
  signUp: 'open' | 'invitation';
  /** Key of the role that a new member gets when nothing else is said. */
  signUpRole: string;
  roles: BlueprintRole[];
}

export interface Blueprints {
  blueprintKeys: readonly string[];
  loadBlueprint(key: string): Blueprint;
}
