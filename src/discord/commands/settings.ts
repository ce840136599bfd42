/** `/settings`: what holds for all digests of a server. */
import { changeSettings, showSettings } from '../actions/settings.ts'
import { command } from './command.ts'

export const settings = command({
  name: 'settings',
  forOwners: true,
  options: { zone: { kind: 'zone', required: false }, role: { kind: 'role', required: false } },
  run: (context) => {
    const { zone, role } = context.options
    return zone === undefined && role === undefined
      ? showSettings(context)
      : changeSettings({ zone, roleId: role }, context)
  },
})
