/**
 * The value of a closed list that is most similar to a wrong value; undefined if none is similar. Similar values differ in
 * at most a third of their letters, or in one letter. Case is ignored.
 */
export function suggest(value: string, known: readonly string[]): string | undefined {
  const folded = fold(value)
  const distances = known.map((candidate) => ({ candidate, steps: distance(folded, candidate.toLowerCase()) }))
  const [best] = distances.toSorted((a, b) => a.steps - b.steps)
  return best !== undefined && best.steps <= Math.max(1, Math.floor(best.candidate.length / 3))
    ? best.candidate
    : undefined
}

/** Like `suggest`, but also finds a value that is a part of the wrong value, such as `webhook` in `generic_webhook`. */
export function suggestValue(value: string, known: readonly string[]): string | undefined {
  const parts = fold(value).split(/[^a-z\d]+/)
  return suggest(value, known) ?? known.find((candidate) => parts.includes(candidate.toLowerCase()))
}

/** The part of a message that suggests a value, if there is one. */
export const didYouMean = (suggestion: string | undefined): string =>
  suggestion === undefined ? '' : `; did you mean \`${suggestion}\`?`

// Long values are cut, because the time of a comparison grows with their length.
const fold = (value: string): string => value.trim().toLowerCase().slice(0, 64)

// Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours.
function distance(a: string, b: string): number {
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1
      let steps = Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + cost)
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) steps = Math.min(steps, (before[j - 2] ?? 0) + 1)
      row.push(steps)
    }
    before = previous
    previous = row
  }
  return previous[b.length] ?? 0
}
