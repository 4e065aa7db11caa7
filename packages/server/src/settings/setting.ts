import * as z from 'zod'

/** A setting: an environment variable, and what it means. */
export interface Setting<Value> {
  readonly schema: z.ZodType<Value, string>
  /** The value when the variable is absent or empty. */
  readonly fallback: Value
  /** What the setting does, for the README. */
  readonly purpose: string
  /** Completes the sentence `NAME must be …`. The sentence never quotes a value, which may be a secret. */
  readonly form: string
  /** The fallback as the README shows it, if it is not a plain value. */
  readonly shownFallback?: string
}

/** Returns the setting unchanged, so that the type of its value is inferred. */
export const setting = <Value>(row: Setting<Value>): Setting<Value> => row

interface Bounds {
  readonly min: number
  readonly max: number
}

type NumberSetting = Pick<Setting<number>, 'fallback' | 'purpose'> & Bounds

export const wholeNumber = ({ min, max, ...row }: NumberSetting): Setting<number> => ({
  ...row,
  schema: numberWithin(/^\d{1,10}$/, { min, max }),
  form: `a whole number from ${min} to ${max}`,
})

/** A duration in seconds, with at most three decimals. */
export const seconds = ({ min, max, ...row }: NumberSetting): Setting<number> => ({
  ...row,
  schema: numberWithin(/^\d{1,6}(?:\.\d{1,3})?$/, { min, max }),
  form: `a number of seconds from ${min} to ${max}`,
})

/** One of a few words. */
export const oneOf = <const Word extends string>(
  words: readonly Word[],
  row: Pick<Setting<Word>, 'fallback' | 'purpose'>,
): Setting<Word> => ({ ...row, schema: z.enum(words), form: `one of ${words.join(', ')}` })

/** A schema for a number within bounds, whose text matches a pattern. */
export const numberWithin = (pattern: RegExp, { min, max }: Bounds) =>
  z
    .string()
    .regex(pattern)
    .transform(Number)
    .refine((value) => value >= min && value <= max)
