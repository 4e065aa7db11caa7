/** Where the API lives below its host. */
const BASE_PATH = '/api/v1'
/** A path of the contract as a route. */
export const toRoute = (path: string): string => BASE_PATH + path.replace(/\{(\w+)\}/g, ':$1')

/** A path of the contract as a pattern over whole paths. */
export const pathPattern = (path: string): RegExp => new RegExp(`^${BASE_PATH}${path.replace(/\{\w+\}/g, '[^/]+')}$`)
