import type { EndpointId, Generation, JsonObject } from '@ai-ticket-creator/domain'
import type { RequestOptions, Settings } from './core/options.ts'
import { type Call, perform } from './core/run-call.ts'
import { learn, wordsNow } from './negotiation/choose-generation.ts'
import type { EvidenceSource, Words } from './negotiation/detect-generation.ts'
import { toWire } from './request.ts'
import { readInput } from './resources/parse-input.ts'

/** What a client knows of its backend, and how it would ask it. JSON, without secrets. */
export interface Diagnosis {
  /** Where requests go, with `/api/v1`. */
  readonly baseUrl: string
  /** What the option says. */
  readonly option: 'auto' | 'legacy' | 'current'
  /** The words that requests are sent in now. */
  readonly spoken: 'legacy' | 'current'
  /** Why: `option`, `evidence`, or `nothing_known`: the current words are tried, and the old ones after a refusal. */
  readonly because: 'option' | 'evidence' | 'nothing_known'
  /** What the backend last showed of itself, also to a client that is told what to speak; undefined: nothing yet. */
  readonly evidence: DiagnosisEvidence | undefined
  /** What the last reply announced in `API-Capabilities`. The client relies on nothing else. */
  readonly capabilities: readonly string[]
  /** What some calls would be sent as, with made-up values. */
  readonly sends: readonly DiagnosisRequest[]
}

/** What a backend showed of its generation. */
export interface DiagnosisEvidence {
  readonly generation: Generation
  /**
   * `header`: it said `API-Generation`. `shape`: the fields of a reply. `refusal`: it refused what the other generation
   * takes. `openapi`: the document of its API.
   */
  readonly source: EvidenceSource
  /** ISO 8601. */
  readonly learnedAt: string
}

/** A call of a method, and the request that it comes to. */
export interface DiagnosisRequest {
  readonly call: string
  readonly method: string
  /** With the names of its parameters. */
  readonly path: string
  readonly body: JsonObject
}

interface Example {
  readonly call: string
  readonly endpoint: { readonly [W in Words]: EndpointId }
  readonly input: JsonObject
  readonly name?: string
}

const both = (endpointId: EndpointId): Example['endpoint'] => ({ legacy: endpointId, current: endpointId })

const EXAMPLES: readonly Example[] = [
  {
    call: "integrations.create({ name: 'JIRA Production', platform_name: 'jira', enabled: false })",
    endpoint: both('integrations.create'),
    input: { name: 'JIRA Production', platform_name: 'jira', enabled: false },
  },
  {
    call: 'integrations.enable(id)',
    endpoint: both('integrations.setStatus'),
    input: { enabled: true },
  },
  {
    call: "tickets.create({ title: 'Bug Report', description: 'It breaks', integration_name: 'JIRA Production' })",
    endpoint: both('tickets.create'),
    input: { title: 'Bug Report', description: 'It breaks', integration_id: 'the id that the name is found to mean' },
    name: 'JIRA Production',
  },
  {
    call: "tickets.update(id, { title: 'Bug Report' })",
    endpoint: { legacy: 'tickets.replace', current: 'tickets.update' },
    input: { title: 'Bug Report' },
  },
]

/** Tells what is known; when nothing is, after the one read that a first write would be preceded by. */
export const diagnose = (settings: Settings, options: RequestOptions = {}): Promise<Diagnosis> =>
  perform(settings, options, async (call) => {
    if (settings.generation === 'auto') await learn(call)
    return tellOf(call)
  })

function tellOf(call: Call): Diagnosis {
  const { settings } = call
  const { memo, capabilities } = settings.backend
  const spoken = wordsNow(call)
  const { evidence } = memo
  return {
    baseUrl: settings.root,
    option: settings.generation,
    spoken,
    because: settings.generation !== 'auto' ? 'option' : evidence === undefined ? 'nothing_known' : 'evidence',
    evidence: evidence && { ...evidence, learnedAt: evidence.learnedAt.toISOString() },
    capabilities,
    sends: EXAMPLES.map((example) => toRequest(call, example, spoken)),
  }
}

function toRequest(call: Call, { call: text, endpoint, input, name }: Example, spoken: Words): DiagnosisRequest {
  const endpointId = endpoint[spoken]
  const params = { integration_id: 'id', ticket_id: 'id' }
  const { body } = name === undefined ? readInput(endpointId, input) : { body: input }
  const given = { params, body, integrationName: name }
  const { method, path, body: sent } = toWire(call, endpointId, given, spoken)
  // What comes of an object is one.
  return { call: text, method, path, body: sent as JsonObject }
}
