// As many calls as in ours.ts, of resources of every kind.
import OpenAI from 'openai'

const client = new OpenAI({ apiKey: 'x' })
const id = '00000000-0000-4000-8000-000000000001'

export const results = [
  client.chat.completions.create({ model: 'A', messages: [{ role: 'user', content: 'B' }] }),
  client.chat.completions.retrieve(id),
  client.chat.completions.list(),
  client.chat.completions.update(id, { metadata: {} }),
  client.chat.completions.delete(id),
  client.responses.create({ model: 'A', input: 'B' }),
  client.responses.retrieve(id),
  client.responses.delete(id),
  client.responses.cancel(id),
  client.files.list(),
  client.files.retrieve(id),
  client.files.delete(id),
  client.files.content(id),
  client.models.list(),
  client.models.retrieve(id),
  client.models.delete(id),
  client.embeddings.create({ model: 'A', input: 'B' }),
  client.moderations.create({ input: 'A' }),
  client.batches.create({ completion_window: '24h', endpoint: '/v1/responses', input_file_id: id }),
  client.batches.retrieve(id),
  client.batches.list(),
  client.batches.cancel(id),
  client.vectorStores.create({}),
  client.vectorStores.retrieve(id),
  client.vectorStores.update(id, {}),
  client.vectorStores.list(),
  client.vectorStores.delete(id),
]
