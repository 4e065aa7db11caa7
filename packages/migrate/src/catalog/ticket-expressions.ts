import { type Facts, usersOf } from './facts.ts'

// In these expressions the table of tickets has the alias `target`, and the table of users `creator`.

// Stands for "no organization" in joins: they use =, which is fast but never true for null. This id is never stored in tickets.
export const NO_ORGANIZATION = "'00000000-0000-0000-0000-000000000000'::uuid"

// The spaces that `trim()` of JavaScript removes: the application trims names before it compares them.
const ASCII_SPACES = String.raw`\t\n\x0b\f\r `
const UNICODE_SPACES = String.raw`\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff`

// Characters that are not visible in a name.
const INVISIBLE = String.raw`\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufeff`

const spaces = ({ isUnicode }: Facts): string => `${ASCII_SPACES}${isUnicode ? UNICODE_SPACES : ''}`

/** A name without the spaces around it; empty for null. It is compared byte by byte, whatever the collation of the column. */
export const trimmed = (facts: Facts, name: string): string =>
  `(coalesce(btrim(${name}, E'${spaces(facts)}'), '') COLLATE "C")`

/** Equal for names that a person could take for each other: they differ in case, spaces, Unicode form or invisible characters. */
export function variantKey(facts: Facts, name: string): string {
  const visible = facts.isUnicode ? `translate(normalize(${name}::text, NFKC), E'${INVISIBLE}', '')` : name
  const oneSpace = `regexp_replace(${visible}, E'[${spaces(facts)}]+', ' ', 'g')`
  return `(lower(btrim(${oneSpace}) COLLATE "default") COLLATE "C")`
}

/** Whether integrations belong to organizations. In the schema of the first commit they do not. */
export const hasOrganizations = ({ columns }: Facts): boolean => columns.includes('organization_id')

/** Whether the migration adds `organization_id` to tickets. */
export const addsOrganization = (facts: Facts): boolean =>
  facts.tickets !== null && hasOrganizations(facts) && !facts.tickets.hasOrganization

/** The organization of the ticket `target`, or else the organization of its `creator`. */
export function organizationOfTicket(facts: Facts): string {
  if (!hasOrganizations(facts)) return NO_ORGANIZATION
  const creator = usesCreators(facts) ? ['creator.organization_id'] : []
  return `coalesce(${['target.organization_id', ...creator, NO_ORGANIZATION].join(', ')})`
}

/** The organization of an integration, in the form of `organizationOfTicket`. */
export const organizationOfIntegration = (facts: Facts): string =>
  hasOrganizations(facts) ? `coalesce(integrations.organization_id, ${NO_ORGANIZATION})` : NO_ORGANIZATION

/** The join with the creators of tickets; empty if it is not needed. */
export const creatorsJoin = (facts: Facts): string =>
  usesCreators(facts) ? ` JOIN ${usersOf(facts)} AS creator ON creator.id = target.created_by_id` : ''

/** The same join for an UPDATE, whose FROM clause cannot join the table that the statement changes. */
export const creatorsFrom = (facts: Facts): { readonly from: string; readonly where: string } =>
  usesCreators(facts)
    ? { from: `${usersOf(facts)} AS creator, `, where: 'creator.id = target.created_by_id AND ' }
    : { from: '', where: '' }

const usesCreators = (facts: Facts): boolean =>
  hasOrganizations(facts) && facts.tickets?.hasCreatorOrganization === true
