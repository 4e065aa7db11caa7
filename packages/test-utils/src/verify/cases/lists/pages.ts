import type { EndpointId } from '@ai-ticket-creator/domain'
import type { Check, ContractCase, Expect, Step } from '../../model/case.ts'
import type { CaseRequest } from '../../model/case-request.ts'
import { entitiesOf, type Reply } from '../../model/observed-reply.ts'
import { SPEC } from '../../model/spec-references.ts'
import type { ListKind } from './kinds.ts'
import { idsIn } from './rows.ts'

/** Page sizes. */
export const sizeCases = ({ endpoint, sizeParameter, title }: ListKind): readonly ContractCase[] => [
  {
    id: `${endpoint}/size-limits`,
    title: `A page of ${title} has 1 to 100 rows`,
    endpoint,
    specReference: SPEC.fields,
    readOnly: true,
    request: [0, 101, -1, 'many', '1.5', ''].map((size) => ({ endpoint, query: { [sizeParameter]: size } })),
    expect: { code: 'validation_failed', at: `query.${sizeParameter}` },
    next: [
      {
        request: [1, 100].map((size) => ({ endpoint, query: { [sizeParameter]: size } })),
        expect: { check: checkSize(sizeParameter) },
      },
    ],
  },
]

const checkSize =
  (sizeParameter: string): Check =>
  (reply) => {
    const [rows, most] = [entitiesOf(reply).length, Number(reply.request.query?.[sizeParameter])]
    return rows <= most ? undefined : { expected: `at most ${most} rows`, actual: `${rows} rows` }
  }

type ExpectFromContext = Extract<Step['expect'], (...given: never[]) => Expect>

/** The rows from index `from` to before index `to` of the list in the first reply. */
export const slice =
  (from: number, to: number): ExpectFromContext =>
  ({ replies: [all] }) => ({
    check: (reply) => {
      const expected = idsIn(all).slice(from, to).join()
      return idsIn(reply).join() === expected
        ? undefined
        : { expected: `rows ${from + 1} to ${to} of the whole list`, actual: `${idsIn(reply).length} rows` }
    },
  })

/** Combines the checks of two expectations. Any other field of `other` replaces that of `one`. */
export const both =
  (one: ExpectFromContext, other: Expect): ExpectFromContext =>
  (context, generation) => {
    const first = one(context, generation)
    return {
      ...first,
      ...other,
      check: (reply, checked) => first.check?.(reply, checked) ?? other.check?.(reply, checked),
    }
  }

const NEXT_LINK = /<([^>]+)>; rel="next"/

/** The request for the next page, from the `Link` header of a reply. */
export function nextPage(endpoint: EndpointId, reply: Reply | undefined): CaseRequest {
  const [, address = ''] = NEXT_LINK.exec(reply?.headers.get('Link') ?? '') ?? []
  const { searchParams } = new URL(address, 'https://any.example.test')
  return { endpoint, verbatim: true, query: Object.fromEntries(searchParams) }
}

export const expectNextLink: Expect = { headers: { Link: NEXT_LINK } }

export const expectNoNextLink: Expect = {
  check: ({ headers }) =>
    NEXT_LINK.test(headers.get('Link') ?? '') ? { expected: 'no `rel="next"`', actual: 'a link' } : undefined,
}
