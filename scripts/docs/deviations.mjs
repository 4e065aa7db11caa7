// The table in the README of the reference API: how each profile differs from the reference app.
import { deviations, PROFILES } from '@ai-ticket-creator/reference-api'
import { replaceSection } from './section.mjs'

export const deviationsTable = {
  file: 'packages/reference-api/README.md',
  render: (text) => replaceSection(text, [head, ...deviations.map(toRow)].join('\n')),
}

const head = `| row | ${PROFILES.map(shortName).join(' | ')} | source | what it does |\n| --- |${' --- |'.repeat(PROFILES.length + 2)}`

function toRow({ id, profiles, source, summary, assumed, note, notReproduced }) {
  const marks = PROFILES.map((profile) => {
    if (!profiles.includes(profile)) return ''
    return assumed && profile === 'existing-legacy' ? 'assumed' : 'yes'
  })
  const text = [summary, note, notReproduced && `Not reproduced: ${notReproduced}`].filter(Boolean).join(' ')
  return `| \`${id}\` | ${marks.join(' | ')} | [${source.replaceAll('-', ' ')}](../../docs/existing-backend.md#${source}) | ${text.replaceAll('|', '\\|')} |`
}

function shortName(profile) {
  return profile.replace('existing-', '')
}
