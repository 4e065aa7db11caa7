import { resolve } from 'node:path'

/** The folder of the Dockerfile and of compose.yaml. */
export const repository = resolve(import.meta.dirname, '../../../..')
