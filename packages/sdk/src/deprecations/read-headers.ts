import { changes, movedTo } from '@ai-ticket-creator/domain'
import type { Call } from '../core/run-call.ts'
import type { WireRequest } from '../core/wire.ts'
import type { OldWord } from './ledger.ts'

/** Counts what the backend says of old words, in the headers of a reply. */
export function noteNotices(
  { settings, secrets }: Pick<Call, 'settings' | 'secrets'>,
  request: WireRequest,
  headers: Headers,
): void {
  const [fields, since, until] = [headers.get('Deprecated-Fields'), headers.get('Deprecation'), headers.get('Sunset')]
  if ((fields ?? since ?? until) === null) return

  const [deprecated, sunset] = [dateOf(since), dateOf(until)]
  const guides = guidesIn(headers.get('Link') ?? '', settings.root).filter((url) => secrets.hide(url) === url)
  const named = wordsIn(fields ?? '').filter(({ field, replacement = '' }) =>
    [field, replacement].every((word) => secrets.hide(word) === word),
  )

  for (const word of named.length > 0 ? named : [aboutRoute(request)]) {
    const guide = guides.find((url) => url.endsWith(`${word.change}`)) ?? (guides.length === 1 ? guides[0] : undefined)
    settings.ledger.note(
      {
        kind: 'notice',
        operation: request.endpointId ?? 'request',
        ...word,
        ...(guide !== undefined && { guide }),
        ...(deprecated !== undefined && { deprecated }),
        ...(sunset !== undefined && { sunset }),
      },
      settings.onDeprecation,
    )
  }
}

type Word = Pick<OldWord, 'field' | 'replacement' | 'change'>

// `is_enabled;use=enabled, integration_type;use=platform_name`. What has another form is no name.
function wordsIn(list: string): Word[] {
  return list.split(',').flatMap((item) => {
    const [, field, use] = /^\s*([a-z]\w{0,63})(?:\s*;\s*use=([a-z][\w.]{0,63}))?\s*$/i.exec(item) ?? []
    return field === undefined
      ? []
      : [{ field, ...(use !== undefined && { replacement: use }), ...changeOf(field, use) }]
  })
}

function changeOf(field: string, use: string | undefined): Pick<Word, 'change'> {
  const change = changes.find(({ retired }) => Object.hasOwn(retired, field) && retired[field]?.use === use)
  return change === undefined ? {} : { change: change.id }
}

// The path of a request to a path may hold ids.
function aboutRoute({ endpointId, method, path }: WireRequest): Word {
  if (endpointId === undefined) return { field: method }
  const moved = movedTo(endpointId)
  return { field: `${method} ${path}`, ...(moved !== undefined && { change: moved.change.id }) }
}

/** A date as `Sunset` says it, or with an @ as `Deprecation` does. */
function dateOf(text: string | null): string | undefined {
  const [, seconds] = /^@(\d{1,11})$/.exec(text ?? '') ?? []
  const time = seconds === undefined ? Date.parse(text ?? '') : Number(seconds) * 1000
  return Number.isNaN(time) ? undefined : new Date(time).toISOString()
}

function guidesIn(link: string, root: string): string[] {
  const targets = [...link.matchAll(/<([^<>]{1,500})>[^,<]*\brel="?deprecation\b/g)].map(([, target = '']) => target)
  const urls = targets.filter((target) => URL.canParse(target, root)).map((target) => new URL(target, root))
  return urls.filter(({ protocol, username }) => /^https?:$/.test(protocol) && username === '').map(String)
}
