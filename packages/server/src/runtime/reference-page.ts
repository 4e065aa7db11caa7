import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Hono } from 'hono'
import { etag } from 'hono/etag'
import { secureHeaders } from 'hono/secure-headers'
import { findScalar } from './find-scalar.ts'

/** Adds the API reference as a page: Scalar, which reads `/openapi.json`. Nothing is loaded from another origin. */
export function addReferencePage(routes: Hono): void {
  routes.use('/docs/*', secureHeaders(SECURITY), etag())
  routes.get('/docs', ({ html }) => html(PAGE))
  // Relative: behind a proxy the path can have a prefix.
  routes.get('/docs/', ({ redirect }) => redirect('../docs'))
  routes.get('/docs/start.js', ({ body }) => body(START, 200, { 'Content-Type': SCRIPT }))
  routes.get('/docs/icon.svg', ({ body }) => body(ICON, 200, { 'Content-Type': 'image/svg+xml' }))
  routes.get('/docs/scalar.js', async ({ body }) =>
    body(await scalar(), 200, { 'Content-Type': SCRIPT, 'Content-Encoding': 'gzip', 'Cache-Control': 'no-cache' }),
  )
}

const SCRIPT = 'text/javascript; charset=utf-8'

const SECURITY: Parameters<typeof secureHeaders>[0] = {
  contentSecurityPolicy: {
    defaultSrc: ["'self'"],
    // Scalar creates `<style>` elements and `style` attributes while it runs. Styles cannot send data: images, fonts and
    // connections are limited to this origin.
    styleSrc: ["'self'", "'unsafe-inline'"],
    objectSrc: ["'none'"],
    baseUri: ["'none'"],
    formAction: ["'none'"],
    frameAncestors: ["'none'"],
  },
  // The header would apply to the whole domain, which this page must not decide.
  strictTransportSecurity: false,
}

// The paths are relative, so that the page also works behind a proxy that adds a prefix.
const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>AI Ticket Creator API</title>
    <link rel="icon" href="docs/icon.svg">
  </head>
  <body>
    <div id="reference"></div>
    <noscript>This page needs JavaScript. The OpenAPI document is <a href="openapi.json">openapi.json</a>.</noscript>
    <script src="docs/start.js"></script>
    <script src="docs/scalar.js"></script>
  </body>
</html>
`

// The library zod in Scalar tries to compile schemas with `new Function`, which the policy reports as an attack; `jitless`
// prevents that. The other options turn off what would contact the vendor of Scalar, or advertise its services.
const START = `globalThis.__zod_globalConfig = { jitless: true }

addEventListener('DOMContentLoaded', () =>
  Scalar.createApiReference('#reference', {
    url: 'openapi.json',
    withDefaultFonts: false,
    telemetry: false,
    agent: { disabled: true },
    mcp: { disabled: true },
    hideClientButton: true,
    showDeveloperTools: 'never',
  }),
)
`

const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">
  <path d="M1 4h14v3a1.5 1.5 0 0 0 0 3v2H1v-2a1.5 1.5 0 0 0 0-3z" fill="#2563eb"/>
  <path d="M10 5v6" stroke="#fff" stroke-dasharray="1.2 1"/>
</svg>
`

let compressed: Promise<Uint8Array<ArrayBuffer>> | undefined

/** The script of Scalar has 5 MB, so it is compressed once. Every browser accepts gzip. */
const scalar = (): Promise<Uint8Array<ArrayBuffer>> =>
  (compressed ??= compress(findScalar()).catch((error: unknown) => {
    // The next request tries again.
    compressed = undefined
    throw error
  }))

const compress = async (file: string): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await promisify(gzip)(await readFile(file)))
