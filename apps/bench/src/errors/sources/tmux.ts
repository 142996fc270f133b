import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** Terminals by tmux. */
export const tmux: Source = {
  tool: 'tmux',
  languages: ['en'],
  async open({ dir, language }) {
    program('tmux')
    await requireLocale(language, dir)
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        ['no-server', 'exec.unavailable', (v) => `tmux -L ${v.word()}${v.integer(10, 99)} list-sessions`],

        [
          'session',
          'state.not_found',
          (v) =>
            `tmux -L s${v.integer(10, 99)} -f /dev/null new-session -d -s a 'sleep 5' \\; kill-session -t ${v.word()}`,
        ],
        [
          'duplicate',
          'state.conflict',
          (v) =>
            `n=${v.word()}; tmux -L d${v.integer(10, 99)} -f /dev/null new-session -d -s $n 'sleep 5' \\; new-session -d -s $n`,
        ],
        [
          'config',
          'state.not_found',
          (v) =>
            `tmux -L c${v.integer(10, 99)} -f /dev/null new-session -d 'sleep 5' \\; source-file ${v.path()}`,
        ],
        [
          'set-option',
          'contract.value',
          (v) =>
            `tmux -L o${v.integer(10, 99)} -f /dev/null new-session -d 'sleep 5' \\; set-option ${v.word()}x 1`,
        ],
        [
          'set-value',
          'contract.value',
          (v) =>
            `tmux -L v${v.integer(10, 99)} -f /dev/null new-session -d 'sleep 5' \\; set-option -g base-index ${v.word()}`,
        ],
        [
          'set-flag',
          'contract.value',
          (v) =>
            `tmux -L f${v.integer(10, 99)} -f /dev/null new-session -d 'sleep 5' \\; set-option -g mouse ${v.word()}`,
        ],
        [
          'key',
          'contract.value',
          (v) =>
            `tmux -L k${v.integer(10, 99)} -f /dev/null new-session -d 'sleep 5' \\; bind-key ${v.word()} kill-server`,
        ],
        [
          'window',
          'state.not_found',
          (v) =>
            `tmux -L w${v.integer(10, 99)} -f /dev/null new-session -d -s a 'sleep 5' \\; select-window -t a:${v.integer(20, 99)}`,
        ],
        [
          'pane',
          'state.not_found',
          (v) =>
            `tmux -L p${v.integer(10, 99)} -f /dev/null new-session -d -s a 'sleep 5' \\; select-pane -t a.${v.integer(20, 99)}`,
        ],
        [
          'buffer',
          'state.not_found',
          (v) =>
            `tmux -L b${v.integer(10, 99)} -f /dev/null new-session -d 'sleep 5' \\; show-buffer -b ${v.word()}`,
        ],
      ]),
    }
  },
}
