import { provocations, type Source } from '../provocation.ts'
import { program, requireLocale, shellTool } from '../shell.ts'

/** Kubernetes from the command line, where no cluster answers. */
export const kubectl: Source = {
  tool: 'kubectl',
  languages: ['en'],
  async open({ dir, language }) {
    program('kubectl')
    await requireLocale(language, dir)
    const scratch = 'cd "$(mktemp -d)";'
    return {
      close: () => {},
      provocations: provocations(shellTool(dir, language), [
        [
          'refused',
          'exec.unavailable',
          (v) =>
            `kubectl --server=http://127.0.0.1:${v.integer(2, 9)} get pods --request-timeout=2s 2>&1 | tail -1 >&2; exit 1`,
        ],
        ['command', 'exec.dependency', (v) => `kubectl ${v.word()}x`],
        ['flag', 'exec.dependency', (v) => `kubectl get pods --${v.word()}s`],
        ['file-missing', 'state.not_found', (v) => `kubectl apply -f ${v.path()}`],
        ['no-file', 'contract.missing_param', () => `kubectl apply`],
        ['no-resource', 'contract.missing_param', () => `kubectl get`],
        ['output', 'contract.value', (v) => `kubectl config view -o ${v.word()}`],
        ['context', 'state.not_found', (v) => `kubectl config use-context ${v.word()}`],
        ['context-delete', 'state.not_found', (v) => `kubectl config delete-context ${v.word()}`],
        ['cluster', 'state.not_found', (v) => `kubectl config delete-cluster ${v.word()}`],
        ['kubeconfig', 'state.not_found', (v) => `kubectl --kubeconfig=${v.path()} get pods`],
        [
          'kubeconfig-yaml',
          'contract.value',
          (v) => `${scratch} echo '${v.word()}: [' > k; kubectl --kubeconfig=k get pods`,
        ],
        ['replicas', 'contract.value', (v) => `kubectl scale deployment a --replicas=${v.word()}`],
        ['replicas-missing', 'contract.missing_param', (v) => `kubectl scale deployment ${v.word()}`],
        ['duration', 'contract.value', (v) => `kubectl get pods --request-timeout=${v.word()}`],
        ['arguments', 'contract.value', (v) => `kubectl config use-context ${v.word()} ${v.word()}`],
        ['label-invalid', 'contract.value', (v) => `kubectl label --local -f /dev/null ${v.word()}==a`],
        ['no-arguments', 'contract.missing_param', () => `kubectl config set-context`],
      ]),
    }
  },
}
