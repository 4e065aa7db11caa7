import { appendFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { CliError } from './cli-error.ts'

/**
 * Writes the whole file or nothing, so that nobody reads half a report. Creates the folder if it does not exist.
 *
 * @throws CliError that names the file.
 */
export async function writeAtomically(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(draft, text)
    await rename(draft, file)
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => {})
    throw new CliError(`${file} cannot be written (${codeOf(cause)})`, { cause })
  }
}

/** @throws CliError that names the file. */
export async function append(file: string, text: string): Promise<void> {
  await appendFile(file, text).catch((cause: unknown) => {
    throw new CliError(`${file} cannot be written (${codeOf(cause)})`, { cause })
  })
}

/**
 * The text of a file, without a byte order mark; undefined when there is no such file.
 *
 * @throws CliError that names the file.
 */
export async function readIfExists(file: string): Promise<string | undefined> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    if (codeOf(cause) === 'ENOENT') return undefined
    throw new CliError(`${file} cannot be read (${codeOf(cause)})`, { cause })
  })
  // Editors on Windows may write a byte order mark, and JSON does not allow one.
  return text?.replace(/^\ufeff/, '')
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'
