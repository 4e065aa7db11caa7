import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { repository } from './repository.ts'

type Variables = Readonly<Record<string, string>>

interface Service {
  readonly environment: Variables
}

interface Services {
  readonly database: Service
  readonly server: Service & { readonly deploy: { readonly replicas: number } }
}

/** The services of compose.yaml with the variables of the caller, as `docker compose` inserts them. */
export function readCompose(variables: Variables): Services {
  const insert = (_key: unknown, value: unknown) => (typeof value === 'string' ? insertInto(value, variables) : value)
  const { services } = parse(readFileSync(`${repository}/compose.yaml`, 'utf8'), insert) as {
    readonly services: Services
  }
  return services
}

const insertInto = (text: string, variables: Variables): string =>
  text.replaceAll(/\$\{(\w+)(?::(?:-([^}]*)|\?[^}]*))?\}/g, (_, name: string, fallback: string | undefined) => {
    const value = variables[name] ?? fallback
    if (value === undefined) throw new Error(`compose.yaml needs ${name}`)
    return value
  })
