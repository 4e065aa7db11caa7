// Runs a bundle in the runtime of edge functions, which has web-standard globals only.
import { readFileSync } from 'node:fs'
import { EdgeVM } from '@edge-runtime/vm'

const vm = new EdgeVM()
vm.evaluate(readFileSync('edge.js', 'utf8'))
console.log(await vm.evaluate('run()'))
