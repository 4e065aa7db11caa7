import { setTimeout as sleep } from 'node:timers/promises'
import { createDatabase, requireServer } from '@ai-ticket-creator/test-postgresql'
import { expect, test } from 'vitest'
import { readSize } from '../../../../vitest.sizes.ts'
import { chooseSteps, createRandom, SEED } from './choose-steps.ts'
import { createFilledDatabase, readSnapshot } from './filled-tables.ts'
import { complete, interruptStep, undoAll } from './interrupted-step.ts'
import { createLedger } from './ledger.ts'
import { startTraffic } from './traffic.ts'

// The tool is killed while it applies or undoes a step, and old and new clients write.
const KILLS = readSize('KILLS', 2)
const ROWS = readSize('KILLED_ROWS', 4000)

const serverUrl = requireServer()
const template = await createFilledDatabase(serverUrl, ROWS)
const before = await readSnapshot(template)
const steps = chooseSteps(2)

test.each(steps)(
  `kills -9 of the tool in the step %s: apply completes it, and undo restores everything (seed ${SEED})`,
  async (step) => {
    const { url, ledger, traffic } = await killIn(step)
    const problems = await complete(url, ledger)
    await undoAll(url)
    await traffic.stop()

    expect(problems).toEqual([])
    expect(await ledger.findWrong()).toEqual([])
    await ledger.removeRows()
    expect(await readSnapshot(url)).toEqual(before)
  },
)

test.each(steps)(`kills -9 of the tool in the step %s: undo restores everything (seed ${SEED})`, async (step) => {
  const { url, ledger, traffic } = await killIn(step)
  await undoAll(url)
  await traffic.stop()

  expect(await ledger.findWrong()).toEqual([])
  await ledger.removeRows()
  expect(await readSnapshot(url)).toEqual(before)
})

async function killIn(step: string) {
  const random = createRandom(step)
  const url = await createDatabase(serverUrl, template)
  const ledger = createLedger(url)
  const traffic = startTraffic(url, ledger)
  const interrupt = async (kill: () => void) => {
    // Most steps take some milliseconds, and some take a second. The exponent makes short and long waits equally frequent.
    await sleep(2 ** (random() * 9) - 1)
    kill()
  }
  await interruptStep(KILLS / 2, { url, step, ledger, random, interrupt })
  return { url, ledger, traffic }
}
