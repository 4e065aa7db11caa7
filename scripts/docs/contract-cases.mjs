// The list of all contract cases, for readers who look up a failure or what is covered.
import { contractCases } from '../../packages/test-utils/src/verify.ts'

export const contractCaseList = { file: 'docs/contract-cases.md', render: () => page }

const page = `# Contract cases

The ${contractCases.length} cases of \`verifyContract\`. The generation of the backend decides which of them run. Cases with "read-only: yes" run
in read-only mode too. Ids are stable, because baselines and \`--filter\` refer to them.

<!-- Generated: npm run docs:update -->

| case | rule | generations | read-only | severity | documented in |
| --- | --- | --- | --- | --- | --- |
${contractCases.map(toRow).join('\n')}
`

function toRow({ id, title, generations, readOnly, severity, specReference }) {
  const applies = generations.length === 3 ? 'all' : generations.join(', ')
  const cells = [`\`${id}\``, title, applies, readOnly ? 'yes' : '', severity, specReference]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
}
