import { parseBody } from '@ai-ticket-creator/domain'
import { openApiDocument } from '@ai-ticket-creator/domain/openapi'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

const { properties = {} } = openApiDocument({ generation: 'current' }).components.schemas['UpdateIntegration'] ?? {}
const pattern = /"pattern":("[^"]*")/.exec(JSON.stringify(properties['base_url']))?.[1] ?? '""'
const documented = new RegExp(JSON.parse(pattern) as string, 'u')

test('the pattern of a web address in the documents accepts what the API accepts', () => {
  const scheme = fc.constantFrom('http://', 'https://', 'HTTPS://', ' http://', 'ftp://', 'http:/', '')
  const rest = fc.string({ unit: fc.constantFrom('a', '.', ':', '/', '?', '#', '@', ' ', '\t', '8'), maxLength: 8 })

  fc.assert(
    fc.property(scheme, rest, (start, end) => {
      const address = `${start}${end}`
      const { issues } = parseBody('integrations.update', { base_url: address }, { generation: 'current' })

      expect(documented.test(address)).toBe(issues.length === 0)
    }),
    { numRuns: 2000 },
  )
})
