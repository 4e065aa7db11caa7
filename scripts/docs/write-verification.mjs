// docs/write-verification-field-by-field.md: where the client sees again what it has written, field by field.
import { ENDPOINT_IDS, endpointOf, fieldsOf } from '@ai-ticket-creator/domain'
import { echoOf } from '../../packages/sdk/src/verification/compare-echo.ts'
import { replaceSection } from './section.mjs'

export const echoTable = {
  file: 'docs/write-verification-field-by-field.md',
  render: (text) => replaceSection(text, table()),
}

const classes = ['reply', 'read-back', 'none']

function table() {
  const rows = ENDPOINT_IDS.filter((id) => endpointOf(id).body !== undefined).map((id) => [
    `\`${id}\``,
    ...classes.map((where) => list(fieldsOf(endpointOf(id).body).filter((field) => echoOf(id, field) === where))),
  ])
  const head = ['', ...classes]
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

const list = (fields) => fields.map((field) => `\`${field}\``).join(' ')
