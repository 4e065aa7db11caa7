import type { CallContext, CreateDialect } from '../core/call-context.ts'
import type { Exchange } from '../core/exchange.ts'
import { StartAgain } from '../core/start-again.ts'
import type { WireGeneration, WireRequest } from '../core/wire.ts'
import { withLegacyFields } from './deprecations/legacy-accessors.ts'
import { recordDeprecationHeaders } from './deprecations/read-headers.ts'
import { assertNothingIgnored } from './check-fields.ts'
import { wireGenerationOf } from './detect-generation.ts'
import { probeGeneration } from './probe.ts'
import { generationToRestartIn } from './restart.ts'
import { decode, encode, unsentFilters } from './translate.ts'

/** The dialect of a call to a backend of any generation. */
export const createLegacyDialect: CreateDialect = (restartedIn) => {
  // All writes of the call use one generation, because they were planned for it.
  let chosen = restartedIn
  const canRestart = ({ settings, written }: CallContext): boolean =>
    settings.generation === 'auto' && restartedIn === undefined && written.isEmpty

  function chooseForRead({ settings, state }: CallContext): WireGeneration {
    if (settings.generation !== 'auto') return settings.generation
    const { evidence } = state.backend.generationCache
    return chosen ?? (evidence === undefined ? 'current' : wireGenerationOf(evidence.generation))
  }

  return {
    chooseForRead,
    // The first write to an unknown backend is preceded by one cheap read. If that shows no generation, `current` is tried.
    async chooseForWrite(call, integrationId) {
      if (call.settings.generation !== 'auto') return call.settings.generation
      await probeGeneration(call, integrationId)
      chosen ??= chooseForRead(call)

      // Another reply may have shown meanwhile that the backend is of another generation.
      const { evidence } = call.state.backend.generationCache
      const shown = evidence && wireGenerationOf(evidence.generation)
      if (shown !== undefined && shown !== chosen && canRestart(call)) throw new StartAgain(shown)
      return chosen
    },
    encode,
    decode: (_call, request, reply) => decode(request, reply),
    present: withLegacyFields,
    observe,
    verify: assertNothingIgnored,
    restart: (call, sent, exchange, verified) =>
      generationToRestartIn(call, sent, exchange, verified, canRestart(call)),
    unsentFilters,
  }
}

/** Records what the reply shows about the generation of the backend, and about old names. */
function observe(call: CallContext, request: WireRequest, { reply, parsed, evidence }: Exchange): void {
  if (reply !== undefined) recordDeprecationHeaders(call, request, reply.headers)
  const { generationCache } = call.state.backend
  if (evidence !== undefined) generationCache.record(evidence)
  else if (request.endpointId === 'integrations.list' && parsed?.status === 200)
    generationCache.probeInconclusive = true
}
