import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { ServerError } from '../errors.ts'
import type { SecretKey } from './secrets.ts'

/** The id of the key in a key file. */
const KEY_ID = 1
const KEY_LENGTH = 32

/** Reads the key of a file. @throws ServerError if the file is missing or has no valid key. */
export function readKeyFile(path: string): SecretKey {
  const bytes = Buffer.from(readText(path), 'base64')
  if (bytes.length !== KEY_LENGTH)
    throw new ServerError(`${path} holds no key of ${KEY_LENGTH} bytes in base64; put the right file back`)
  return { id: KEY_ID, bytes }
}

/** Creates a key in a file that only its owner can read. A file that exists stays as it is. */
export function createKeyFile(path: string): void {
  try {
    writeFileSync(path, `${randomBytes(KEY_LENGTH).toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error
    throw new ServerError(`${path} is missing; it is the key of the stored credentials, so put it back`)
  }
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code
