// One measurement in a process of its own: reads a task as its first argument, prints what it measured.
import { measure, type Task } from './measure.ts'

console.log(JSON.stringify(await measure(JSON.parse(process.argv[2] as string) as Task)))
