import ky from 'ky'
import fetch from 'node-fetch'

/** Sends all requests with node-fetch, which takes the agents of `node:http`. It takes no Request of Node.js. */
export const withNodeFetch = () =>
  ky.extend({
    fetch: async (input) => {
      const request = new Request(input)
      const { url, method, redirect, signal } = request
      const headers = Object.fromEntries(request.headers)
      const body = (await request.text()) || null
      return (await fetch(url, { method, headers, body, redirect, signal })) as unknown as Response
    },
  })
