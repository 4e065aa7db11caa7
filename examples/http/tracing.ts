import { SpanStatusCode, type Tracer } from '@opentelemetry/api'
import ky from 'ky'

/** Makes a span for each attempt. The spans that an instrumentation of `fetch` makes are its children. */
export function withSpans(tracer: Tracer) {
  const names = new WeakMap<object, string>()
  return ky.extend({
    hooks: { beforeRequest: [({ request, options }) => void names.set(request, String(options.context['endpoint']))] },
    // Around `fetch`: a hook ends before the request begins, so that no span of a hook can be active meanwhile.
    fetch: (request, init) =>
      tracer.startActiveSpan(names.get(request as Request) ?? 'request', async (span) => {
        try {
          const response = await fetch(request, init)
          return response
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR })
          throw error
        } finally {
          span.end()
        }
      }),
  })
}
