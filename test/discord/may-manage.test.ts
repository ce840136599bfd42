/** Whom a server's Integrations settings let use a command: a truth table. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ApplicationCommandPermissionType as Type } from 'discord-api-types/v10'
import { settingFor } from '../../src/discord/may-manage.ts'

const member = { userId: 'mika', guildId: 'town', roleIds: ['town', 'readers', 'editors'] }
const user = (permission: boolean) => ({ type: Type.User, id: 'mika', permission })
const role = (id: string, permission: boolean) => ({ type: Type.Role, id, permission })

const table = [
  ['nothing set', [], undefined],
  ['set for others', [{ type: Type.User, id: 'olivia', permission: true }, role('guests', true)], undefined],
  ['set for a channel of the same id', [{ type: Type.Channel, id: 'mika', permission: true }], undefined],
  ['the member', [user(true)], true],
  ['the member before their roles', [user(false), role('readers', true), role('town', true)], false],
  ['one role that may is enough', [role('readers', false), role('editors', true)], true],
  ['roles before everyone', [role('readers', false), role('town', true)], false],
  ['everyone', [role('town', true)], true],
  ['everyone shut out', [role('town', false)], false],
] as const

for (const [what, set, expected] of table) {
  test(`${what}: ${expected ?? 'the default holds'}`, () => {
    assert.equal(settingFor(member, set), expected)
  })
}
