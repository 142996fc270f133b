import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Tests, and the worker threads they start, resolve the workspace to its sources: no build is needed.
  ssr: { resolve: { conditions: ['lifeharness-source', 'node', 'development|production'] } },
  test: {
    // Tests replay whole recordings; on a busy machine that takes its time.
    testTimeout: 60_000,
    // Loading the modules anew for each file took a third of the time. What is kept for the whole process are memories of
    // pure functions, and no test changes what others see of the process.
    isolate: false,
    setupFiles: ['scripts/property-seed.ts'],
    include: ['packages/*/src/**/*.test.ts', 'apps/**/*.test.ts', 'scripts/**/*.test.ts'],
  },
})
