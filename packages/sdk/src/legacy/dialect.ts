import type { CallContext, CreateDialect, Dialect } from '../core/call-context.ts'
import type { Exchange } from '../core/exchange.ts'
import { StartAgainError } from '../core/start-again.ts'
import type { WireGeneration, WireRequest } from '../core/wire.ts'
import { assertNothingIgnored } from './check-fields.ts'
import { withLegacyFields } from './deprecations/legacy-accessors.ts'
import { recordDeprecationHeaders } from './deprecations/read-headers.ts'
import { wireGenerationOf } from './detect-generation.ts'
import type { LegacyContext } from './legacy-context.ts'
import { resolveFilters, withResolvedIntegration } from './names/resolve-reference.ts'
import { currentNameOf, parseOldBody, parseOldQuery } from './parse-input.ts'
import { probeGeneration } from './probe.ts'
import { generationToRestartIn } from './restart.ts'
import { changeTicket } from './tickets/change-ticket.ts'
import { decode, encode, mayLack, unsentFilters } from './translate.ts'

/** Creates the dialects of a client for backends of any generation. */
export function createLegacyDialect(legacy: LegacyContext): CreateDialect {
  const ofAllCalls: Omit<Dialect, keyof ReturnType<typeof chooseGenerations>> = {
    parseBody: parseOldBody,
    parseQuery: parseOldQuery,
    currentNameOf,
    withIntegration: (call, endpointId, parse, send) => withResolvedIntegration(legacy, call, endpointId, parse, send),
    resolveFilters: (call, filters, parse) => resolveFilters(legacy, call, filters, parse),
    changeTicket: (call, change) => changeTicket(legacy, call, change),
    encode,
    decode: (_call, request, reply) => decode(request, reply),
    mayLack: (mismatch, reply) => mayLack(legacy, mismatch, reply),
    present: (endpointId, data, body) => withLegacyFields(legacy, endpointId, data, body),
    observe: (call, request, exchange) => observe(legacy, call, request, exchange),
    unsentFilters,
  }
  return (restartedIn) => ({ ...ofAllCalls, ...chooseGenerations(legacy, restartedIn) })
}

/** Chooses the generation of the requests of a call. All writes of a call use the generation that they were planned for. */
function chooseGenerations(
  { settings: { generation }, generationCache }: LegacyContext,
  restartedIn: WireGeneration | undefined,
): Pick<Dialect, 'chooseForRead' | 'chooseForWrite' | 'verify' | 'restart'> {
  const isAuto = generation === 'auto'
  let chosen = restartedIn
  const canRestart = ({ written }: CallContext): boolean => isAuto && restartedIn === undefined && written.isEmpty

  function chooseForRead(): WireGeneration {
    if (!isAuto) return generation
    const { evidence } = generationCache
    return chosen ?? (evidence === undefined ? 'current' : wireGenerationOf(evidence.generation))
  }

  return {
    chooseForRead,
    // The first write to an unknown backend is preceded by one cheap read. If that shows no generation, `current` is tried.
    async chooseForWrite(call, integrationId) {
      if (!isAuto) return generation
      await probeGeneration(generationCache, call, integrationId)
      chosen ??= chooseForRead()

      // Another reply may have shown meanwhile that the backend is of another generation.
      const { evidence } = generationCache
      const shown = evidence && wireGenerationOf(evidence.generation)
      if (shown !== undefined && shown !== chosen && canRestart(call)) throw new StartAgainError(shown)
      return chosen
    },
    verify: (_call, sent, exchange) => assertNothingIgnored(sent, exchange, isAuto),
    restart: (call, sent, exchange, verified) =>
      isAuto ? generationToRestartIn(sent, exchange, verified, canRestart(call)) : undefined,
  }
}

/** Records what the reply shows about the generation of the backend, and about old names. */
function observe(
  legacy: LegacyContext,
  call: CallContext,
  request: WireRequest,
  { reply, parsed, evidence }: Exchange,
): void {
  const { generationCache, lookup } = legacy
  const { endpointId, method } = request
  // A write may have renamed an integration.
  if (method !== 'GET' && !endpointId?.startsWith('tickets.')) lookup.clear()
  if (reply !== undefined) recordDeprecationHeaders(legacy, call, request, reply.headers)
  if (evidence !== undefined) generationCache.record(evidence)
  else if (endpointId === 'integrations.list' && parsed?.status === 200) generationCache.probeInconclusive = true
}
