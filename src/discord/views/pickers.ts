/** Menus in which Discord itself offers the channels or roles of a server. */
import {
  type APIActionRowComponent,
  type APIChannelSelectComponent,
  type APIRoleSelectComponent,
  ComponentType,
  SelectMenuDefaultValueType,
} from 'discord-api-types/v10'
import type { ChannelId, RoleId } from '../../digest/ledger.ts'
import { type Action, customId } from '../custom-id.ts'
import { channelTypes } from '../options/channel.ts'

/** Of the kinds in which a digest may be posted. */
export function channelMenu(
  action: Action,
  placeholder: string,
  chosen: ChannelId | undefined,
): APIActionRowComponent<APIChannelSelectComponent> {
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.ChannelSelect,
        custom_id: customId(action),
        placeholder,
        channel_types: [...channelTypes],
        ...(chosen === undefined
          ? {}
          : { default_values: [{ id: chosen, type: SelectMenuDefaultValueType.Channel }] }),
      },
    ],
  }
}

/** One role, or none. */
export function roleMenu(
  action: Action,
  placeholder: string,
  chosen: RoleId | undefined,
): APIActionRowComponent<APIRoleSelectComponent> {
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.RoleSelect,
        custom_id: customId(action),
        placeholder,
        min_values: 0,
        max_values: 1,
        ...(chosen === undefined
          ? {}
          : { default_values: [{ id: chosen, type: SelectMenuDefaultValueType.Role }] }),
      },
    ],
  }
}
