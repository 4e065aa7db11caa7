import { changes, replacementRoute } from '@ai-ticket-creator/domain'
import type { CallContext } from '../../core/call-context.ts'
import { parseHttpDate } from '../../core/http-date.ts'
import type { WireRequest } from '../../core/wire.ts'
import type { LegacyContext } from '../legacy-context.ts'
import type { DeprecatedInput } from './uses.ts'

/** Records what the headers of a reply report about old names. */
export function recordDeprecationHeaders(
  { settings: { onDeprecation }, ledger }: LegacyContext,
  { settings, secrets }: CallContext,
  request: WireRequest,
  headers: Headers,
): void {
  const [fields, since, until] = [headers.get('Deprecated-Fields'), headers.get('Deprecation'), headers.get('Sunset')]
  if ((fields ?? since ?? until) === null) return

  const [deprecated, sunset] = [dateOf(since), dateOf(until)]
  const guides = guidesIn(headers.get('Link') ?? '', settings.root).filter((url) => secrets.hide(url) === url)
  const named = namesIn(fields ?? '').filter(({ field, replacement = '' }) =>
    [field, replacement].every((name) => secrets.hide(name) === name),
  )

  for (const notice of named.length > 0 ? named : [routeNotice(request)]) {
    // The URL of a guide ends with the id of its change, unless the operator of the service has chosen another one.
    const guide =
      guides.find((url) => url.endsWith(`${notice.change}`)) ?? (guides.length === 1 ? guides[0] : undefined)
    ledger.note(
      {
        kind: 'server_notice',
        operation: request.endpointId ?? 'request',
        ...notice,
        ...(guide !== undefined && { guide }),
        ...(deprecated !== undefined && { deprecated }),
        ...(sunset !== undefined && { sunset }),
      },
      onDeprecation,
    )
  }
}

type Notice = Pick<DeprecatedInput, 'field' | 'replacement' | 'change'>

// `is_enabled;use=enabled, integration_type;use=platform_name`. Items of another form are ignored.
function namesIn(list: string): Notice[] {
  return list.split(',').flatMap((item) => {
    const [, field, use] = /^\s*([a-z]\w{0,63})(?:\s*;\s*use=([a-z][\w.]{0,63}))?\s*$/i.exec(item) ?? []
    return field === undefined
      ? []
      : [{ field, ...(use !== undefined && { replacement: use }), ...changeOf(field, use) }]
  })
}

function changeOf(field: string, use: string | undefined): Pick<Notice, 'change'> {
  const change = changes.find(({ retired }) => Object.hasOwn(retired, field) && retired[field]?.replacement === use)
  return change === undefined ? {} : { change: change.id }
}

// The path of a raw request is left out, because it may contain ids.
function routeNotice({ endpointId, method, path }: WireRequest): Notice {
  if (endpointId === undefined) return { field: method }
  const moved = replacementRoute(endpointId)
  return { field: `${method} ${path}`, ...(moved !== undefined && { change: moved.change.id }) }
}

/** A date as in `Sunset`, or seconds after an @ as in `Deprecation`. */
function dateOf(text: string | null): string | undefined {
  const [, seconds] = /^@(\d{1,11})$/.exec(text ?? '') ?? []
  const time = seconds === undefined ? parseHttpDate(text ?? '') : Number(seconds) * 1000
  return time === undefined ? undefined : new Date(time).toISOString()
}

function guidesIn(link: string, root: string): string[] {
  const targets = [...link.matchAll(/<([^<>]{1,500})>[^,<]*\brel="?deprecation\b/g)].map(([, target = '']) => target)
  const urls = targets.filter((target) => URL.canParse(target, root)).map((target) => new URL(target, root))
  return urls.filter(({ protocol, username }) => /^https?:$/.test(protocol) && username === '').map(String)
}
