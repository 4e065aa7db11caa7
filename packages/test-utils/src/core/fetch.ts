/** The part of the global `fetch` that callers use. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>
