/** Why no case finds a mutant: nothing changes on the wire, or a case is still missing. */
interface Survivor {
  readonly equivalent: boolean
  readonly why: string
}

const equivalent = (why: string): Survivor => ({ equivalent: true, why })

/** The mutants that no case finds, by id. The list of mutants is frozen; this one is to become shorter. */
export const survivors: Readonly<Record<string, Survivor>> = {
  'search-ignored': equivalent(
    'neither list has a filter of that name, it is one of the fields of a platform; the filters `name` and `q` have cases',
  ),
  m03: equivalent('parseCreateIntegration is for callers of the domain; the app reads bodies with readBody'),
  m06: equivalent('the way up of a reply is what a client does; the app only goes down'),
  m07: equivalent(
    'advice for a platform that gives no answer; the default port always answers, and no request changes that',
  ),
  m11: equivalent('what a platform said is only shown when it said something; the default port says nothing'),
  m16: equivalent('times are checked on their way in: a zone stands nowhere but at the end'),
  m26: equivalent('fillPath is what a client does; the app takes paths apart with routes'),
  m28: equivalent('schemas of replies are for documents and clients; the app reads requests with them'),
  m30: equivalent('the way down of a body is what a client does; the app only goes up'),
  m32: equivalent('enable and disable are refused in no status that a request can bring about'),
  m33: equivalent('isIntegrationCategory is for callers of the domain; the app checks words with its schemas'),
  m37: equivalent('InvalidInputError is thrown by parse…, which the app does not call'),
  m41: equivalent('only a profile of the existing backend looks at what was sent; the reference app does not'),
  m45: equivalent(
    'people are looked up before a write so that a directory that fails fails early; the default one never does',
  ),
  m51: equivalent('status and enabled of a row agree as long as requests write it, so both ways say the same'),
  m58: equivalent('the name is one of the retired ones, so the question mark has nothing to do'),
  m59: equivalent('the shape of a user is for documents and clients; the app shows people as its directory has them'),
  m65: equivalent('a port that throws is a matter of the deployment; the default ports never do'),
  m67: equivalent('both are known when the change ran, and neither when it did not'),
  m69: equivalent('parseCreateIntegration is for callers of the domain; the app reads bodies with readBody'),
}
