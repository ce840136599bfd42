/** `/subscribe`: any member has a digest sent to them by direct message. */
import { subscribeSelf } from '../actions/mine.ts'
import { command } from './command.ts'

export const subscribe = command({
  name: 'subscribe',
  options: {
    digest: { kind: 'digest', required: true },
    times: { kind: 'text', required: false },
    zone: { kind: 'zone', required: false },
  },
  run: ({ options, ...context }) => subscribeSelf(options, context),
})
