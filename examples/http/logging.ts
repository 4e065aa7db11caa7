import ky from 'ky'

/** Writes a line for each attempt. It has no path, query, headers or body: they contain ids, names and credentials. */
export const withLog = (log: (line: string) => void) =>
  ky.extend({
    hooks: {
      afterResponse: [
        ({ request, response, options }) =>
          log(`${String(options.context['endpoint'])} ${request.method} ${response.status}`),
      ],
      beforeError: [
        ({ request, error, options }) => {
          log(`${String(options.context['endpoint'])} ${request.method} ${error.name}`)
          return error
        },
      ],
    },
  })
