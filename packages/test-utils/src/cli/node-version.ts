/** Why this Node can not run the command; undefined when it can. An older one ends in the syntax of some library. */
export function tooOld(version: string, range: string): string | undefined {
  const [has, needs] = [numbersIn(version), numbersIn(range)]
  const isEnough = has.major > needs.major || (has.major === needs.major && has.minor >= needs.minor)
  return isEnough ? undefined : `ai-ticket-creator-verify needs Node ${range}; this is ${version}`
}

function numbersIn(text: string): { readonly major: number; readonly minor: number } {
  const [major = 0, minor = 0] = (text.match(/\d+/g) ?? []).map(Number)
  return { major, minor }
}
