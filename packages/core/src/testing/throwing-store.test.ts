import { expect, test } from 'vitest'
import { throwingStore } from './throwing-store.ts'

test('every call of a store that is down fails, and is noted', async () => {
  const store = throwingStore()
  await expect(store.load()).rejects.toThrow('store is down')
  await expect(store.append([], 'b')).rejects.toThrow('store is down')
  await expect(store.commit(0, [])).rejects.toThrow('store is down')
  await expect(Array.fromAsync(store.read(0, 1))).rejects.toThrow('store is down')
  await expect(Array.fromAsync(store.history())).rejects.toThrow('store is down')
  expect(() => store.watch?.(() => {})).toThrow('store is down')
  await expect(store.close()).rejects.toThrow('store is down')
  expect(store.calls).toEqual(['load', 'append', 'commit', 'read', 'history', 'watch', 'close'])
})

test('a store that throws does so before there is a promise', () => {
  const store = throwingStore('throw', new Error('no disk'))
  expect(() => store.append([], 'b')).toThrow('no disk')
  expect(() => store.read(0, 1)).toThrow('no disk')
})
