import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createToken, openPglite, schemaUp } from '@ai-ticket-creator/server'
import { chromium, type Page } from 'playwright'
import { afterAll, expect, test } from 'vitest'
import { launchOptions } from '../../../../vitest.chromium.ts'
import { startProcess } from '../server-process.ts'

const folder = mkdtempSync(join(tmpdir(), 'ai-ticket-creator-'))
const DATA_FOLDER = join(folder, 'data')
const token = await createTokenIn(DATA_FOLDER)
const server = await startProcess({ DATA_FOLDER })
const browser = await chromium.launch(launchOptions)
afterAll(async () => {
  await browser.close()
  await server.end('SIGTERM')
  rmSync(folder, { recursive: true, force: true })
})

test('a reader sends a request with a token, and the page loads nothing from elsewhere', async () => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  const requests = recordRequests(page)
  const violations = await recordViolations(page)

  await page.goto(`${server.url}/docs`)
  await page.getByPlaceholder('Token').first().fill(token)
  await page.getByRole('link', { name: 'Create an integration' }).click()
  await page.getByRole('button', { name: 'Test Request' }).first().click()
  const replied = page.waitForResponse(`${server.url}/api/v1/integrations/`)
  await page.getByRole('button', { name: 'Send' }).first().click()
  const reply = await replied
  await page.getByText('200 OK').waitFor()
  const path = resolve(import.meta.dirname, '../../../../.tmp/reference-page.png')
  await page.screenshot({ path, animations: 'disabled' })

  expect([reply.status(), await reply.json()]).toEqual([
    200,
    expect.objectContaining({ name: 'JIRA Production', platform_name: 'jira', status: 'active' }),
  ])
  expect(requests.map((url) => url.replace(server.url, '')).toSorted()).toEqual(
    expect.arrayContaining(['/api/v1/integrations/', '/docs', '/docs/scalar.js', '/docs/start.js', '/openapi.json']),
  )
  expect(requests.filter((url) => !url.startsWith(`${server.url}/`))).toEqual([])
  expect(violations).toEqual([])
})

test('a page that loads something from elsewhere is noticed', async () => {
  const page = await browser.newPage()
  const requests = recordRequests(page)
  const violations = await recordViolations(page)

  await page.goto(`${server.url}/docs`)
  await page.evaluate(`
    document.body.append(Object.assign(document.createElement('img'), { src: 'http://127.0.0.1:9/pixel' }))
    document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.injected = true' }))`)

  await expect
    .poll(() => violations.toSorted(), { timeout: 60_000 })
    .toEqual(['img-src http://127.0.0.1:9/pixel', 'script-src-elem inline'])
  expect(requests).toContain('http://127.0.0.1:9/pixel')
})

async function createTokenIn(dataFolder: string): Promise<string> {
  const database = await openPglite(dataFolder)
  await schemaUp(database.sql)
  const created = await createToken(database.sql, { organization: 'Acme', email: 'agent@acme.test', name: 'browser' })
  await database.close()
  return created.token
}

/** The URLs that the page requests. */
function recordRequests(page: Page): string[] {
  const urls: string[] = []
  page.on('request', (request) => urls.push(request.url()))
  return urls
}

/** What the content security policy blocked. */
async function recordViolations(page: Page): Promise<string[]> {
  const violations: string[] = []
  await page.exposeFunction('recordViolation', (text: string) => violations.push(text))
  await page.addInitScript(`
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
      recordViolation(effectiveDirective + ' ' + blockedURI))`)
  return violations
}
