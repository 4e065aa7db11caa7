import type { EndpointId, Generation, JsonObject } from '@ai-ticket-creator/domain'
import type { CallContext, ClientContext } from '../core/call-context.ts'
import type { EvidenceSource } from '../core/client-state.ts'
import type { RequestOptions } from '../core/options.ts'
import { runCall } from '../core/run-call.ts'
import type { WireGeneration } from '../core/wire.ts'
import { parseInput } from '../resources/parse-input.ts'
import { encodeRequest } from '../transport/encode-request.ts'
import type { LegacyContext } from './legacy-context.ts'
import { probeGeneration } from './probe.ts'

/** The detected generation of a backend, and what the client would send to it. JSON, without secrets. */
export interface Diagnosis {
  /** The base URL with `/api/v1`. */
  readonly baseUrl: string
  /** The option `generation`. */
  readonly option: 'auto' | 'legacy' | 'current'
  /** The generation that requests are encoded in now. */
  readonly requestGeneration: 'legacy' | 'current'
  /** Why `requestGeneration` was chosen. `nothing_known`: `current` is tried first, `legacy` after a refusal. */
  readonly reason: 'option' | 'evidence' | 'nothing_known'
  /**
   * The last generation that the backend showed, and how it was detected; undefined if none was detected yet. Also set when
   * the option overrides it.
   */
  readonly detectedBy: DiagnosisEvidence | undefined
  /** The capabilities that the last reply announced in `API-Capabilities`. The client relies on no others. */
  readonly capabilities: readonly string[]
  /** Examples of calls with their requests. */
  readonly exampleRequests: readonly DiagnosisRequest[]
}

/** The generation that a backend showed. */
export interface DiagnosisEvidence {
  readonly generation: Generation
  /**
   * `header`: `API-Generation`. `shape`: the fields of a reply. `refusal`: the backend refused a request of the other
   * generation. `openapi`: its OpenAPI document.
   */
  readonly source: EvidenceSource
  /** When the generation was detected, in ISO 8601. */
  readonly learnedAt: string
}

/** A call of a method, and its request. */
export interface DiagnosisRequest {
  readonly call: string
  readonly method: string
  /** With parameter names in place of values, such as `/integrations/{integration_id}`. */
  readonly path: string
  readonly body: JsonObject
}

interface Example {
  readonly call: string
  readonly endpoint: { readonly [W in WireGeneration]: EndpointId }
  readonly input: JsonObject
  readonly sentIntegrationName?: string
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
    input: {
      title: 'Bug Report',
      description: 'It breaks',
      integration_id: 'the id of the integration with this name',
    },
    sentIntegrationName: 'JIRA Production',
  },
  {
    call: "tickets.update(id, { title: 'Bug Report' })",
    endpoint: { legacy: 'tickets.replace', current: 'tickets.update' },
    input: { title: 'Bug Report' },
  },
]

/** Describes what is known about the backend. Under `auto`, an unknown generation is probed first. */
export const diagnose = (
  legacy: LegacyContext,
  client: ClientContext,
  options: RequestOptions = {},
): Promise<Diagnosis> =>
  runCall(client, options, async (call) => {
    if (legacy.settings.generation === 'auto') await probeGeneration(legacy.generationCache, call)
    return describe(legacy, call)
  })

function describe({ settings: { generation }, generationCache }: LegacyContext, call: CallContext): Diagnosis {
  const { settings } = call
  const { capabilities } = call.state.backend
  const { evidence } = generationCache
  // A backend may repeat anything in a header, also the token.
  if (typeof settings.token === 'string') call.secrets.add(settings.token)
  const isShown = (name: string): boolean => /^[a-z][a-z0-9-]{0,40}$/.test(name) && call.secrets.hide(name) === name
  const requestGeneration = call.dialect.chooseForRead(call)
  return {
    baseUrl: settings.root,
    option: generation,
    requestGeneration,
    reason: generation !== 'auto' ? 'option' : evidence === undefined ? 'nothing_known' : 'evidence',
    detectedBy: evidence && { ...evidence, learnedAt: evidence.learnedAt.toISOString() },
    capabilities: capabilities.filter(isShown),
    exampleRequests: EXAMPLES.map((example) => toRequest(call, example, requestGeneration)),
  }
}

function toRequest(
  call: CallContext,
  { call: text, endpoint, input, sentIntegrationName }: Example,
  generation: WireGeneration,
): DiagnosisRequest {
  const endpointId = endpoint[generation]
  const params = { integration_id: 'id', ticket_id: 'id' }
  const parsed = sentIntegrationName === undefined ? parseInput(call, endpointId, input).body : input
  const { method, path, body } = encodeRequest(call, {
    endpointId,
    generation,
    input: { params, body: parsed, sentIntegrationName },
  })
  // Encoding an object gives an object.
  return { call: text, method, path, body: body as JsonObject }
}
