import { createRedactor } from '@ai-ticket-creator/domain/internal'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readSeed, readSize } from '../../../vitest.sizes.ts'

const runs = readSize('REDACT_RUNS', 100)
const seed = readSeed('REDACT_SEED', 1)
console.log(`redact: ${runs} runs per law, seed ${seed} (REDACT_RUNS, REDACT_SEED)`)

const secret = `s3cr"t/+ä&'`
const redact = (text: string, ...secrets: string[]) =>
  createRedactor(secrets.length === 0 ? [secret] : secrets).redact(text)

describe('a secret is removed from a message that has it', () => {
  test.each([
    ['as it is', `wrong: s3cr"t/+ä&' (try again)`],
    ['in capitals', `wrong: S3CR"T/+Ä&' (try again)`],
    ['in JSON', `wrong: s3cr\\"t\\/+\\u00e4&' (try again)`],
    ['in JSON in JSON', `wrong: s3cr\\\\\\"t\\\\/+\\\\u00E4&' (try again)`],
    ['in a Python text', `wrong: s3cr"t/+ä&\\' (try again)`],
    ['in a URL', 'wrong: s3cr%22t%2F%2B%C3%A4%26%27 (try again)'],
    ['in a URL, in small letters', 'wrong: s3cr%22t%2f%2b%c3%a4%26%27 (try again)'],
    ['in a URL of an old server', 'wrong: s3cr%22t%2F%2B%E4%26%27 (try again)'],
    ['in a URL in a URL', 'wrong: s3cr%2522t%252F%252B%25C3%25A4%2526%2527 (try again)'],
    ['in HTML', 'wrong: s3cr&quot;t/+&#228;&amp;&#x27; (try again)'],
    ['in HTML of JSON', 'wrong: s3cr\\&quot;t\\/+&#xE4;&amp;&apos; (try again)'],
    ['in hexadecimal', 'wrong: 7333637222742f2bc3a42627 (try again)'],
    ['in hexadecimal, in capitals', 'wrong: 7333637222742F2BC3A42627 (try again)'],
    ['in base64', 'wrong: czNjciJ0LyvDpCYn (try again)'],
  ])('%s', (_, text) => {
    expect(redact(text)).toBe('wrong: [redacted] (try again)')
  })

  test.each([
    ['a', 'YTpzZWNyZXQtdG9rZW4=', 'YT[redacted]='],
    ['ab', 'YWI6c2VjcmV0LXRva2Vu', 'YWI6[redacted]'],
    ['abc', 'YWJjOnNlY3JldC10b2tlbg==', 'YWJjO[redacted]=='],
  ])('as the password of %s in Basic authentication', (_, encoded, expected) => {
    expect(redact(`sent Basic ${encoded}`, 'secret-token')).toBe(`sent Basic ${expected}`)
  })

  test.each(['Pz8/Pz4+Pj4u', 'Pz8_Pz4-Pj4u'])('in base64 of either alphabet: %s', (encoded) => {
    expect(redact(`got ${encoded}`, '????>>>>.')).toBe('got [redacted]')
  })

  test('in a form, where a space is a plus', () => {
    expect(redact('sent pass+phrase+%2B1', 'pass phrase +1')).toBe('sent [redacted]')
  })

  test('without the spaces around it', () => {
    expect(redact('wrong: secret-token', ' secret-token ')).toBe('wrong: [redacted]')
  })
})

describe('a secret that was cut off', () => {
  test.each([
    ['at the end of the text', 'sent secret-tok', 'sent [redacted]'],
    ['before an ellipsis', 'sent secret-tok… and more', 'sent [redacted]… and more'],
    ['before three dots', '"secret-tok..." is wrong', '"[redacted]..." is wrong'],
    ['before a note', 'sent secret-tok[truncated]', 'sent [redacted][truncated]'],
    ['within an escape', 'sent secret%2Dt%6', 'sent [redacted]'],
    ['within an escape in an escape', 'sent secret%252Dtok%25', 'sent [redacted]'],
    ['in base64', 'sent c2VjcmV0LXRv', 'sent [redacted]'],
    ['in base64 with a user before it', 'sent YWJjOnNlY3JldC10b', 'sent YWJjO[redacted]'],
  ])('%s is removed', (_, text, expected) => {
    expect(redact(text, 'secret-token-2')).toBe(expected)
  })

  test('to fewer than eight characters stays, because that may be an ordinary word', () => {
    expect(redact('sent secret-', 'secret-token')).toBe('sent secret-')
  })

  test('in the middle of a message stays, unless it is long', () => {
    const long = 'a-secret-that-is-longer-than-most-of-them-are'

    expect(redact('a-secret-that is yours', long)).toBe('a-secret-that is yours')
    expect(redact('sent a-secret-that-is-longer-than-most, sorry', long)).toBe('sent [redacted], sorry')
  })
})

test('a very long secret takes all that follows with it', () => {
  const long = 'ä"x '.repeat(100)

  expect(redact(`sent ${long.slice(0, 300)}, sorry`, long)).toBe('sent [redacted]')
  expect(redact(`sent ${Buffer.from(long).toString('base64')}=`, long)).toBe('sent [redacted]')
})

describe('several secrets', () => {
  test('inside each other leave nothing', () => {
    expect(redact('sent secret-token-2', 'secret', 'secret-token-2', 'token')).toBe('sent [redacted]')
  })

  test('that overlap leave nothing', () => {
    expect(redact('sent abcdefgh', 'abcdef', 'defgh')).toBe('sent [redacted]')
  })

  test('that are a part of the mark do not change it', () => {
    expect(redact('sent secret-token', 'secret-token', 'redacted')).toBe('sent [redacted]')
  })
})

describe('a secret of fewer than four characters', () => {
  test.each([
    ['at 587', 'at [redacted]'],
    ['587', '[redacted]'],
    ['port=587&x', 'port=[redacted]&x'],
    ['1587 and 5870', '1587 and 5870'],
    ['a587', 'a587'],
    ['ä587', 'ä587'],
    ['Basic NTg3', 'Basic [redacted]'],
  ])('is removed as a word: %s', (text, expected) => {
    expect(redact(text, '587')).toBe(expected)
  })
})

test('the mark can be chosen', () => {
  expect(createRedactor(['secret-token'], { mark: '***' }).redact('sent secret-token')).toBe('sent ***')
})

test('fragments: any eight characters of a secret are removed', () => {
  const { redact: cut } = createRedactor(['secret-token-2'], { fragments: true })

  expect(cut('a cret-token b')).toBe('a [redacted] b')
  expect(cut('a ret-tok b')).toBe('a ret-tok b')
  expect(cut('a c2VjcmV0LXRv b')).toBe('a [redacted] b')
})

test.each([
  ['no secrets', []],
  ['an empty secret', ['']],
  ['another secret', ['secret-token']],
])('with %s a message stays as it is', (_, secrets) => {
  expect(createRedactor(secrets).redact('`title` %22 &amp; \\" …')).toBe('`title` %22 &amp; \\" …')
})

test('halves of surrogate pairs and bytes that are not text cause no error', () => {
  expect(redact('\uD83D %FF%FE \\u{FFFFFF} &#9999999; secret-token \uDE00', 'secret-token', '\uD83D-half')).toBe(
    '\uD83D %FF%FE \\u{FFFFFF} &#9999999; [redacted] \uDE00',
  )
})

test('a long text of one letter is searched in one pass', () => {
  const found = redact('a'.repeat(300_000), `${'a'.repeat(5000)}b`)

  expect(found).toBe('[redacted]')
})

// Laws. The characters around a secret are neither in it nor in any encoding.

const characters = fc.constantFrom(...'abcXYZ019-_.~!"\'\\/&<>+%=:;@# ', '\n', 'ä', 'é', '€', '😀')
const secrets = fc
  .array(characters, { minLength: 8, maxLength: 40 })
  .map((list) => `s${list.join('')}e`)
  .filter((text) => !/\.{3}/.test(text))
const around = fc.string({ unit: fc.constantFrom('•', '▪', '|', '\t'), maxLength: 5 })

const hex = (code: number, length: number): string => code.toString(16).padStart(length, '0')
const bytesOf = (text: string): readonly number[] => [...new TextEncoder().encode(text)]
const everyByte = (text: string): string =>
  bytesOf(text)
    .map((byte) => `%${hex(byte, 2)}`)
    .join('')

/** Encodings of one character: only if needed, and always. */
const ENCODERS: Readonly<Record<string, (character: string) => string>> = {
  none: (character) => character,
  url: encodeURIComponent,
  'url, each byte': everyByte,
  form: (character) => new URLSearchParams({ '': character }).toString().slice(1),
  json: (character) => JSON.stringify(character).slice(1, -1).replace('/', '\\/'),
  'json, each unit': (character) => character.replace(/./gs, (unit) => `\\u${hex(unit.charCodeAt(0), 4)}`),
  html: (character) =>
    character.replace(
      /[&<>"']/g,
      (found) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[found] ?? '&#39;',
    ),
  'html, each character': (character) => `&#x${hex(character.codePointAt(0) ?? 0, 2)};`,
}
const encoderNames = fc.constantFrom(...Object.keys(ENCODERS))
const encode = (text: string, name: string): string => [...text].map((one) => ENCODERS[name]?.(one) ?? one).join('')

const SIZE = { seed, numRuns: runs }

// The number of runs decides how long they take.
const LAW = { timeout: 600_000 }

test('law: encoded once or twice and put anywhere, a secret is removed and nothing else', LAW, () => {
  fc.assert(
    fc.property(secrets, encoderNames, encoderNames, around, around, (value, first, second, before, after) => {
      const encoded = encode(encode(value, first), second)

      expect(redact(`${before}${encoded}${after}`, value)).toBe(`${before}[redacted]${after}`)
    }),
    SIZE,
  )
})

test('law: cut off after eight characters or more, in any encoding, a secret is removed', LAW, () => {
  const ellipses = fc.constantFrom('', '...', '…', '[truncated]')
  fc.assert(
    fc.property(
      secrets,
      encoderNames,
      encoderNames,
      around,
      ellipses,
      fc.nat(),
      (value, first, second, before, ellipsis, cut) => {
        const encoded = encode(encode(value, first), second)
        const least = encode(encode([...value].slice(0, 9).join(''), first), second).length
        const text = encoded.slice(0, least + (cut % (encoded.length - least + 1)))

        expect(redact(`${before}${text}${ellipsis}`, value)).toBe(`${before}[redacted]${ellipsis}`)
      },
    ),
    SIZE,
  )
})

test('law: in base64, with any text before and after it, nothing of a secret is left', LAW, () => {
  const texts = fc.string({ maxLength: 8 })
  const alphabets = fc.constantFrom<BufferEncoding>('base64', 'base64url')
  fc.assert(
    fc.property(secrets, texts, texts, alphabets, around, (value, user, rest, alphabet, before) => {
      const trimmed = value.trim()
      const encoded = Buffer.from(`${user}${trimmed}${rest}`).toString(alphabet)

      const left = redact(`${before}${encoded}`, value).split('[redacted]')

      expect(left).toHaveLength(2)
      const [start = '', end = ''] = left
      // What is left encodes the texts around it.
      expect(start.length - before.length).toBeLessThanOrEqual(Math.ceil((bytesOf(user).length * 4) / 3))
      expect(end.replace(/=+$/, '').length).toBeLessThanOrEqual(Math.ceil((bytesOf(rest).length * 4) / 3))
    }),
    SIZE,
  )
})

test('law: in hexadecimal, in either case, a secret is removed', LAW, () => {
  fc.assert(
    fc.property(secrets, fc.boolean(), around, around, (value, isUpper, before, after) => {
      const lower = Buffer.from(value.trim()).toString('hex')
      const encoded = isUpper ? lower.toUpperCase() : lower

      expect(redact(`${before}${encoded}${after}`, value)).toBe(`${before}[redacted]${after}`)
    }),
    SIZE,
  )
})

test('law: whatever the text, redacting never throws, and a text without a secret stays as it is', LAW, () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), secrets, (text, value) => {
      expect(redact(text, `never-in-it-${value}`)).toBe(text)
    }),
    SIZE,
  )
})
