import { memoryStore } from './memory-store.ts'
import { createLifeHarness } from './runtime.ts'
import { throwingStore } from './testing/throwing-store.ts'
import { LOCAL_ORIGIN } from './tool.ts'

/** An agent that never closes the layer, over stores and a learner that fail in every way; it must just end. */
const refuse = () => Promise.reject(new Error('no'))
const fail = () => {
  throw new Error('no')
}
for (const store of [throwingStore('reject'), throwingStore('throw'), memoryStore()]) {
  const lifeHarness = await createLifeHarness({
    store,
    mode: 'progressive',
    learner: { run: refuse },
    learnEveryMs: 1,
    onFault: fail,
  })
  const episode = lifeHarness.episode()
  const call = { id: 'c', tool: { origin: LOCAL_ORIGIN, name: 't' }, turn: 0, index: 0, attempt: 1 }
  for (const act of [() => 1, fail, refuse]) await episode.run({ ...call, approved: false, input: {} }, act)
  // Long enough for a learner's run, a drain and a refused write.
  await new Promise((resolve) => setTimeout(resolve, 60))
  await lifeHarness.refresh()
  await lifeHarness.learn()
  episode.end()
}
console.log('the agent is done')
