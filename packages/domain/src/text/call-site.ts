/**
 * File, line and column of the first frame of a stack that `isOwn` accepts. Default: the first frame. `undefined` if there is
 * no such frame, or if the stack is not text: programs can change the format of stacks.
 */
export function callSiteIn(stack: unknown, isOwn: (place: string) => boolean = () => true): string | undefined {
  // This runs for each use of a retired name, so the frames after the first match are not parsed.
  for (const line of linesOf(stack)) {
    const place = placeIn(line)
    if (place !== undefined && isOwn(place)) return place
  }
  return undefined
}

/** File, line and column of the frames of a stack, the innermost first. None if the stack is not text. */
export const placesIn = (stack: unknown): readonly string[] =>
  linesOf(stack)
    .map(placeIn)
    .filter((place) => place !== undefined)

const linesOf = (stack: unknown): readonly string[] => (typeof stack === 'string' ? stack.split('\n') : [])

// `at read (/app/main.ts:3:7)`, `at async /app/main.ts:3:7`, `read@https://app.example.test/main.js:3:7`.
function placeIn(line: string): string | undefined {
  const [, file = '', place = ''] = /^(?:\s*at (?:async )?(?:.*? \()?|[^@]*@)(.+?)(:\d+:\d+)\)?$/.exec(line) ?? []
  // Frames of `eval`, `data:` and `node:` have no file, and may hold source code with values in it.
  if (!/^(?:[a-z-]+:\/\/|\/|[a-z]:[\\/])[^@]{1,500}$/i.test(file)) return undefined
  // A query string may contain secrets.
  return `${toPlace(file.replace(/[?#].*$/, ''))}${place}`
}

/** The path of a file URL, decoded: a space is `%20` there, and `C:` on Windows is `/C:`. Other addresses are unchanged. */
export function toPlace(address: string): string {
  if (!address.startsWith('file://')) return address
  const path = address.slice('file://'.length).replace(/^\/(?=[a-z]:\/)/i, '')
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
