import { PLATFORMS } from '@ai-ticket-creator/domain'
import { beforeAll, expect, test } from 'vitest'
import { errorsOf } from './compiler.ts'

// The first call reads the type libraries, which takes longer than the default timeout on a busy machine.
beforeAll(() => void errorsOf(''), 60_000)

test('a valid integration compiles', () => {
  const errors = errorsOf(`create({
    name: 'JIRA Production',
    platform_name: 'jira',
    integration_category: 'ticketing',
    credentials: { email: 'bot@example.test', api_token: 'token' },
  })`)

  expect(errors).toBe('')
})

test('the error for a wrong category names the right one', () => {
  const errors = errorsOf(`create({ name: 'Bugs', platform_name: 'jira', integration_category: 'crm' })`)

  expect(errors).toMatchInlineSnapshot(`
    "    Argument of type '{ name: string; platform_name: "jira"; integration_category: "crm"; }' is not assignable to parameter of type 'LegacyCreateIntegration<"api_key">'.
          Types of property 'integration_category' are incompatible.
            Type '"crm"' is not assignable to type '"ticketing"'."
  `)
})

test('the error for a category that contradicts `integration_type` names the right one', () => {
  const errors = errorsOf(`create({ name: 'Bugs', integration_type: 'jira', integration_category: 'crm' })`)

  expect(errors).toMatchInlineSnapshot(`
    "    Argument of type '{ name: string; integration_type: "jira"; integration_category: "crm"; }' is not assignable to parameter of type 'LegacyCreateIntegration<"api_key">'.
          Types of property 'integration_category' are incompatible.
            Type '"crm"' is not assignable to type '"ticketing"'."
  `)
})

test('the error for a missing credential names it, with its platform and auth type', () => {
  const errors = errorsOf(`create({ name: 'Bugs', platform_name: 'jira', credentials: { api_token: 'token' } })`)

  expect(errors).toMatchInlineSnapshot(`
    "    Argument of type '{ name: string; platform_name: "jira"; credentials: { api_token: string; }; }' is not assignable to parameter of type 'LegacyCreateIntegration<"api_key">'.
          Types of property 'credentials' are incompatible.
            Property 'email' is missing in type '{ api_token: string; }' but required in type 'CredentialsOf<"jira", "api_key">'."
  `)
})

test('the error names a credential that is missing for another auth type', () => {
  const errors = errorsOf(
    `create({ name: 'Chat', platform_name: 'slack', auth_type: 'custom', credentials: { bot_token: 'token' } })`,
  )

  expect(errors).toMatchInlineSnapshot(`
    "    Argument of type '{ name: string; platform_name: "slack"; auth_type: "custom"; credentials: { bot_token: string; }; }' is not assignable to parameter of type 'LegacyCreateIntegration<"custom">'.
          Types of property 'credentials' are incompatible.
            Property 'channel' is missing in type '{ bot_token: string; }' but required in type 'CredentialsOf<"slack", "custom">'."
  `)
})

test('the error for a misspelled platform lists all platforms', () => {
  const errors = errorsOf(`create({ name: 'Bugs', platform_name: 'jria' })`)

  // The compiler may list them in any order.
  const [typo, ...offered] = (errors.match(/"\w+"/g) ?? []).map((value) => value.slice(1, -1))
  expect(errors).toContain(`Type '"jria"' is not assignable to type`)
  expect(typo).toBe('jria')
  expect(offered.toSorted()).toEqual(PLATFORMS.toSorted())
})

test('the error for a misspelled credential suggests the right one', () => {
  const errors = errorsOf(
    `create({ name: 'Bugs', platform_name: 'jira', credentials: { email: 'bot@example.test', apitoken: 'token' } })`,
  )

  expect(errors).toMatchInlineSnapshot(`
    "    Argument of type '{ name: string; platform_name: "jira"; credentials: { email: string; apitoken: string; }; }' is not assignable to parameter of type 'LegacyCreateIntegration<"api_key">'.
          Types of property 'credentials' are incompatible.
            Object literal may only specify known properties, but 'apitoken' does not exist in type 'CredentialsOf<"jira", "api_key">'. Did you mean to write 'api_token'?"
  `)
})

test('the error for a misspelled auth type suggests the right one', () => {
  const errors = errorsOf(`create({ name: 'Bugs', platform_name: 'jira', auth_type: 'apikey' })`)

  expect(errors).toMatchInlineSnapshot(
    `"    Type '"apikey"' is not assignable to type '"api_key" | "oauth2" | "basic" | "bearer" | "custom"'. Did you mean '"api_key"'?"`,
  )
})

test('errors of two platforms in one call are separate', () => {
  const errors = errorsOf(`create({ name: 'Bugs', integration_type: 'slack', platform_name: 'jira' })`)

  expect(errors).toMatchInlineSnapshot(`
    "    Argument of type '{ name: string; integration_type: "slack"; platform_name: "jira"; }' is not assignable to parameter of type 'LegacyCreateIntegration<"api_key">'.
          Types of property 'platform_name' are incompatible.
            Type '"jira"' is not assignable to type '"slack"'."
  `)
})

test('without the legacy overload, an error in the credentials mentions the same single platform', () => {
  const missing = errorsOf(
    `createCurrent({ name: 'Bugs', platform_name: 'jira', credentials: { api_token: 'token' } })`,
  )
  const typo = errorsOf(
    `createCurrent({ name: 'Bugs', platform_name: 'jira', credentials: { email: 'bot@example.test', apitoken: 't' } })`,
  )

  expect(missing).toMatchInlineSnapshot(`
    "Argument of type '{ name: string; platform_name: "jira"; credentials: { api_token: string; }; }' is not assignable to parameter of type 'CreateIntegration<"api_key">'.
      Types of property 'credentials' are incompatible.
        Property 'email' is missing in type '{ api_token: string; }' but required in type 'CredentialsOf<"jira", "api_key">'."
  `)
  expect(typo).toMatchInlineSnapshot(`
    "Argument of type '{ name: string; platform_name: "jira"; credentials: { email: string; apitoken: string; }; }' is not assignable to parameter of type 'CreateIntegration<"api_key">'.
      Types of property 'credentials' are incompatible.
        Object literal may only specify known properties, but 'apitoken' does not exist in type 'CredentialsOf<"jira", "api_key">'. Did you mean to write 'api_token'?"
  `)
})

test('a retired name does not compile where only new names are accepted', () => {
  const errors = errorsOf(`createCurrent({ name: 'Bugs', platform_name: 'jira', is_enabled: true })`)

  expect(errors).toMatchInlineSnapshot(`"Type 'true' is not assignable to type 'never'."`)
})
