/**
 * The message for a Node version that is too old; undefined for a supported one. An old version would otherwise fail with a
 * syntax error in some library.
 */
export function unsupportedNode(version: string, range: string): string | undefined {
  const [actual, needed] = [parse(version), parse(range)]
  const isSupported = actual.major > needed.major || (actual.major === needed.major && actual.minor >= needed.minor)
  return isSupported ? undefined : `ai-ticket-creator-verify needs Node ${range}; this is ${version}`
}

function parse(text: string): { readonly major: number; readonly minor: number } {
  const [major = 0, minor = 0] = (text.match(/\d+/g) ?? []).map(Number)
  return { major, minor }
}
