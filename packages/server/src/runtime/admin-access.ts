import { createHash, timingSafeEqual } from 'node:crypto'
import { bearerToken } from '@ai-ticket-creator/domain/internal'
import type { MiddlewareHandler } from 'hono'

/** Accepts requests with the admin token only. If no admin token is configured, the path answers 404. */
export const requireAdmin =
  (adminToken: string | undefined): MiddlewareHandler =>
  async ({ req }, next) => {
    if (adminToken === undefined) return Response.json({ detail: 'Not Found', code: 'not_found' }, { status: 404 })
    const token = bearerToken(req.header('Authorization')) ?? ''
    if (timingSafeEqual(digest(token), digest(adminToken))) return next()

    return Response.json(
      { detail: 'send `Authorization: Bearer` with the admin token', code: 'unauthenticated' },
      { status: 401, headers: { 'WWW-Authenticate': 'Bearer' } },
    )
  }

const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
