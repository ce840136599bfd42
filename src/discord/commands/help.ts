import { helpView } from '../views/help-view.ts'
import { command } from './command.ts'

export const help = command({
  name: 'help',
  options: {},
  run: async ({ commands, canManage, mention, say }) => helpView({ commands, canManage, mention }, say),
})
