import { changesOf, type EndpointId, type JsonObject } from '@ai-ticket-creator/domain'

/** The given fields that have another name in the other generation. */
export const renamedFields = (
  endpointId: EndpointId,
  fields: JsonObject = {},
  part: 'body' | 'query' = 'query',
): string[] =>
  changesOf(endpointId, part)
    .flatMap(({ current }) => current)
    .filter((field) => Object.hasOwn(fields, field) && fields[field] !== undefined)
