import type { EndpointId } from '../contract/contract.ts'
import type { Location } from './changes/change.ts'
import { retiredNames } from './compiled-retired-names.ts'

/** A retired name, and the name to use instead. */
export interface RetiredName {
  readonly field: string
  readonly replacement: string
}

/** The retired names of a part of an endpoint, without the conversions between them and the new ones. */
export const retiredNamesOf = (endpointId: EndpointId, part: Location): readonly RetiredName[] =>
  retiredNames
    .filter((row) => row[part]?.includes(endpointId))
    .flatMap(({ names }) => Object.entries(names))
    .map(([field, replacement]) => ({ field, replacement }))
