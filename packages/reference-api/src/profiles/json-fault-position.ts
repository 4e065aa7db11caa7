// Punctuation, a string, a number or a literal.
const TOKEN =
  /[{}[\],:]|"(?:[^"\\]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y
const SPACE = /[ \t\n\r]*/y

type Expected = 'value' | 'first-item' | 'first-key' | 'key' | 'colon' | 'comma' | 'end'

/** The offset of the first token that makes a text invalid JSON; the length of the text if it ends too early. */
export function jsonFaultPosition(text: string): number {
  const open: string[] = []
  let expected: Expected = 'value'
  for (let position = endOf(SPACE, text, 0); ; ) {
    const end = endOf(TOKEN, text, position)
    const token = text.slice(position, end)
    const next: Expected | undefined = isToken(token) ? follow(expected, token, open) : undefined
    if (next === undefined) return position
    expected = next
    position = endOf(SPACE, text, end)
  }
}

/** JSON allows no control characters, not even in strings. */
const isToken = (text: string): boolean => text !== '' && [...text].every((character) => character >= ' ')

/** The end of a match that starts at a position; the position itself if nothing matches. */
function endOf(pattern: RegExp, text: string, position: number): number {
  pattern.lastIndex = position
  return position + (pattern.exec(text)?.[0].length ?? 0)
}

/** What must follow a token, or undefined when the token itself is not allowed. */
function follow(expected: Expected, token: string, open: string[]): Expected | undefined {
  switch (expected) {
    case 'first-item':
      return token === ']' ? close(open) : follow('value', token, open)
    case 'value':
      return followValue(token, open)
    case 'first-key':
      return token === '}' ? close(open) : follow('key', token, open)
    case 'key':
      return token.startsWith('"') ? 'colon' : undefined
    case 'colon':
      return token === ':' ? 'value' : undefined
    case 'comma':
      if (token === ',') return open.at(-1) === '{' ? 'key' : 'value'
      return token === (open.at(-1) === '{' ? '}' : ']') ? close(open) : undefined
    case 'end':
      return undefined
  }
}

function followValue(token: string, open: string[]): Expected | undefined {
  if (token === '{' || token === '[') {
    open.push(token)
    return token === '{' ? 'first-key' : 'first-item'
  }
  return /^[}\],:]$/.test(token) ? undefined : afterValue(open)
}

function close(open: string[]): Expected {
  open.pop()
  return afterValue(open)
}

const afterValue = (open: readonly string[]): Expected => (open.length === 0 ? 'end' : 'comma')
