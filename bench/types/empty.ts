// An empty program, for which the compiler reads only the libraries of JavaScript and of browsers.
export const results = []
