// A consumer's suite for node:test. usage.test.ts runs it and reads the recorded usage.
import { strictEqual } from 'node:assert'
import { writeFileSync } from 'node:fs'
import { after, test } from 'node:test'
import { createTestApi, recordUsage } from '@ai-ticket-creator/test-utils'
import { addOldIntegration } from './orders.ts'

const api = createTestApi({ generation: 'transitional' })
const recording = recordUsage(api, { root: import.meta.dirname })
after(() => writeFileSync(process.env['USAGE_FILE'] ?? 'usage.json', JSON.stringify(recording)))

test('an integration can be added', async () => {
  const reply = await addOldIntegration((method, path, body) =>
    api.fetch(`${api.baseUrl}/api/v1${path}`, {
      method,
      headers: { Authorization: `Bearer ${api.token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    }),
  )

  strictEqual(reply.status, 200)
})
