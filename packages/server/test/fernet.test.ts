import { expect, test } from 'vitest'
import { createFernet } from '../src/secrets/fernet.ts'

// The published test vectors: https://github.com/fernet/spec
const keyOf = (base64: string) => Buffer.from(base64, 'base64url')
const KEY = keyOf('cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=')
const HELLO = 'gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA=='

test('the published text is encrypted to the published token', () => {
  const { encrypt } = createFernet([KEY], {
    seconds: () => Date.parse('1985-10-26T01:20:00-07:00') / 1000,
    iv: () => Uint8Array.from({ length: 16 }, (_, n) => n),
  })

  expect(encrypt('hello')).toBe(HELLO)
})

test('the published token is decrypted, with and without padding', () => {
  const { decrypt } = createFernet([KEY])

  expect([decrypt(HELLO), decrypt(HELLO.slice(0, -2))]).toEqual(['hello', 'hello'])
})

test('a token of the Python package cryptography is decrypted, with the key that wrote it', () => {
  const [python, other] = [Buffer.alloc(32, 11), Buffer.alloc(32, 12)]
  const token =
    'gAAAAABpVzWlBQUFBQUFBQUFBQUFBQUFBbxNyxABNS5RhLgVOQtGkP0dDy-Dp7KTjQgSas2R7NuX6tcIWbBhoiJG9eII52CHvk6s7ZTw6yykif7JD3QsfOt3kWyiQthuPNUGe2bcN51agOAwwNBL5uHtCGiV7ehZMg=='
  const { decrypt, encrypt, isCurrent } = createFernet([other, python])

  expect(decrypt(token)).toBe('{"email": "a@acme.test", "api_token": "fernét"}')
  expect([isCurrent(token), isCurrent(encrypt('new'))]).toEqual([false, true])
  expect(() => createFernet([other]).decrypt(token)).toThrow(
    'a Fernet token cannot be decrypted: the key is another one, or the token was changed',
  )
})

// As the tokens that the specification lists as not valid: the signature of the last three is right.
test.each([
  ['a changed signature', HELLO.replace('IwqDA', 'IwqDQ'), 'the token was changed'],
  ['no signature', 'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPA==', 'a secret is no Fernet token'],
  ['wrong base64', `%%${HELLO.slice(2)}`, 'a secret is no Fernet token'],
  [
    'a length that is no multiple of a block',
    'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPOm73QeoCk9uGib28Xe5vz6oxq5nmxbx_v7mrfyudzUm',
    'a secret is no Fernet token',
  ],
  [
    'wrong padding',
    'gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0ODz4LEpdELGQAad7aNEHbf-JkLPIpuiYRLQ3RtXatOYREu2FWke6CnJNYIbkuKNqOhw==',
    'a Fernet token has a valid signature, but its content cannot be decrypted',
  ],
  [
    'a wrong initialization vector',
    'gAAAAAAdwJ6xBQECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAkLhFLHpGtDBRLRTZeUfWgHSv49TF2AUEZ1TIvcZjK1zQ==',
    'a Fernet token has a valid signature, but its content cannot be decrypted',
  ],
])('a token with %s is refused', (_, token, message) => {
  expect(() => createFernet([KEY]).decrypt(token)).toThrow(message)
})
