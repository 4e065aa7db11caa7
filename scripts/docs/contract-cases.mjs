// What verifyContract tries, case by case, for whoever wants to know what a failure means or what is covered.
import { contractCases } from '../../packages/test-utils/src/verify.ts'

export const contractCaseList = { file: 'docs/contract-cases.md', render: () => page }

const page = `# The cases of the contract

What \`verifyContract\` tries: ${contractCases.length} cases. Which of them concern a backend follows from its generation; those marked
"reads" are tried in read-only mode too. Ids stay as they are: baselines and \`--filter\` go by them.

<!-- made by npm run docs:update -->

| case | rule | generations | reads | severity | written in |
| --- | --- | --- | --- | --- | --- |
${contractCases.map(toRow).join('\n')}
`

function toRow({ id, title, generations, readOnly, severity, source }) {
  const held = generations.length === 3 ? 'all' : generations.join(', ')
  const cells = [`\`${id}\``, title, held, readOnly ? 'yes' : '', severity, source]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
}
