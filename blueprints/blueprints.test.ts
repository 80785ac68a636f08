import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { blueprintKeys, loadBlueprint, type Blueprint } from './schema.ts'

const permissions: readonly string[] = [
  'course:read',
  'course:create',
  'course:update',
  'course:update:own',
  'course:publish',
  'course:publish:own',
  'course:archive',
  'course:archive:own',
  'course:review',
  'category:manage',
  'enrollment:create:own',
  'enrollment:read',
  'enrollment:read:own',
  'enrollment:leave:own',
  'progress:update:own',
  'activity:read',
  'enrollment:manage',
  'enrollment:manage:own',
  'review:write:own',
  'review:report:own',
  'review:answer',
  'review:answer:own',
  'review:moderate',
  'message:read:own',
  'message:write:own',
  'message:broadcast',
  'message:broadcast:own',
  'message:moderate',
  'note:manage:own',
  'course_import:create',
  'course_import:read:own',
  'course_import:read',
  'member:read',
  'member:update',
  'member:merge',
  'invitation:create',
  'invitation:read',
  'role:read',
  'role:update',
  'tenant:read',
  'tenant:update', 'tenant:delete', 'tenant:export',
  'audit:read',
  'support:manage',
  'profile:update:own',
]

const minimumWords = 120
const maximumPictureBytes = 8 * 1024

const courseFrontMatter = z.strictObject({
  title: z.string().min(1),
  summary: z.string().min(20),
  language: z.enum(['en', 'es-MX', 'ar']),
  level: z.enum(['beginner', 'intermediate', 'advanced', 'all']),
  tags: z.array(z.string().min(1)).min(1),
  category: z.string().min(1),
  price: z.discriminatedUnion('model', [
    z.strictObject({ model: z.literal('free') }),
    z.strictObject({
      model: z.literal('one_time'),
      amount: z.int().positive(),
      currency: z.string().regex(/^[A-Z]{3}$/),
    }),
  ]),
})
const moduleFrontMatter = z.strictObject({ title: z.string().min(1) })
const lessonFrontMatter = z.strictObject({
  title: z.string().min(1),
  minutes: z.int().min(1).max(60),
  attachments: z.array(z.string().min(1)).optional(),
})

/** Parts a Markdown file into its validated front matter and its body. */
function readMarkdown<T>(file: string, schema: z.ZodType<T>): { head: T; body: string } {
  const match = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(readFileSync(file, 'utf8'))
  if (!match) throw new Error(`${file} has no front matter`)
  const result = schema.safeParse(parse(match[1] ?? ''))
  if (!result.success) throw new Error(`${file}: ${z.prettifyError(result.error)}`)
  return { head: result.data, body: match[2] ?? '' }
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
}

function readCourse(folder: string) {
  const modules = foldersIn(folder).map((name) => {
    const path = join(folder, name)
    const lessons = readdirSync(path)
      .filter((file) => file.endsWith('.md') && /^\d\d-/.test(file))
      .sort()
      .map((file) => ({ file: join(path, file), folder: path, ...readMarkdown(join(path, file), lessonFrontMatter) }))
    return { name, path, ...readMarkdown(join(path, 'module.md'), moduleFrontMatter), lessons }
  })
  return { ...readMarkdown(join(folder, 'course.md'), courseFrontMatter), modules }
}

function categorySlugs(categories: Blueprint['demo']['categories']): string[] {
  return categories.flatMap((category) => [category.slug, ...categorySlugs(category.children ?? [])])
}

/** Contrast ratio of two `#rrggbb` colours, by WCAG 2.2. */
function contrast(a: string, b: string): number {
  const luminance = (hex: string) => {
    const [red = 0, green = 0, blue = 0] = [1, 3, 5]
      .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
  }
  const [darker = 0, lighter = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (lighter + 0.05) / (darker + 0.05)
}

const picturesIn = (body: string) =>
  [...body.matchAll(/!\[([^\]]*)\]\(([^)\s]+)\)/g)].map(([, alt = '', path = '']) => ({ alt, path }))

test('the five blueprints are here', () => {
  expect(blueprintKeys).toEqual(['academy', 'association', 'fund', 'marketplace', 'school'])
})

test('an unknown blueprint is refused by name', () => {
  expect(() => loadBlueprint('orchard')).toThrow('There is no blueprint "orchard"')
})

test('every tenant has an accent of its own', () => {
  const accents = blueprintKeys.map((key) => loadBlueprint(key).colors.accent)
  expect(new Set(accents).size).toBe(accents.length)
})

describe.each(blueprintKeys)('blueprint %s', (blueprintKey) => {
  const blueprint = loadBlueprint(blueprintKey)
  const { demo } = blueprint
  const roleKeys = blueprint.roles.map((role) => role.key)
  const role = (key: string) => blueprint.roles.find((candidate) => candidate.key === key)
  const courses = demo.courses
    .map((course) => ({ ...course, path: join(import.meta.dirname, blueprintKey, 'courses', course.folder) }))
    .filter((course) => existsSync(course.path)) // one that is missing fails its own test below
    .map((course) => ({ ...course, content: readCourse(course.path) }))
  const lessons = courses.flatMap((course) => course.content.modules.flatMap((module) => module.lessons))

  test('is named like its folder and its demo tenant', () => {
    expect([blueprint.key, demo.tenant.slug]).toEqual([blueprintKey, blueprintKey])
  })

  test('has an accent that text can be read on', () => {
    const best = Math.max(...['#ffffff', '#1d1a16'].map((text) => contrast(blueprint.colors.accent, text)))
    expect(best).toBeGreaterThanOrEqual(4.5)
  })

  test('knows every permission that its roles hold, once each', () => {
    for (const { key, permissions: held } of blueprint.roles) {
      expect(held.filter((permission) => !permissions.includes(permission)), key).toEqual([])
      expect(new Set(held).size, key).toBe(held.length)
    }
  })

  test('gives its administrators everything', () => {
    const held = role('admin')?.permissions ?? []
    const missing = permissions.filter(
      (permission) => !held.includes(permission) && !held.includes(permission.replace(/:own$/, '')),
    )
    expect(missing).toEqual([])
  })

  test('shows visitors the catalogue exactly when it is public', () => {
    expect(role('visitor')).toMatchObject({
      persona: 'learner',
      permissions: blueprint.features.publicCatalog ? ['course:read'] : [],
    })
  })

  test('lets nobody sign up as a visitor or as more than a learner', () => {
    expect(blueprint.signUpRole).not.toBe('visitor')
    expect(role(blueprint.signUpRole)?.persona).toBe('learner')
  })

  test('has unique roles, people and categories, and refers only to those', () => {
    const people = demo.people.map((person) => person.key)
    const categories = categorySlugs(demo.categories)
    for (const keys of [roleKeys, people, demo.people.map((person) => person.email), categories]) {
      expect(new Set(keys).size, keys.join()).toBe(keys.length)
    }
    for (const person of demo.people) {
      expect(person.roles.filter((key) => !roleKeys.includes(key) || key === 'visitor'), person.key).toEqual([])
      expect(person.email.endsWith(`@${blueprintKey}.example`), person.email).toBe(true)
    }
    for (const course of demo.courses) {
      expect(categories, course.folder).toContain(course.category)
      expect(people).toEqual(expect.arrayContaining([course.instructor, ...course.enrolled.map((e) => e.person)]))
    }
  })

  test('has a demo person for every role', () => {
    const played = demo.people.flatMap((person) => person.roles)
    expect(roleKeys.filter((key) => key !== 'visitor' && !played.includes(key))).toEqual([])
  })

  test('has demo teachers who may create courses and demo learners who may enrol', () => {
    const permissionsOf = (key: string) =>
      demo.people.find((person) => person.key === key)?.roles.flatMap((name) => role(name)?.permissions ?? [])
    for (const course of demo.courses) {
      expect(permissionsOf(course.instructor), course.folder).toContain('course:create')
      for (const { person } of course.enrolled) expect(permissionsOf(person)).toContain('enrollment:create:own')
    }
  })

  test('lists every course folder that it has', () => {
    expect(demo.courses.map((course) => course.folder).sort()).toEqual(
      foldersIn(join(import.meta.dirname, blueprintKey, 'courses')),
    )
  })

  test('has courses in its own language and currency, in the category that they name', () => {
    for (const { folder, category, content } of courses) {
      const { language, category: named, price } = content.head
      const currency = price.model === 'one_time' ? price.currency : blueprint.currency
      expect([language, named, currency], folder).toEqual([blueprint.locale, category, blueprint.currency])
      expect(content.body.trim(), folder).not.toBe('')
    }
  })

  test('has courses of at least two modules with at least two lessons, numbered without gaps', () => {
    const numbered = (names: string[]) => names.map((name) => Number(name.slice(0, 2)))
    const counted = (names: string[]) => names.map((_, index) => index + 1)
    for (const { folder, content } of courses) {
      const moduleNames = content.modules.map((module) => module.name)
      expect(moduleNames.length, folder).toBeGreaterThanOrEqual(2)
      expect(numbered(moduleNames), folder).toEqual(counted(moduleNames))
      for (const module of content.modules) {
        const files = module.lessons.map((lesson) => lesson.file.slice(module.path.length + 1))
        expect(files.length, module.path).toBeGreaterThanOrEqual(2)
        expect(numbered(files), module.path).toEqual(counted(files))
      }
    }
  })

  test(`has lessons of at least ${minimumWords} words`, () => {
    const short = lessons.filter((lesson) => lesson.body.split(/\s+/).length < minimumWords)
    expect(short.map((lesson) => lesson.file)).toEqual([])
  })

  test('completes no more lessons than a course has', () => {
    for (const { folder, enrolled, content } of courses) {
      const count = content.modules.reduce((sum, module) => sum + module.lessons.length, 0)
      expect(enrolled.filter((enrollment) => enrollment.completedLessons > count), folder).toEqual([])
    }
  })

  test('has at least one picture in every course, each described and there', () => {
    for (const { folder, path, content } of courses) {
      const bodies = [
        { folder: path, body: content.body },
        ...content.modules.flatMap((module) => [{ folder: module.path, body: module.body }, ...module.lessons]),
      ]
      const pictures = bodies.flatMap((at) =>
        picturesIn(at.body).map(({ alt, path: relative }) => ({ alt, file: join(at.folder, relative) })),
      )
      expect(pictures.length, folder).toBeGreaterThanOrEqual(1)
      for (const { alt, file } of pictures) {
        expect(alt.length, file).toBeGreaterThan(10)
        expect(existsSync(file), file).toBe(true)
      }
    }
  })

  test('has small pictures that describe themselves and load or run nothing', () => {
    const files = readdirSync(join(import.meta.dirname, blueprintKey), { recursive: true, encoding: 'utf8' })
    for (const name of files.filter((file) => file.endsWith('.svg'))) {
      const file = join(import.meta.dirname, blueprintKey, name)
      const svg = readFileSync(file, 'utf8')
      expect(statSync(file).size, file).toBeLessThan(maximumPictureBytes)
      expect(svg, file).toMatch(/<title[ >][\s\S]*<desc[ >]/)
      expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', ''), file).not.toMatch(
        /<script|<foreignObject|<image|<style|\son\w+=|https?:|href=|url\((?!#)/i,
      )
    }
  })

  test('has at least one attachment, and every attachment is there', () => {
    const attachments = lessons.flatMap((lesson) =>
      (lesson.head.attachments ?? []).map((relative) => join(lesson.folder, relative)),
    )
    expect(attachments.length).toBeGreaterThanOrEqual(1)
    expect(attachments.filter((file) => !existsSync(file))).toEqual([])
  })
})
