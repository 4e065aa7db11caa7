import { createClient } from '@ai-ticket-creator/sdk'

/** What a worker gets for each of its service bindings. */
interface Binding {
  fetch(request: Request): Promise<Response>
}

/** A client that calls another worker directly. The host of the address is not used. */
export const clientOf = ({ TICKETS, TOKEN }: { readonly TICKETS: Binding; readonly TOKEN: string }) =>
  createClient({
    baseUrl: 'https://tickets.example.test',
    token: TOKEN,
    // A method of a binding needs its object.
    fetch: (request) => TICKETS.fetch(request),
  })
