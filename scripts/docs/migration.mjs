// docs/migration.md: what changed, from the retired fields and the guides.
import { changes, ENDPOINT_IDS, endpointOf } from '@ai-ticket-creator/domain'
import { guideFolders, readGuide } from '../guides/read.mjs'
import { replaceSection } from './section.mjs'

export const migrationGuide = {
  file: 'docs/migration.md',
  render: (text) => replaceSection(text, [overview(), ...changes.map(section)].join('\n\n')),
}

const guides = guideFolders().map(readGuide)

/** A guide tells of a change when a row of its first table does. The first one is about it, others come across it. */
const guidesOf = ({ id }) => guides.filter(({ words }) => words.some(({ change }) => change === id))

function overview() {
  const rows = changes.flatMap((change) =>
    Object.entries(change.retired).map(([old, { replacement }]) => {
      const telling = guidesOf(change).filter(({ words }) => words.some((word) => word.old.includes(old)))
      return [
        code(old),
        code(replacement),
        change.deprecated,
        `[${change.id}](#${change.id})`,
        telling.map(link).join(', '),
      ]
    }),
  )
  return table(['old', 'new', 'since', 'change', 'guide'], rows)
}

// The heading is the id alone: what `Link: …; rel="deprecation"` points at.
function section(change) {
  const { id, summary, deprecated, current } = change
  const telling = guidesOf(change).map(link).join(', ')
  return [
    `### ${id}`,
    `${summary} Deprecated since ${deprecated}. New: ${current.map(code).join(', ')}. Guide: ${telling}.`,
    table(['operation', 'where'], [...moves(change), ...places(change)]),
  ].join('\n\n')
}

const moves = ({ routes = {} }) =>
  Object.entries(routes).map(([from, to]) => [operation(from), `is now ${operation(to)}`])

function places({ endpoints }) {
  const found = ENDPOINT_IDS.map((endpoint) => {
    const parts = Object.keys(endpoints).filter((part) => endpoints[part].includes(endpoint))
    return [operation(endpoint), parts.map((part) => (part === 'accepted' ? 'body' : part)).join(', ')]
  })
  return found.filter(([, where]) => where !== '')
}

function operation(endpointId) {
  const { method, path } = endpointOf(endpointId)
  return code(`${method} ${path}`)
}

const code = (word) => `\`${word}\``
const link = ({ slug, folder }) => `[${slug}](../${folder}/README.md)`
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
