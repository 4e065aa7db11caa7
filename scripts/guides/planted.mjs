// A guide with one mistake of each kind that scripts/examples.mjs has to see, and what it has to say of each.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export const mistakes = [
  'migration.diff is stale',
  'migration.diff does not have, at this place: -no such line',
  'does not retire lost_word',
  'lost-change is no change',
  'says enabled instead of is_enabled, not on',
  'this becomes {"integration_category":"ticketing","platform_name":"jira"}',
  'this becomes "status_not_settable"',
  'README.md:20 a table or a block of no known kind',
  'README.md:27 a table or a block of no known kind',
  'README.md:24 a table or a block of no known kind',
  'no row for servicenow, zendesk',
  'no row for inactive, error, expired, suspended',
  'README.md does not say that before.ts runs in transitional',
  'README.md does not say that after.ts runs in current',
  'no row tells what becomes of “forgotten”',
  '“nothing” is neither a program nor a request',
  'before.ts, legacy: failed',
  'after.ts, legacy: expected to fail with planted',
  'before.ts, current: “walks” can not be checked',
  'after.ts, transitional: asked the backend nothing',
  'after.ts, current: expected to fail with retired_field',
  'wrong, legacy: the reply does not show 201',
  'wrong, transitional: the reply does not show 200, enabled: true',
  'wrong, current: the reply does not show 422, conflicting_fields',
  'vague, legacy: “200 as before” can not be checked',
  'vague, transitional: the reply does not show 200, Deprecation: @1',
  'no command of this guide ends with 7',
  '“echo one two” prints otherwise',
]

const readme = `# Planted

| old | new | change |
|---|---|---|
| \`is_enabled\` | \`enabled\` | [is-enabled-to-enabled](x) |
| \`is_enabled\` | \`on\` | [is-enabled-to-enabled](x) |
| \`lost_word\` | \`enabled\` | [is-enabled-to-enabled](x) |
| \`is_enabled\` | \`enabled\` | [lost-change](x) |

| \`integration_type\` | \`integration_category\` | \`platform_name\` |
|---|---|---|
| \`slack\` | \`messaging\` | \`slack\` |
| \`jira\` | \`crm\` | \`jira\` |

| \`status\` | \`enabled\` |
|---|---|
| \`active\` | \`true\` |
| \`pending\` | \`true\` |

| anything | else |
|---|---|
| 1 | 2 |

\`\`\`js
\`\`\`

\`\`\`http
GET https://tickets.example.test/api/v1/integrations/
\`\`\`

| exit | says |
|---|---|
| 0 | right |
| 7 | wrong |

\`\`\`console
$ echo one two; \\
  echo "exit $?"
one …
exit 0
$ node after.ts
$ echo one two
…
two
…
\`\`\`

\`\`\`diff
+// after
-no such line
\`\`\`

\`\`\`http
### wrong
POST https://tickets.example.test/api/v1/integrations/
Authorization: Bearer test-token
Content-Type: application/json

{ "name": "JIRA Production", "integration_type": "jira", "is_enabled": false }

### vague
GET https://tickets.example.test/api/v1/integrations/?is_enabled=true
Authorization: Bearer test-token

### forgotten
GET https://tickets.example.test/api/v1/integrations/
Authorization: Bearer test-token
\`\`\`

| | legacy | transitional | current |
|---|---|---|---|
| \`before.ts\` | runs | fails, \`planted\` | walks |
| \`after.ts\` | fails, \`planted\` | runs | fails, \`retired_field\` |
| wrong | 201 | 200, \`enabled: true\` | 422, \`conflicting_fields\` |
| vague | 200 as before | 200, \`Deprecation: @1\`, \`length: 3\` | 422, \`retired_field\` |
| nothing | 200 | 200 | 200 |
`

const programs = {
  'before.ts': "throw new Error('planted')\n",
  'after.ts': '// after\n',
}

export function plantGuide() {
  const folder = join('.tmp', 'examples', '00-planted')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })

  writeFileSync(join(folder, 'README.md'), readme)
  writeFileSync(join(folder, 'migration.diff'), 'stale\n')
  for (const [file, text] of Object.entries(programs)) writeFileSync(join(folder, file), text)
  return folder
}
