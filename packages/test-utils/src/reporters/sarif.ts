import { type Finding, type Findings, inOrder } from './findings.ts'
import { toJson } from './json.ts'

const GUIDE = 'https://www.npmjs.com/package/@ai-ticket-creator/test-utils'

/**
 * SARIF 2.1.0 for code scanning. Results are failures and, as `open`, inconclusive cases, so that an outage closes no alert.
 * A passed case is only listed as a rule. A known failure is suppressed. A fingerprint depends only on the case and the file,
 * not on the run, the seed, the host or the order.
 */
export function sarif(findings: Findings, version: string, category = categoryOf(findings)): string {
  const items = inOrder(findings.items)
  const ids = [...new Set(items.map(({ id }) => id))]
  const shown = items.filter((item) => item.outcome === 'failed' || item.outcome === 'inconclusive')

  return toJson({
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'ai-ticket-creator-verify',
            semanticVersion: version,
            informationUri: GUIDE,
            rules: ids.map(ruleIn(items)),
          },
        },
        automationDetails: { id: `ai-ticket-creator-verify/${findings.suite}/${category}` },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: findings.outcome !== 'inconclusive',
            startTimeUtc: findings.startedAt.toISOString(),
            toolExecutionNotifications: [
              ...(findings.reason === undefined ? [] : [{ level: 'error', message: { text: findings.reason } }]),
              ...findings.leftovers.map((text) => ({ level: 'warning', message: { text } })),
            ],
          },
        ],
        properties: { subject: findings.subject, ...Object.fromEntries(findings.facts) },
        results: shown.map((item) => result(item, ids.indexOf(item.id))),
      },
    ],
  })
}

/**
 * Code scanning closes the alerts that the next report of their category does not contain, so two backends of a repository
 * need two categories. In `automationDetails.id`, the category is the part before the last slash.
 */
function categoryOf({ subject }: Findings): string {
  const url = URL.parse(subject)
  return url === null || url.host === '' ? '' : `${url.host}${url.pathname.replace(/\/$/, '')}/`
}

const ruleIn = (items: readonly Finding[]) => (id: string) => {
  // Every id comes from an item.
  const { title, severity, specReference } = items.find((item) => item.id === id) as Finding
  return {
    id,
    shortDescription: { text: title },
    help: { text: specReference },
    defaultConfiguration: { level: severity },
  }
}

function result(finding: Finding, ruleIndex: number): object {
  const { id, outcome, severity, known } = finding
  return {
    ruleId: id,
    ruleIndex,
    ...(outcome === 'failed' ? { kind: 'fail', level: severity } : { kind: 'open', level: 'none' }),
    message: { text: messageOf(finding) },
    locations: [locationOf(finding)],
    partialFingerprints: { 'aiTicketCreatorVerify/v1': fingerprintOf(finding) },
    // SARIF requires this property on every result or on none.
    suppressions: known === true ? [{ kind: 'external', status: 'accepted', justification: 'in the baseline' }] : [],
  }
}

function messageOf({ title, reason, expected, actual, rerunCommand }: Finding): string {
  const lines = [
    title,
    reason,
    expected === undefined ? undefined : `Expected: ${expected}`,
    actual === undefined ? undefined : `But got: ${actual}`,
    rerunCommand === undefined ? undefined : `Rerun with: ${rerunCommand}`,
  ]
  return lines.filter((line) => line !== undefined).join('\n')
}

/** Code scanning shows only results with a file. A finding about an endpoint has no file, so it gets a made-up path. */
function locationOf({ endpoint, location }: Finding): object {
  if (location !== undefined) {
    const { file, line, column } = location
    return {
      physicalLocation: {
        artifactLocation: {
          uri: file.toWellFormed().split('/').map(encodeURIComponent).join('/'),
          uriBaseId: '%SRCROOT%',
        },
        region: { startLine: line, startColumn: column },
      },
    }
  }
  const name = endpoint ?? 'contract'
  return {
    physicalLocation: { artifactLocation: { uri: `ai-ticket-creator/${name}` }, region: { startLine: 1 } },
    logicalLocations: [{ fullyQualifiedName: name, kind: 'resource' }],
  }
}

/** Not hashed, because its parts are short and not secret. The line is left out, because it moves with every edit above it. */
const fingerprintOf = ({ id, location }: Finding): string =>
  [id, ...(location === undefined ? [] : [location.file])].join('|')
