// Ends well when a mutant loads and answers one request. For draw.ts, which gives it the mutant as JSON.
import { loadMutated } from './bundle.ts'
import type { Drawn } from './frozen.ts'

// From draw.ts alone.
const mutant = JSON.parse(process.argv[2] ?? '') as Drawn
const createApp = await loadMutated(mutant)
const request = new Request('http://localhost/api/v1/tickets/', { headers: { Authorization: 'Bearer test-token' } })
await createApp().fetch(request)
process.exit(0)
