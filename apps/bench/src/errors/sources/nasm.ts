import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** An assembler. */
export const nasm: Source = {
  tool: 'nasm',
  languages: ['en'],
  async open({ dir, language }) {
    program('nasm')
    await requireLocale(language, dir)
    const assemble = (...lines: string[]) =>
      `printf '${lines.join('\\n')}\\n' > a.asm; nasm -f elf64 a.asm -o a.o`
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['missing', 'state.not_found', (v) => `nasm -f elf64 ${v.path()} -o a.o`],
        ['include', 'state.not_found', (v) => assemble(`%%include "${v.word()}-${v.word()}.inc"`)],
        ['undefined', 'contract.value', (v) => assemble('mov rax, 1', `jmp ${v.name()}_x`)],
        ['instruction', 'contract.value', (v) => assemble(`${v.word()} rax, ${v.word()}`)],
        ['operands', 'contract.value', (v) => assemble(`mov ${v.integer(2, 99)}, rax`)],
        ['size', 'contract.value', (v) => assemble(`mov [rax], ${v.integer(2, 99)}`)],
        ['expression', 'contract.value', (v) => assemble(`mov rax, (${v.integer(2, 99)} +`)],
        ['end-of-line', 'contract.value', (v) => assemble(`mov rax, rbx ${v.word()}`)],
        [
          'redefined',
          'contract.value',
          (v) => {
            const name = `${v.name()}_x`
            return assemble(`${name}: nop`, `${name}: nop`)
          },
        ],
        ['format', 'contract.value', (v) => `touch b.asm; nasm -f ${v.word()} b.asm`],
        ['option', 'exec.dependency', (v) => `nasm --${v.word()}s b.asm`],
        ['no-input', 'contract.missing_param', (v) => `nasm -f ${v.pick(['elf64', 'elf32', 'bin'])}`],
        ['directive', 'contract.value', (v) => assemble(`[${v.word()} ${v.word()}]`)],
        ['macro-end', 'contract.value', (v) => assemble(`%%macro ${v.name()} 1`, 'nop')],
      ]),
    }
  },
}
