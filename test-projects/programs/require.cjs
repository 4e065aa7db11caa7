const firstCalls = require('./first-calls.cjs')
const firstTest = require('./first-test.cjs')

async function main() {
  await firstCalls({
    ...require('@ai-ticket-creator/domain'),
    ...require('@ai-ticket-creator/domain/openapi'),
    ...require('@ai-ticket-creator/reference-api'),
    ...require('@ai-ticket-creator/sdk'),
  })
  await firstTest({
    ...require('@ai-ticket-creator/sdk'),
    ...require('@ai-ticket-creator/test-utils'),
    ...require('@ai-ticket-creator/test-utils/node'),
  })
}

main().catch((error) => {
  console.error(error)
  process.exitCode = 1
})
