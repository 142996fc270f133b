import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ESLint, type Linter } from 'eslint'
import { functionProvocations } from '../function-tool.ts'
import type { Source } from '../provocation.ts'

/** Code and settings that ESLint refuses to look at. */
export const eslint: Source = {
  tool: 'eslint',
  languages: ['en'],
  async open({ dir }) {
    let made = 0
    const options = { cwd: dir, overrideConfigFile: true } as const
    const functions = {
      lint: async (code: string) => {
        const [result] = await new ESLint(options).lintText(code)
        const fatal = result?.messages.find((message) => message.fatal)
        if (fatal) throw new Error(`${fatal.line}:${fatal.column}  error  ${fatal.message}`)
      },
      lintFiles: (pattern: string | string[]) => new ESLint(options).lintFiles(pattern),
      configured: (config: unknown) =>
        new ESLint({ ...options, baseConfig: config as Linter.Config }).lintText('var a'),
      configuredBy: (overrideConfigFile: string) =>
        new ESLint({ cwd: dir, overrideConfigFile }).lintText('var a'),
      configFile: async (text: string) => {
        const file = join(dir, `${made++}.config.mjs`)
        await writeFile(file, text)
        return new ESLint({ cwd: dir, overrideConfigFile: file }).lintText('var a')
      },
      formatter: (name: string) => new ESLint(options).loadFormatter(name),
      options: (more: object) => new ESLint({ ...options, ...more }),
    }
    return {
      close: () => {},
      provocations: functionProvocations(functions, [
        ['no-files', 'state.not_found', (v) => ['lintFiles', `${v.word()}/${v.word()}.js`]],
        ['no-config', 'state.not_found', (v) => ['configuredBy', `${v.word()}.config.mjs`]],
        ['no-formatter', 'exec.dependency', (v) => ['formatter', v.name()]],
        [
          'no-plugin',
          'exec.dependency',
          (v) => [
            'configFile',
            `import a from 'eslint-plugin-${v.word()}'\nexport default [{ plugins: { a } }]`,
          ],
        ],
        ['token', 'contract.value', (v) => ['lint', `const ${v.name()} = = 1`]],
        ['string-end', 'contract.value', (v) => ['lint', `const a = '${v.phrase()}`]],
        [
          'severity',
          'contract.value',
          (v) => ['configured', { rules: { [v.pick(['semi', 'no-var', 'eqeqeq'])]: v.word() } }],
        ],
        ['rule-option', 'contract.value', (v) => ['configured', { rules: { eqeqeq: ['error', v.word()] } }]],
        ['rules-type', 'contract.type', (v) => ['configured', { rules: v.word() }]],
        [
          'source-type',
          'contract.value',
          (v) => ['configured', { languageOptions: { sourceType: v.word() } }],
        ],
        ['files-type', 'contract.type', (v) => ['configured', { files: v.word() }]],
        ['config-key', 'contract.misnamed_param', (v) => ['configured', { [`${v.name()}_x`]: true }]],
        [
          'config-syntax',
          'contract.value',
          (v) => ['configFile', `export default [{ ${v.word()} ${v.word()}`],
        ],
        ['fix-type', 'contract.type', (v) => ['options', { fix: v.word() }]],
        ['cwd', 'contract.value', (v) => ['options', { cwd: v.word() }]],
        ['no-pattern', 'contract.missing_param', () => ['lintFiles', ['']]],
      ]),
    }
  },
}
