import { createSecrets, SecretError } from '@ai-ticket-creator/server'
import { expect, test } from 'vitest'

const key = (id: number, fill = id) => ({ id, bytes: new Uint8Array(32).fill(fill) })

test('a text is decrypted with the key that encrypted it, also when a newer key encrypts', () => {
  const encrypted = createSecrets([key(1)]).encrypt('päss', 'a row')

  expect(createSecrets([key(2), key(1)]).decrypt(encrypted, 'a row')).toBe('päss')
})

test('equal texts are encrypted differently, and show nothing of the text', () => {
  const secrets = createSecrets([key(1)])

  const [one, other] = [secrets.encrypt('s3cret', 'a row'), secrets.encrypt('s3cret', 'a row')]

  expect(one).not.toBe(other)
  expect(Buffer.from(one, 'base64').toString('latin1')).not.toContain('s3cret')
})

test.each([
  ['an unknown key', createSecrets([key(2)]), 'a row', (text: string) => text, 'key 1, which is not configured'],
  ['a wrong key', createSecrets([key(1, 9)]), 'a row', (text: string) => text, 'cannot be decrypted with key 1'],
  ['another row', createSecrets([key(1)]), 'another row', (text: string) => text, 'cannot be decrypted with key 1'],
  ['a changed text', createSecrets([key(1)]), 'a row', changeLastByte, 'cannot be decrypted with key 1'],
  ['a text of another form', createSecrets([key(1)]), 'a row', () => 'plain', 'not in the form of this server'],
])('%s is refused without a word of the secret', (_, secrets, context, change, message) => {
  const encrypted = change(createSecrets([key(1)]).encrypt('s3cret', 'a row'))

  const decrypt = () => secrets.decrypt(encrypted, context)

  expect(decrypt).toThrow(SecretError)
  expect(decrypt).toThrow(message)
  expect(decrypt).not.toThrow(/s3cret/)
})

function changeLastByte(text: string): string {
  const bytes = Buffer.from(text, 'base64')
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
  return bytes.toString('base64')
}

test.each([
  [{ id: 1, bytes: new Uint8Array(16) }, 'key 1 has 16 bytes; it must have 32'],
  [{ id: 256, bytes: new Uint8Array(32) }, 'key id 256 is not an integer from 0 to 255'],
])('a key that cannot be used is refused at once', (key, message) => {
  expect(() => createSecrets([key])).toThrow(message)
})
