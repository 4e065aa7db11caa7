/** Sends a request to the API: a POST if there is a body. */
export async function call(
  url: string,
  token: string,
  path: string,
  body?: object,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const reply = await fetch(`${url}/api/v1${path}`, {
    headers: { Authorization: `Bearer ${token.trim()}`, 'Content-Type': 'application/json' },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  })
  return { status: reply.status, body: await reply.json() }
}
