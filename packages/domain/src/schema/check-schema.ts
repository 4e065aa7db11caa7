import type { Issue } from '../problems/problems.ts'
import { compileSchema } from './compile-schema.ts'
import type { AnySchema } from './schema.ts'
import { check } from './validate.ts'

/** Checks a value against a schema. Returns one issue per fault. Unknown fields are not faults. */
export const checkSchema = (schema: AnySchema, value: unknown, root: string): readonly Issue[] =>
  check(compileSchema(schema), value, root)
