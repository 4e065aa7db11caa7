/** Why no case finds a mutant. */
interface Survivor {
  /** The mutant cannot be observed through the API. */
  readonly equivalent: boolean
  readonly reason: string
}

const equivalent = (reason: string): Survivor => ({ equivalent: true, reason })

/** The mutants that no case finds, by id. */
export const survivors: Readonly<Record<string, Survivor>> = {
  'search-ignored': equivalent(
    'no list has a filter `search`; it is a filter of the fields of a platform. The filters `name` and `q` have cases',
  ),
  m03: equivalent('callers of the domain use parseCreateIntegration; the app reads bodies with readBody'),
  m06: equivalent('only clients upgrade replies; the app downgrades them'),
  m07: equivalent('advice for a platform that does not answer; the default port always answers'),
  m11: equivalent('a message of the platform is shown only if there is one; the default port sends none'),
  m16: equivalent('times are validated before: a time zone can only be at the end'),
  m26: equivalent('only clients use fillPath; the app parses paths with its router'),
  m28: equivalent('reply schemas are for documents and clients; the app parses requests only'),
  m30: equivalent('only clients downgrade bodies; the app upgrades them'),
  m32: equivalent('no status that a request can reach refuses enable or disable'),
  m33: equivalent('callers of the domain use isIntegrationCategory; the app validates values with schemas'),
  m37: equivalent('the app does not call the functions that throw InvalidInputError'),
  m41: equivalent('only profiles of the existing backend use the raw fields; the reference app does not'),
  m45: equivalent(
    'users are looked up before a write so that a failing directory fails early; the default one never fails',
  ),
  m51: equivalent('status and enabled of a row always agree if requests write them, so both branches are equal'),
  m58: equivalent('the field is always a retired one, so the optional chaining has no effect'),
  m59: equivalent('the user schema is for documents and clients; the app returns users of its directory unchanged'),
  m65: equivalent('only ports of a deployment throw; the default ports never do'),
  m69: equivalent('callers of the domain use parseCreateIntegration; the app reads bodies with readBody'),
  'token-in-query': {
    equivalent: false,
    reason: 'a verification sends no token in an address, because servers and gateways log addresses',
  },
}
