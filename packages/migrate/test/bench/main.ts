import { createDatabase, startServer } from '@ai-ticket-creator/test-postgresql'
import { fillIntegrations } from './fill-integrations.ts'
import { measureIntegrations } from './integrations.ts'
import { ROWS, SERVER_SETTINGS } from './settings.ts'

let longest = 0
const server = await startServer('15', {
  settings: SERVER_SETTINGS,
  onLog: (text) => {
    for (const [, ms] of text.matchAll(/acquired .* after ([\d.]+) ms/g)) longest = Math.max(longest, Number(ms))
  },
})
const template = await createDatabase(server.url)
console.time('fill')
await fillIntegrations(template, ROWS, 'random')
console.timeEnd('fill')
const url = await createDatabase(server.url, template)
console.log(
  await measureIntegrations(url, () => {
    const w = longest
    longest = 0
    return w
  }),
)
await server.stop()
