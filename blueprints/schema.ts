/**
 * A blueprint is a tenant's starting shape, kept as data: `blueprints/<key>/blueprint.yaml`,
 * with its demo courses as Markdown folders beside it. No code asks which blueprint a tenant came from.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'

const key = z.string().regex(/^[a-z][a-z0-9]*([-_][a-z0-9]+)*$/)
const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
const permission = z.string().regex(/^[a-z_]+:[a-z]+(:own)?$/)

/** Text that a blueprint brings in every language of the interface. */
const localized = z.strictObject({ en: z.string().min(1), 'es-MX': z.string().min(1), ar: z.string().min(1) })

const role = z.strictObject({
  key,
  name: localized,
  persona: z.enum(['learner', 'instructor', 'guardian', 'officer', 'admin']),
  permissions: z.array(permission),
})

const category = z.strictObject({
  slug,
  name: z.string().min(1),
  get children() {
    return z.array(category).optional()
  },
})

const demoCourse = z.strictObject({
  folder: slug,
  /** Key of the demo person who teaches it. */
  instructor: key,
  category: slug,
  /** Who takes it, and how many lessons from the beginning each has completed. */
  enrolled: z.array(z.strictObject({ person: key, completedLessons: z.int().min(0) })),
})

export const blueprintSchema = z.strictObject({
  key: slug,
  name: localized,
  description: localized,
  locale: z.enum(['en', 'es-MX', 'ar']),
  /** ISO 4217. */
  currency: z.string().regex(/^[A-Z]{3}$/),
  /** IANA name. */
  timeZone: z.string().refine((zone) => Intl.supportedValuesOf('timeZone').concat('UTC').includes(zone)),
  colors: z.strictObject({ accent: z.string().regex(/^#[0-9a-f]{6}$/) }),
  features: z.strictObject({
    catalog: z.boolean(),
    learning: z.boolean(),
    import: z.boolean(),
    selfEnrollment: z.boolean(),
    publicCatalog: z.boolean(),
    /** Whether somebody looks at a course before it is published. */
    courseReview: z.boolean(),
    /** Whether courses are for sale here: they can be given a price, and what has none is called free. */
    coursePrices: z.boolean(),
  }),
  limits: z.strictObject({
    courses: z.int().positive(),
    members: z.int().positive(),
    storageBytes: z.int().positive(),
    apiPerMinute: z.int().positive(),
  }),
  signUp: z.enum(['open', 'invitation']),
  /** Key of the role that a new member gets when nothing else is said. */
  signUpRole: key,
  /** The role `visitor` holds what a person who is not signed in may do. */
  roles: z.array(role).min(1),
  demo: z.strictObject({
    tenant: z.strictObject({ slug, name: z.string().min(1), tagline: z.string().min(1) }),
    people: z.array(
      z.strictObject({ key, name: z.string().min(1), email: z.email(), roles: z.array(key).min(1) }),
    ),
    categories: z.array(category),
    courses: z.array(demoCourse),
  }),
})

export type Blueprint = z.infer<typeof blueprintSchema>

/** Keys of the blueprints that this installation brings. */
export const blueprintKeys: readonly string[] = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)
  .sort()

const loaded = new Map<string, Blueprint>()

/** One blueprint, read and validated once; nobody changes what it gives. Throws when the key is unknown or the file breaks the schema. */
export function loadBlueprint(blueprintKey: string): Blueprint {
  const known = loaded.get(blueprintKey)
  if (known) return known
  if (!blueprintKeys.includes(blueprintKey)) {
    throw new Error(`There is no blueprint "${blueprintKey}". There are: ${blueprintKeys.join(', ')}.`)
  }
  const file = join(import.meta.dirname, blueprintKey, 'blueprint.yaml')
  const result = blueprintSchema.safeParse(parse(readFileSync(file, 'utf8')))
  if (!result.success) throw new Error(`${file} is not a valid blueprint:\n${z.prettifyError(result.error)}`)
  loaded.set(blueprintKey, result.data)
  return result.data
}
