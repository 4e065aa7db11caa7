import { parseNetwork } from '../src/platforms/networks.ts'
import { createSend, type PlatformRequest, type Send } from '../src/platforms/send.ts'

// The address is written correctly, so it is never undefined.
export const loopback = [parseNetwork('127.0.0.1')].filter((network) => network !== undefined)

/** Sends the requests for a vendor to a server of the test, and collects them. */
export function createVendorSend(port: number) {
  const sent: PlatformRequest[] = []
  const toVendor =
    (timeout: number): Send =>
    (request) => {
      sent.push(request)
      const { pathname, search } = request.url
      return createSend({ allowed: loopback, timeout })({
        ...request,
        url: new URL(`http://127.0.0.1:${port}${pathname}${search}`),
      })
    }
  return { sent, toVendor }
}
