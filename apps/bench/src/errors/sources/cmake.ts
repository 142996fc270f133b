import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** CMake on a list that the model wrote. */
export const cmake: Source = {
  tool: 'cmake',
  languages: ['en'],
  async open({ dir, language }) {
    program('cmake')
    await requireLocale(language, dir)
    const scratch = 'cd "$(mktemp -d)";'
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['no-list', 'state.not_found', () => `${scratch} cmake -S . -B b`],
        [
          'source-missing',
          'state.not_found',
          (v) => `cmake -S ${v.path()} -B /tmp/b${v.integer(1000, 9999)}`,
        ],
        ['option', 'exec.dependency', (v) => `cmake --${v.word()}s`],
        ['preset', 'state.not_found', (v) => `${scratch} cmake --preset ${v.word()}`],
        [
          'generator',
          'contract.value',
          (v) => `${scratch} echo > CMakeLists.txt; cmake -G "${v.word()}" . 2>&1 | head -2 >&2; exit 1`,
        ],
        [
          'command',
          'contract.value',
          (v) =>
            `${scratch} printf 'cmake_minimum_required(VERSION 3.20)\n${v.name()}_x()\n' > a.cmake; cmake -P a.cmake`,
        ],
        [
          'arguments',
          'contract.value',
          (v) => `${scratch} printf 'math(${v.word()} a)\n' > a.cmake; cmake -P a.cmake`,
        ],
        [
          'parenthesis',
          'contract.value',
          (v) => `${scratch} printf 'set(a ${v.word()}\n' > a.cmake; cmake -P a.cmake`,
        ],
        [
          'fatal',
          'contract.value',
          (v) => `${scratch} printf 'message(FATAL_ERROR "${v.phrase()}")\n' > a.cmake; cmake -P a.cmake`,
        ],
        [
          'include',
          'state.not_found',
          (v) => `${scratch} printf 'include(${v.word()}.${v.word()}/x.cmake)\n' > a.cmake; cmake -P a.cmake`,
        ],
        [
          'read',
          'state.not_found',
          (v) => `${scratch} printf 'file(READ ${v.path()} a)\n' > a.cmake; cmake -P a.cmake`,
        ],
        [
          'version',
          'exec.dependency',
          (v) =>
            `${scratch} printf 'cmake_minimum_required(VERSION ${v.integer(40, 90)}.1)\n' > a.cmake; cmake -P a.cmake`,
        ],
        [
          'list-index',
          'contract.value',
          (v) =>
            `${scratch} printf 'set(a 1)\nlist(GET a ${v.integer(5, 99)} b)\n' > a.cmake; cmake -P a.cmake`,
        ],
        [
          'regex',
          'contract.value',
          (v) => `${scratch} printf 'string(REGEX MATCH "(${v.word()}" a b)\n' > a.cmake; cmake -P a.cmake`,
        ],
      ]),
    }
  },
}
