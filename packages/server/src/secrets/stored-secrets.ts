import { createFernet, type FernetKey, isFernetToken } from './fernet.ts'
import { createSecrets, keyIdOf, SecretError, type SecretKey, type Secrets } from './secrets.ts'

/** How secrets are stored: as this server does, or as an existing application does that shares the database. */
export type SecretForm = (typeof SECRET_FORMS)[number]
export const SECRET_FORMS = ['aes', 'fernet', 'plain'] as const

/** How the existing application stores secrets. The first Fernet key encrypts; all of them decrypt. */
export type ExistingSecrets =
  | { readonly form: 'fernet'; readonly keys: readonly [FernetKey, ...FernetKey[]] }
  | { readonly form: 'plain' }

/** Secrets that are written in one form and read in every form that is configured. */
export interface StoredSecrets extends Secrets {
  /** The form in which secrets are written. */
  readonly form: SecretForm
  /** Whether this server can read and write a form. */
  readonly canUse: (form: SecretForm) => boolean
  /** Writes in another form from now on. */
  readonly useForm: (form: SecretForm) => void
}

/** Writes in the form `initial` until `useForm` is called. */
export function createStoredSecrets(
  keys: readonly [SecretKey, ...SecretKey[]],
  existing: ExistingSecrets | undefined,
  initial: SecretForm,
): StoredSecrets {
  const forms: Forms = { aes: createSecrets(keys), ...existingForm(existing) }
  const keyIds = new Set(keys.map(({ id }) => id))
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
    isCurrent: (text) => formOfText(text, forms, keyIds) === form && current().isCurrent(text),
    encrypt: (text, context) => current().encrypt(text, context),
    decrypt: (text, context) => {
      const stored = formOfText(text, forms, keyIds)
      return (forms[stored] ?? fail(stored)).decrypt(text, context)
    },
  }
}

type Forms = Readonly<Partial<Record<SecretForm, Secrets>>>

function existingForm(existing: ExistingSecrets | undefined): Forms {
  if (existing === undefined) return {}
  return existing.form === 'plain' ? { plain } : { fernet: createFernet(existing.keys) }
}

const plain: Secrets = { encrypt: (text) => text, decrypt: (text) => text, isCurrent: () => true }

/**
 * A text counts as encrypted if it looks like a Fernet token or has the id of a configured key: plain secrets practically
 * never do. Other key ids prove nothing, because one in 256 random secrets in base64 has the form with some id.
 */
function formOfText(text: string, forms: Forms, keyIds: ReadonlySet<number>): SecretForm {
  if (isFernetToken(text)) return 'fernet'
  const keyId = keyIdOf(text)
  if (keyId !== undefined && keyIds.has(keyId)) return 'aes'
  // Without plain secrets any other text is damaged. Decrypting it as `aes` throws an error that describes it.
  return 'plain' in forms ? 'plain' : 'aes'
}

function fail(form: SecretForm): never {
  throw new SecretError(
    form === 'fernet'
      ? 'a secret is stored as a Fernet token; set EXISTING_SECRETS to its Fernet key'
      : 'a secret is stored as plain text; set EXISTING_SECRETS to plain',
  )
}
