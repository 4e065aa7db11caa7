// Exits with 0 if a mutant loads and answers a request. draw.ts passes the mutant as JSON.
import { loadMutated } from './bundle.ts'
import type { FrozenMutant } from './frozen.ts'

// Written by draw.ts.
const mutant = JSON.parse(process.argv[2] ?? '') as FrozenMutant
const createApp = await loadMutated(mutant)
const request = new Request('http://localhost/api/v1/tickets/', { headers: { Authorization: 'Bearer test-token' } })
await createApp().fetch(request)
process.exit(0)
