import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { ServerError } from '../errors.ts'

/** A key of 32 bytes, and the number from 0 to 255 that identifies the key in encrypted texts. */
export interface SecretKey {
  readonly id: number
  readonly bytes: Uint8Array
}

/** Encrypts and decrypts texts. `context` names the row and column of a text, which can be decrypted with this context only. */
export interface Secrets {
  readonly encrypt: (text: string, context: string) => string
  /** Throws `SecretError` if the key is unknown, the context is another one, or the text was changed. */
  readonly decrypt: (encrypted: string, context: string) => string
  /** Whether a text was encrypted with the key that `encrypt` uses. */
  readonly isCurrent: (encrypted: string) => boolean
}

/** A stored secret cannot be decrypted. The message quotes no part of the secret. */
export class SecretError extends ServerError {
  override readonly name = 'SecretError'
}

/**
 * AES-256-GCM. The first key encrypts; all of them decrypt.
 *
 * @throws RangeError for a key of another length, or a number that one byte cannot hold.
 */
export function createSecrets(keys: readonly [SecretKey, ...SecretKey[]]): Secrets {
  for (const { id, bytes } of keys) {
    if (bytes.length !== 32) throw new RangeError(`key ${id} has ${bytes.length} bytes; it must have 32`)
    if (!Number.isInteger(id) || id < 0 || id > 255)
      throw new RangeError(`key id ${id} is not an integer from 0 to 255`)
  }
  const [current] = keys
  return {
    isCurrent: (encrypted) => keyIdOf(encrypted) === current.id,

    encrypt(text, context) {
      const iv = randomBytes(IV_LENGTH)
      const cipher = createCipheriv(ALGORITHM, current.bytes, iv, { authTagLength: TAG_LENGTH })
      cipher.setAAD(Buffer.from(context))
      const encrypted = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.from([VERSION, current.id]), iv, cipher.getAuthTag(), encrypted]).toString('base64')
    },

    decrypt(encrypted, context) {
      const { id, iv, tag, data } = split(encrypted)
      const key = keys.find((candidate) => candidate.id === id)
      if (key === undefined) throw new SecretError(`a secret was encrypted with key ${id}, which is not configured`)

      const decipher = createDecipheriv(ALGORITHM, key.bytes, iv, { authTagLength: TAG_LENGTH })
      decipher.setAAD(Buffer.from(context))
      decipher.setAuthTag(tag)
      try {
        return Buffer.concat([decipher.update(data), decipher.final()]).toString('utf8')
      } catch {
        throw new SecretError(
          `a secret cannot be decrypted with key ${id}: the key is another one, or the text was changed`,
        )
      }
    },
  }
}

/** The id of the key that encrypted a text; undefined if the text has another form. */
export function keyIdOf(encrypted: string): number | undefined {
  if (!/^[A-Za-z\d+/]+={0,2}$/.test(encrypted)) return undefined
  const bytes = Buffer.from(encrypted, 'base64')
  return bytes.length >= HEADER_LENGTH && bytes[0] === VERSION ? bytes[1] : undefined
}

function split(encrypted: string) {
  const id = keyIdOf(encrypted)
  if (id === undefined) throw new SecretError('a secret is not in the form of this server')

  const bytes = Buffer.from(encrypted, 'base64')
  const tagStart = 2 + IV_LENGTH
  return {
    id,
    iv: bytes.subarray(2, tagStart),
    tag: bytes.subarray(tagStart, HEADER_LENGTH),
    data: bytes.subarray(HEADER_LENGTH),
  }
}

const ALGORITHM = 'aes-256-gcm'
const VERSION = 1
const IV_LENGTH = 12
const TAG_LENGTH = 16
const HEADER_LENGTH = 2 + IV_LENGTH + TAG_LENGTH
