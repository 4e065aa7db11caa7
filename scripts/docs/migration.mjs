// docs/migration.md: what is written between the two marks comes from the retired fields and the guides; the rest is ours.
import { changes, ENDPOINT_IDS, endpointOf } from '@ai-ticket-creator/domain'
import { guideFolders, readGuide } from '../guides/read.mjs'

const [BEGIN, END] = ['<!-- from the retired fields: npm run docs:update -->', '<!-- to here -->']

export const migrationGuide = {
  file: 'docs/migration.md',
  render: (text) => {
    const made = [BEGIN, overview(), ...changes.map(section), END].join('\n\n')
    const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)]
    // Without the marks there is no place for it: at the end, for somebody to move it.
    return begin === -1 || end === -1
      ? `${text}\n${made}\n`
      : text.slice(0, begin) + made + text.slice(end + END.length)
  },
}

/** A guide tells of a change when a row of its first table does. The first one is about it, others come across it. */
const guidesOf = ({ id }) =>
  guideFolders()
    .map(readGuide)
    .filter(({ words }) => words.some(({ change }) => change === id))

function overview() {
  const rows = changes.flatMap((change) =>
    Object.entries(change.retired).map(([old, { use }]) => {
      const guides = guidesOf(change).filter(({ words }) => words.some((word) => word.old.includes(old)))
      return [code(old), code(use), change.deprecated, `[${change.id}](#${change.id})`, guides.map(link).join(', ')]
    }),
  )
  return table(['old', 'new', 'since', 'change', 'guide'], rows)
}

// The heading is the id alone: what `Link: …; rel="deprecation"` points at.
function section(change) {
  const { id, summary, deprecated, current } = change
  const guides = guidesOf(change).map(link).join(', ')
  return [
    `### ${id}`,
    `${summary} Deprecated since ${deprecated}. New: ${current.map(code).join(', ')}. Guide: ${guides}.`,
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
