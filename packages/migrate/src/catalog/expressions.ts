import { categoryEnumOf, type Facts, type OldNames } from './facts.ts'
import { CATEGORY_OF } from './mapping.ts'
import { caseOf, literal } from './sql.ts'

// The mapping between old and new columns as SQL. `row` is a prefix such as `NEW.`; it is empty in a statement on the table.

/** The platform of an old type; null for an unknown one. */
export const platformOfType = ({ labels }: Facts, type: string): string =>
  caseOf(
    `${type}::text`,
    Object.entries(labels).map(([platform, label]) => [label, platform]),
  )

/** The old type of a platform; null for a platform without one. */
export const typeOfPlatform = ({ labels, typeEnum }: Facts, platform: string): string =>
  `(${caseOf(platform, Object.entries(labels))})::${typeEnum}`

/** The category of a platform; null for an unknown one. */
export const categoryOfPlatform = (facts: Facts, platform: string): string =>
  `(${caseOf(platform, Object.entries(CATEGORY_OF))})::${categoryEnumOf(facts)}`

/** Whether a row of the old schema is enabled. Without `is_enabled`, the status determines it. */
export const oldEnabled = (facts: Facts, old: OldNames, row = ''): string =>
  facts.isEnabled === null ? isNotInactive(facts, row) : `${row}${old.isEnabled}`

/** Whether a row has another status than `inactive`. */
export const isNotInactive = ({ inactive, statusEnum }: Facts, row = ''): string =>
  `(${row}status <> ${literal(inactive)}::${statusEnum})`
