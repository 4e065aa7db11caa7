import { categoryOfPlatform, oldEnabled, platformOfType } from '../catalog/expressions.ts'
import { type Facts, integrationsOf, NEW_COLUMNS, type OldNames, ORIGINAL } from '../catalog/facts.ts'
import { analyze, type Check, countOf, PASSES, type Step } from './step.ts'

const unfilled = '(platform_name IS NULL OR integration_category IS NULL OR enabled IS NULL)'

export const backfill: Step = {
  id: 'backfill',
  checksUntil: 'retire',
  summary: 'Fill the new columns of the existing rows, in batches.',
  lock: 'row locks on integrations, for one batch; SHARE UPDATE EXCLUSIVE while statistics are read',

  forward: (facts) => {
    const platform = `coalesce(platform_name, ${platformOfType(facts, 'integration_type')})`
    return [
      {
        kind: 'batches',
        table: integrationsOf(facts),
        statement: `UPDATE ${integrationsOf(facts)} SET platform_name = ${platform}, integration_category = ${categoryOfPlatform(facts, platform)}, enabled = coalesce(enabled, ${oldEnabled(facts, ORIGINAL)}) WHERE :range(ctid) AND ${unfilled}`,
        remaining: countOf(`${integrationsOf(facts)} WHERE ${unfilled}`),
        passes: PASSES,
      },
      analyze(integrationsOf(facts), NEW_COLUMNS),
    ]
  },

  // Nothing to undo: the application does not use the new columns yet, and undo of `expand` drops them.
  backward: () => [],

  checks: (facts) => [
    {
      count: countOf(`${integrationsOf(facts)} WHERE ${unfilled}`),
      problem: (count) => `${count} integrations have no new values yet`,
    },
    ...agreement(facts, ORIGINAL),
  ],
}

/** Checks that the old and the new columns agree in every row. */
export function agreement(facts: Facts, old: OldNames): readonly Check[] {
  const table = integrationsOf(facts)
  return [
    {
      count: countOf(`${table} WHERE platform_name <> ${platformOfType(facts, old.type)}`),
      problem: (count) => `${count} integrations have a platform_name that is not their integration_type`,
    },
    ...categoryAgreement(facts),
    {
      count: countOf(`${table} WHERE enabled <> ${oldEnabled(facts, old)}`),
      problem: (count) => `${count} integrations have a value of enabled that differs from the old columns`,
    },
  ]
}

const categoryAgreement = (facts: Facts): readonly Check[] => [
  {
    count: countOf(
      `${integrationsOf(facts)} WHERE integration_category <> ${categoryOfPlatform(facts, 'platform_name')}`,
    ),
    problem: (count) => `${count} integrations have a category that is not the one of their platform`,
  },
]
