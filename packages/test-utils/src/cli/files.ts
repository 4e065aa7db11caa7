import { appendFile, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Refusal } from './cli-error.ts'

/**
 * Whole or not at all: a reader never meets half a report. Its folder is made.
 *
 * @throws Refusal that names the file.
 */
export async function writeWhole(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}.tmp`
  try {
    await mkdir(dirname(file), { recursive: true })
    await writeFile(draft, text)
    await rename(draft, file)
  } catch (cause) {
    await rm(draft, { force: true }).catch(() => {})
    throw new Refusal(`${file} can not be written (${codeOf(cause)})`, { cause })
  }
}

/** @throws Refusal that names the file. */
export async function append(file: string, text: string): Promise<void> {
  await appendFile(file, text).catch((cause: unknown) => {
    throw new Refusal(`${file} can not be written (${codeOf(cause)})`, { cause })
  })
}

/**
 * Undefined when there is no such file.
 *
 * @throws Refusal that names the file.
 */
export async function readIfThere(file: string): Promise<string | undefined> {
  return await readFile(file, 'utf8').catch((cause: unknown) => {
    if (codeOf(cause) === 'ENOENT') return undefined
    throw new Refusal(`${file} can not be read (${codeOf(cause)})`, { cause })
  })
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason'
