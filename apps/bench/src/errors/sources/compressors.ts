import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** Zstandard and LZ4. */
export const compressors: Source = {
  tool: 'compressors',
  languages: ['en'],
  async open({ dir, language }) {
    for (const name of ['zstd', 'lz4']) program(name)
    await requireLocale(language, dir)
    const scratch = 'cd "$(mktemp -d)";'
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['zstd-missing', 'state.not_found', (v) => `zstd ${v.path()}`],
        ['zstd-decompress', 'contract.value', (v) => `${scratch} echo ${v.phrase()} > a.zst; zstd -d a.zst`],
        ['zstd-suffix', 'contract.value', (v) => `${scratch} f=${v.file()}; echo a > $f; zstd -d $f`],
        [
          'zstd-exists',
          'state.conflict',
          (v) => `${scratch} f=${v.word()}; echo a > $f; touch $f.zst; zstd -q $f < /dev/null`,
        ],
        ['zstd-directory', 'contract.value', (v) => `${scratch} mkdir ${v.word()}; zstd *`],
        ['zstd-dictionary', 'state.not_found', (v) => `${scratch} echo a > a; zstd -D ${v.path()} a`],
        [
          'zstd-test',
          'contract.value',
          () => `${scratch} echo a > a; zstd -q a; head -c 8 a.zst > b.zst; zstd -t b.zst`,
        ],
        ['zstd-denied', 'auth.denied', (v) => `${scratch} echo a > a; zstd a -o /etc/${v.word()}.zst`],
        ['lz4-missing', 'state.not_found', (v) => `lz4 ${v.path()}`],
        ['lz4-decompress', 'contract.value', (v) => `${scratch} echo ${v.phrase()} > a.lz4; lz4 -d a.lz4 b`],
        [
          'lz4-exists',
          'state.conflict',
          (v) => `${scratch} f=${v.word()}; echo a > a; touch $f; lz4 a $f < /dev/null`,
        ],
        ['lz4-denied', 'auth.denied', (v) => `${scratch} echo a > a; lz4 a /etc/${v.word()}.lz4`],
      ]),
    }
  },
}
