// The words of a guide, held against the retired fields of the domain.
import { isDeepStrictEqual } from 'node:util'
import { changes, upgrade } from '@ai-ticket-creator/domain'

export const wrongWords = ({ words }) => words.flatMap(wrongWord)

function wrongWord({ line, old, use, change: id }) {
  const change = changes.find((one) => one.id === id)
  if (change === undefined) return [{ line, says: `${id} is no change of the domain` }]

  return old.flatMap((word) => {
    const wanted = change.retired[word]?.replacement
    if (wanted === undefined) return [{ line, says: `${id} does not retire ${word}` }]
    const fits = use.includes(wanted) && use.every((one) => one === wanted || change.current.includes(one))
    return fits ? [] : [{ line, says: `${id} says ${wanted} instead of ${word}, not ${use.join(', ')}` }]
  })
}

/** The values of a table become what it says, and a closed vocabulary is in it as a whole. */
export const wrongValues = ({ values }) =>
  values.flatMap((table) => [...missingWords(table), ...table.rows.flatMap(wrongValue)])

function missingWords({ line, head: [field], rows }) {
  const words = changeOf(field)?.retired[field].schema.options ?? []
  const told = rows.map(({ cells: [word] }) => word)
  const missing = words.filter((word) => !told.includes(word))
  return missing.length === 0 ? [] : [{ line, says: `no row for ${missing.join(', ')}` }]
}

function wrongValue({ line, head, cells }) {
  const change = changeOf(head[0])
  const [endpoint] = change?.endpoints.body ?? []
  if (endpoint === undefined) return [{ line, says: `${head[0]} is in no body` }]

  const fields = head.map((name, at) => [name, fromCode(cells[at])])
  const [old, claimed] = [true, false].map((retired) => fields.filter(([name]) => name in change.retired === retired))
  const { body, issues } = upgrade(endpoint, Object.fromEntries(old))
  const [issue] = issues
  const fits =
    issue === undefined
      ? isDeepStrictEqual(body, Object.fromEntries(claimed))
      : claimed.every(([, code]) => code === issue.code)
  return fits ? [] : [{ line, says: `this becomes ${JSON.stringify(issue?.code ?? body)}` }]
}

const changeOf = (field) => changes.find(({ retired }) => field in retired)

function fromCode(code) {
  try {
    return JSON.parse(code)
  } catch {
    return code
  }
}

/** A retired field that no guide tells of. */
export function unguided(guides) {
  const told = guides.flatMap(({ words }) => words.flatMap(({ old, change }) => old.map((word) => `${change} ${word}`)))
  const wanted = changes.flatMap(({ id, retired }) => Object.keys(retired).map((word) => `${id} ${word}`))
  return wanted
    .filter((one) => !told.includes(one))
    .map((one) => `examples: no guide tells of ${one}: name it in the first table of a README, or add a guide`)
}
