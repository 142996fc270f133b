/** What `createLifeHarness` loads when it is given no classifiers and no kinds of one's own. */
export { builtinClassifiers } from './classifiers/index.ts'
export { builtinKinds } from './interventions/index.ts'
export { signatureOf } from './signature.ts'
