import { type AppOptions, createApp, DEFAULT_USER } from '@ai-ticket-creator/reference-api'
import { type Backend, describeDroppedCreates } from './dropped-creates-suite.ts'

const reference =
  (options: AppOptions): Backend['open'] =>
  async () => {
    const app = createApp(options)
    return { fetch: async (request) => app.fetch(request), token: DEFAULT_USER.token }
  }

describeDroppedCreates({ name: 'the reference', open: reference({}), keys: true })
describeDroppedCreates({ name: 'the reference without keys', open: reference({}), keys: false })
describeDroppedCreates({ name: 'existing-latest', open: reference({ profile: 'existing-latest' }), keys: true })
