import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import { SecretError } from './secrets.ts'

/** A Fernet key: 16 bytes that sign, then 16 bytes that encrypt. */
export type FernetKey = Uint8Array

/** Encrypts and decrypts texts as Fernet tokens. */
export interface Fernet {
  readonly encrypt: (text: string) => string
  /** Throws `SecretError` if no key has encrypted the token, or if the token was changed. */
  readonly decrypt: (token: string) => string
  /** Whether the first key has encrypted a token. */
  readonly isCurrent: (token: string) => boolean
}

/** Options for tests, which compare the tokens with published ones. */
export interface FernetOptions {
  /** Returns the present time, in seconds since the epoch. */
  readonly seconds?: () => number
  /** Returns 16 random bytes for one token. */
  readonly iv?: () => Uint8Array
}

/**
 * Fernet, the form in which Python's `cryptography` stores secrets: AES-128-CBC and HMAC-SHA-256. The first key encrypts;
 * all of them decrypt. Tokens do not expire.
 *
 * https://github.com/fernet/spec/blob/master/Spec.md
 */
export function createFernet(
  keys: readonly [FernetKey, ...FernetKey[]],
  { seconds = () => Math.floor(Date.now() / 1000), iv = () => randomBytes(IV_LENGTH) }: FernetOptions = {},
): Fernet {
  const [current] = keys
  return {
    isCurrent: (token) => isSignedBy(current, parse(token)),

    encrypt(text) {
      const time = Buffer.alloc(8)
      time.writeBigUInt64BE(BigInt(seconds()))
      const ivBytes = iv()
      const cipher = createCipheriv(ALGORITHM, encryptionKey(current), ivBytes)
      const signed = Buffer.concat([Buffer.of(VERSION), time, ivBytes, cipher.update(text, 'utf8'), cipher.final()])
      return toBase64(Buffer.concat([signed, sign(current, signed)]))
    },

    decrypt(token) {
      const parsed = parse(token)
      const key = keys.find((candidate) => isSignedBy(candidate, parsed))
      if (key === undefined)
        throw new SecretError('a Fernet token cannot be decrypted: the key is another one, or the token was changed')
      return decryptPart(key, parsed.signed)
    },
  }
}

/** Whether a text has the form of a Fernet token. `gAAAA` is the version and the first bytes of the time, in base64. */
export const isFernetToken = (text: string): boolean => /^gAAAA[\w-]{93,}={0,2}$/.test(text)

interface Token {
  /** Everything but the signature. */
  readonly signed: Buffer
  readonly signature: Buffer
}

function parse(token: string): Token {
  const bytes = Buffer.from(token, 'base64url')
  const length = bytes.length - SIGNATURE_LENGTH
  if (!isFernetToken(token) || length < HEADER_LENGTH + BLOCK_LENGTH)
    throw new SecretError('a secret is no Fernet token')
  return { signed: bytes.subarray(0, length), signature: bytes.subarray(length) }
}

const isSignedBy = (key: FernetKey, { signed, signature }: Token): boolean =>
  timingSafeEqual(sign(key, signed), signature)

function decryptPart(key: FernetKey, signed: Buffer): string {
  const decipher = createDecipheriv(ALGORITHM, encryptionKey(key), signed.subarray(IV_START, HEADER_LENGTH))
  try {
    return Buffer.concat([decipher.update(signed.subarray(HEADER_LENGTH)), decipher.final()]).toString('utf8')
  } catch {
    throw new SecretError('a Fernet token has a valid signature, but its content cannot be decrypted')
  }
}

const sign = (key: FernetKey, signed: Buffer): Buffer =>
  createHmac('sha256', key.subarray(0, KEY_LENGTH)).update(signed).digest()

const encryptionKey = (key: FernetKey): Uint8Array => key.subarray(KEY_LENGTH)

/** With padding, as Python writes it. */
const toBase64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_')

const ALGORITHM = 'aes-128-cbc'
const VERSION = 0x80
const KEY_LENGTH = 16
const IV_LENGTH = 16
const BLOCK_LENGTH = 16
/** After the version and the time. */
const IV_START = 9
const HEADER_LENGTH = IV_START + IV_LENGTH
const SIGNATURE_LENGTH = 32
