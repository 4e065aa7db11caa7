// What the compiler needs for the libraries of JavaScript and of browsers.
export const results = []
