import { ENDPOINT_IDS, endpointOf } from '@ai-ticket-creator/domain'
import { fieldsOf } from '@ai-ticket-creator/domain/internal'
import { expect, test } from 'vitest'
import { echoOf } from '../src/verification/echo-table.ts'

test('the page about write verification lists every field of every request body', async () => {
  const rows = ENDPOINT_IDS.flatMap((id) => {
    const { body } = endpointOf(id)
    if (body === undefined) return []
    const shownIn = (place: string) => fieldsOf(body).filter((field) => echoOf(id, field) === place)
    const cells = [[id], shownIn('reply'), shownIn('read-back'), shownIn('none')]
    return [`| ${cells.map((names) => names.map((name) => `\`${name}\``).join(' ')).join(' | ')} |`]
  })

  await expect(['|  | reply | read-back | none |', '| --- | --- | --- | --- |', ...rows].join('\n')).toBeTheSectionOf(
    '../../../docs/write-verification-field-by-field.md',
  )
})
