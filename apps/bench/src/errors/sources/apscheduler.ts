import { provocations, type Source } from '../provocation.ts'
import { pythonSession } from '../python-session.ts'

const PRELUDE = `
from apscheduler.schedulers.background import BackgroundScheduler
scheduler = BackgroundScheduler(timezone="UTC")
scheduler.start(paused=True)
def report(month, copies=1): pass
scheduler.add_job(report, "cron", hour=3, id="nightly", args=["may"])
def add(trigger, **more): scheduler.add_job(report, trigger, **{"args": ["may"], **more})
def add_named(function): scheduler.add_job(function, "interval", minutes=1)
def remove(job): scheduler.remove_job(job)
def change(job, **values): scheduler.modify_job(job, **values)
def start(): scheduler.start()
def stop(): BackgroundScheduler(timezone="UTC").shutdown()
def store(job, jobstore): scheduler.add_job(report, "cron", id=job, args=["may"], jobstore=jobstore)
def told(error): return f"{type(error).__name__}: {error}"
`

/** Jobs at their times by APScheduler. */
export const apscheduler: Source = {
  tool: 'apscheduler',
  languages: ['en'],
  async open({ dir }) {
    const { provoke, close } = await pythonSession(dir, { modules: 'apscheduler', prelude: PRELUDE })
    return {
      close,
      provocations: provocations(provoke, [
        ['job', 'state.not_found', (v) => ({ tool: 'remove', job: v.id() })],
        [
          'exists',
          'state.conflict',
          (v) => ({ tool: 'add', trigger: 'interval', minutes: v.integer(2, 9), id: 'nightly' }),
        ],
        [
          'field',
          'contract.misnamed_param',
          (v) => ({ tool: 'add', trigger: 'cron', [`${v.word()}s`]: v.integer(2, 9) }),
        ],
        ['expression', 'contract.value', (v) => ({ tool: 'add', trigger: 'cron', hour: v.word() })],
        ['range', 'contract.value', (v) => ({ tool: 'add', trigger: 'cron', hour: v.integer(24, 99) })],
        [
          'weekday',
          'contract.value',
          (v) => ({ tool: 'add', trigger: 'cron', day_of_week: `${v.word()}day` }),
        ],
        ['interval-type', 'contract.type', (v) => ({ tool: 'add', trigger: 'interval', minutes: v.word() })],
        ['date', 'contract.value', (v) => ({ tool: 'add', trigger: 'date', run_date: v.word() })],
        [
          'date-type',
          'contract.type',
          (v) => ({ tool: 'add', trigger: 'date', run_date: [v.integer(2, 9)] }),
        ],
        ['argument', 'contract.missing_param', () => ({ tool: 'add', trigger: 'cron', args: [] })],
        [
          'argument-extra',
          'contract.misnamed_param',
          (v) => ({ tool: 'add', trigger: 'cron', kwargs: { [`${v.word()}_x`]: 1 } }),
        ],
        [
          'arguments',
          'contract.value',
          (v) => ({ tool: 'add', trigger: 'cron', args: ['may', 2, v.word()] }),
        ],
        [
          'function-module',
          'exec.dependency',
          (v) => ({ tool: 'add_named', function: `${v.word()}_${v.word()}:run` }),
        ],
        ['function-form', 'contract.value', (v) => ({ tool: 'add_named', function: v.word() })],
        [
          'change',
          'contract.misnamed_param',
          (v) => ({ tool: 'change', job: 'nightly', [`${v.word()}_x`]: 1 }),
        ],
        ['change-id', 'contract.type', (v) => ({ tool: 'change', job: 'nightly', max_instances: v.word() })],
        ['started', 'state.conflict', () => ({ tool: 'start' })],
        ['not-started', 'state.precondition', () => ({ tool: 'stop' })],
        ['store', 'state.not_found', (v) => ({ tool: 'store', job: v.word(), jobstore: v.word() })],
      ]),
    }
  },
}
