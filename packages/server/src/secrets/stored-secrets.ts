import { createFernet, type FernetKey, isFernetToken } from './fernet.ts'
import { hasOwnForm, SecretError, type Secrets } from './secrets.ts'

/** How secrets are stored: as this server does, or as an existing application does that shares the database. */
export type SecretForm = (typeof SECRET_FORMS)[number]
export const SECRET_FORMS = ['aes', 'fernet', 'plain'] as const

/** How the existing application stores secrets. The first Fernet key encrypts; all of them decrypt. */
export type ExistingSecrets =
  | { readonly form: 'fernet'; readonly keys: readonly [FernetKey, ...FernetKey[]] }
  | { readonly form: 'plain' }

/** Secrets that are written in one form and read in every form whose keys are there. */
export interface StoredSecrets extends Secrets {
  /** The form in which secrets are written. */
  readonly form: SecretForm
  /** Whether the keys of a form are there. */
  readonly canUse: (form: SecretForm) => boolean
  /** Writes in another form from now on. */
  readonly useForm: (form: SecretForm) => void
}

export function createStoredSecrets(
  aes: Secrets,
  existing: ExistingSecrets | undefined,
  initial: SecretForm,
): StoredSecrets {
  const forms: Readonly<Partial<Record<SecretForm, Secrets>>> = { aes, ...formOf(existing) }
  let form = initial
  const current = (): Secrets => forms[form] ?? fail(form)

  return {
    get form() {
      return form
    },
    canUse: (wanted) => wanted in forms,
    useForm: (next) => {
      form = next
    },
    isCurrent: (text) => formOfText(text, forms) === form && current().isCurrent(text),
    encrypt: (text, context) => current().encrypt(text, context),
    decrypt: (text, context) => {
      const stored = formOfText(text, forms)
      if (stored === 'aes' && 'plain' in forms) return decryptOrPlain(aes, text, context)
      return (forms[stored] ?? fail(stored)).decrypt(text, context)
    },
  }
}

function formOf(existing: ExistingSecrets | undefined): Partial<Record<SecretForm, Secrets>> {
  if (existing === undefined) return {}
  return existing.form === 'plain' ? { plain } : { fernet: createFernet(existing.keys) }
}

const plain: Secrets = { encrypt: (text) => text, decrypt: (text) => text, isCurrent: () => true }

/** A plain secret can look like one of this server. Its encryption proves that a text is one. */
function decryptOrPlain(aes: Secrets, text: string, context: string): string {
  try {
    return aes.decrypt(text, context)
  } catch {
    return text
  }
}

/** A text of no form is one of this server that was changed, unless secrets may be plain. */
function formOfText(text: string, forms: Readonly<Partial<Record<SecretForm, Secrets>>>): SecretForm {
  if (isFernetToken(text)) return 'fernet'
  return 'plain' in forms && !hasOwnForm(text) ? 'plain' : 'aes'
}

function fail(form: SecretForm): never {
  throw new SecretError(
    `a secret is stored as ${form === 'fernet' ? 'a Fernet token' : 'plain text'}; set EXISTING_SECRETS to read it`,
  )
}
