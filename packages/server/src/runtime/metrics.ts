import type { Generation } from '@ai-ticket-creator/domain'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { deprecatedFieldsOf } from './deprecated-fields.ts'
import type { Observer } from './request-record.ts'

/** The metrics of one server. */
export interface Metrics {
  readonly observe: Observer
  /** Answers `GET /metrics`. */
  readonly answer: () => Promise<Response>
}

export function createMetrics(generation: () => Generation): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Counter({
    name: 'api_requests_total',
    help: 'Requests to the API.',
    labelNames: ['endpoint', 'generation', 'status'],
    registers,
  })
  const duration = new Histogram({
    name: 'api_request_duration_seconds',
    help: 'Duration of requests to the API.',
    labelNames: ['endpoint'],
    registers,
  })
  const deprecated = new Counter({
    name: 'api_deprecated_fields_total',
    help: 'Deprecated names in requests.',
    labelNames: ['endpoint', 'field'],
    registers,
  })
  registry.registerMetric(
    new Gauge({
      name: 'api_generation_info',
      help: '1 for the generation that is served.',
      labelNames: ['generation'],
      registers: [],
      collect() {
        this.reset()
        this.set({ generation: generation() }, 1)
      },
    }),
  )

  return {
    observe({ endpoint, generation, status, milliseconds }, _request, response) {
      requests.inc({ endpoint, generation: String(generation), status })
      duration.observe({ endpoint }, milliseconds / 1000)
      for (const { field } of deprecatedFieldsOf(response)) deprecated.inc({ endpoint, field })
    },
    answer: async () => new Response(await registry.metrics(), { headers: { 'Content-Type': registry.contentType } }),
  }
}
