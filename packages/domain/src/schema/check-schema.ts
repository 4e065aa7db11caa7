import type { Issue } from '../problems/problems.ts'
import { compileSchema } from './compile-schema.ts'
import type { AnySchema } from './schema.ts'
import { check } from './validate.ts'

/** As `check`, with a schema in place of the compiled type. */
export const checkSchema = (schema: AnySchema, value: unknown, root: string): readonly Issue[] =>
  check(compileSchema(schema), value, root)
