// Spans and metrics from the events of a client. Names and units are those of OpenTelemetry's conventions for HTTP clients; the
// attributes of an attempt have these names already.

import type { AttemptEvent, ClientEvent } from '@ai-ticket-creator/sdk'
import { type Attributes, metrics, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api'

const SCOPE = 'ai-ticket-creator'

/** A handler for the option `onEvent` of `createClient`. Spans are children of the span in which the client is called. */
export function createTelemetry(): (event: ClientEvent) => void {
  const tracer = trace.getTracer(SCOPE)
  const meter = metrics.getMeter(SCOPE)
  const duration = meter.createHistogram('http.client.request.duration', { unit: 's' })
  const retries = meter.createCounter('ai_ticket_creator.client.retries', { unit: '{retry}' })

  function recordSpan(name: string, kind: SpanKind, durationMs: number, attributes: Attributes): void {
    const end = Date.now()
    const span = tracer.startSpan(name, { kind, attributes, startTime: end - durationMs })
    if ('error.type' in attributes) span.setStatus({ code: SpanStatusCode.ERROR })
    span.end(end)
  }

  function onAttempt({ attributes, durationMs, endpoint, retry }: AttemptEvent): void {
    const target = attributes['url.template'] === undefined ? '' : ` ${attributes['url.template']}`
    const spanAttributes = {
      ...attributes,
      ...(retry !== undefined && { 'ai_ticket_creator.retry.reason': retry.reason }),
    }
    recordSpan(`${attributes['http.request.method']}${target}`, SpanKind.CLIENT, durationMs, spanAttributes)

    // The resend count is only for spans: as a dimension of the histogram it would multiply the series.
    const dimensions = Object.entries(attributes).filter(([name]) => name !== 'http.request.resend_count')
    duration.record(durationMs / 1000, Object.fromEntries(dimensions))
    if (retry !== undefined) retries.add(1, { reason: retry.reason, endpoint: endpoint ?? 'other' })
  }

  return (event) => {
    if (event.type === 'attempt') return onAttempt(event)

    const endpoints = event.endpoints.map((endpoint) => endpoint ?? 'other')
    const attributes = { ...event.attributes, 'ai_ticket_creator.attempts': event.attempts }
    recordSpan(endpoints.at(-1) ?? 'nothing sent', SpanKind.INTERNAL, event.durationMs, { ...attributes, endpoints })
  }
}
