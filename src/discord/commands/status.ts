import { showStatus } from '../actions/status.ts'
import { command } from './command.ts'

/** Next runs, last deliveries, the health of feeds, and a chart of stories per day. */
export const status = command({
  name: 'status',
  forOwners: true,
  isCostly: true,
  options: {},
  run: showStatus,
})
