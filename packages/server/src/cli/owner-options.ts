import { InvalidArgumentError, Option } from 'commander'

/** `--organization`, which is required. `description` says what it is for. */
export const organizationOption = (description: string): Option =>
  new Option('--organization <name or id>', description).argParser(parseName).makeOptionMandatory()

/** `--email`, which is required. */
export const emailOption = (description: string): Option =>
  new Option('--email <address>', description).argParser(parseEmail).makeOptionMandatory()

/** A text for a column of the database. */
export function parseName(text: string): string {
  if (text.trim() !== '' && text.length <= MOST_CHARACTERS) return text
  throw new InvalidArgumentError(`It must have from 1 to ${MOST_CHARACTERS} characters.`)
}

function parseEmail(text: string): string {
  if (/^[^\s@]+@[^\s@]+$/.test(text)) return parseName(text)
  throw new InvalidArgumentError('It must be an email address.')
}

// The length of names and addresses in the tables of the existing backend.
const MOST_CHARACTERS = 255
