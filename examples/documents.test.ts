import { changes, ENDPOINT_IDS, type EndpointId, endpointOf } from '@ai-ticket-creator/domain'
import { expect, test } from 'vitest'
import { type Guide, readGuides } from './test/guide.ts'

type Change = (typeof changes)[number]

const guides = readGuides()

test('the README lists every guide', async () => {
  const list = guides.map(({ slug, title }) => `- [${slug}](${slug}/README.md): ${title}`)

  await expect(list.join('\n')).toBeTheSectionOf('README.md')
})

test('the migration guide lists every change, with its fields, endpoints and guides', async () => {
  const overview = changes.flatMap((change) =>
    Object.entries(change.retired).map(([old, { replacement }]) => [
      code(old),
      code(replacement),
      change.deprecated,
      `[${change.id}](#${change.id})`,
      linksTo(change, (field) => field.old.includes(old)),
    ]),
  )

  const head = ['old', 'new', 'since', 'change', 'guide']
  await expect([table(head, overview), ...changes.map(section)].join('\n\n')).toBeTheSectionOf('../docs/migration.md')
})

// The heading is the id alone: the `Link` header of a deprecated request points to it.
function section(change: Change): string {
  const fields = change.current.map(code).join(', ')
  const guide = linksTo(change, () => true)
  return [
    `### ${change.id}`,
    `${change.summary} Deprecated since ${change.deprecated}. New: ${fields}. Guide: ${guide}.`,
    table(['operation', 'where'], [...routes(change), ...places(change)]),
  ].join('\n\n')
}

function routes(change: Change): string[][] {
  if (change.routes === undefined) return []
  // The keys are the endpoints that were retired.
  const moved = Object.entries(change.routes) as [EndpointId, EndpointId][]
  return moved.map(([from, to]) => [operation(from), `is now ${operation(to)}`])
}

function places({ endpoints }: Change): string[][] {
  return ENDPOINT_IDS.flatMap((id) => {
    const found = Object.entries(endpoints).filter(([, ids]) => ids.includes(id))
    const names = found.map(([place]) => (place === 'accepted' ? 'body' : place))
    return names.length === 0 ? [] : [[operation(id), names.join(', ')]]
  })
}

/** The guides whose first table has a row of the change. */
function linksTo({ id }: Change, isWanted: (field: Guide['fields'][number]) => boolean): string {
  return guides
    .filter(({ fields }) => fields.some((field) => field.change === id && isWanted(field)))
    .map(({ slug }) => `[${slug}](../examples/${slug}/README.md)`)
    .join(', ')
}

function operation(id: EndpointId): string {
  const { method, path } = endpointOf(id)
  return code(`${method} ${path}`)
}

function code(text: string): string {
  return `\`${text}\``
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
