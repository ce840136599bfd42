/** A move as a process that kills itself: so many milliseconds after rows have come so often, in the midst of the next ones. */
import { move } from '../../src/storage/move.ts'

const [from = '', to = '', times = '', afterMs = ''] = process.argv.slice(2)
let told = 0
await move({
  from,
  to,
  isAnew: false,
  now: Date.now,
  told: () => {
    told += 1
    if (told === Number(times)) setTimeout(() => process.kill(process.pid, 'SIGKILL'), Number(afterMs))
  },
})
