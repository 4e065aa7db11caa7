// A service reads its tickets, and the backend answers 503 once. Its spans and metrics show the retry. Everything that is
// printed is checked.
import { strict as assert } from 'node:assert'
import { createClient } from '@ai-ticket-creator/sdk'
import { createTestApi, errorResponse } from '@ai-ticket-creator/test-utils'
import { context, metrics, trace } from '@opentelemetry/api'
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks'
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics'
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace'
import { createTelemetry } from './telemetry.ts'

// A service sets OpenTelemetry up like this, once. Here the exporters keep everything in memory.
const spans = new InMemorySpanExporter()
const metricExporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE)
const reader = new PeriodicExportingMetricReader({ exporter: metricExporter })
const meterProvider = new MeterProvider({ readers: [reader] })
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable())
trace.setGlobalTracerProvider(new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: spans })] }))
metrics.setGlobalMeterProvider(meterProvider)

const api = createTestApi({ generation: 'current' })
const { baseUrl, token, fetch } = api
const client = createClient({ baseUrl, token, fetch, generation: 'current', onEvent: createTelemetry() })

api.faults.add({ endpoint: 'tickets.list', fault: errorResponse(503), times: 1 })
await trace.getTracer('shop').startActiveSpan('show tickets', async (span) => {
  await client.tickets.list()
  span.end()
})

const finished = spans.getFinishedSpans()
const parent = finished.find(({ name }) => name === 'show tickets')
assert.deepEqual(
  finished.map(({ name, attributes }) => [name, attributes['http.response.status_code'], attributes['error.type']]),
  [
    ['GET /api/v1/tickets/', 503, '503'],
    ['GET /api/v1/tickets/', 200, undefined],
    ['tickets.list', undefined, undefined],
    ['show tickets', undefined, undefined],
  ],
)
assert.deepEqual(
  finished.map(({ parentSpanContext }) => parentSpanContext?.spanId),
  [...Array(3).fill(parent?.spanContext().spanId), undefined],
)
assert.equal(finished[0]?.attributes['ai_ticket_creator.retry.reason'], 'unavailable')

await meterProvider.forceFlush()
const recorded = metricExporter
  .getMetrics()
  .flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics))
assert.deepEqual(
  recorded.map(({ descriptor, dataPoints }) => [descriptor.name, descriptor.unit, dataPoints.length]),
  [
    ['http.client.request.duration', 's', 2],
    ['ai_ticket_creator.client.retries', '{retry}', 1],
  ],
)

for (const { name, attributes } of finished) console.log(name, attributes)
for (const { descriptor, dataPoints } of recorded) console.log(descriptor.name, dataPoints.length, 'series')
await meterProvider.shutdown()
