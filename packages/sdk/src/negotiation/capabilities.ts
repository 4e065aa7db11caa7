/** What a reply says that the backend can do. */

import type { ResponseMetadata } from '../core/result.ts'

export const capabilitiesIn = (headers: Headers): readonly string[] =>
  (headers.get('API-Capabilities') ?? '').split(',').map((word) => word.trim())
/** Whether the backend says that it can do something. */

export const announces = ({ headers }: ResponseMetadata, capability: string): boolean =>
  capabilitiesIn(headers).includes(capability)
