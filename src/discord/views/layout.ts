/** The pieces of components V2 messages, as plain data in Discord's JSON, and what they weigh against the limits. */
import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInContainer,
  type APIContainerComponent,
  type APIFileComponent,
  type APIMediaGalleryComponent,
  type APIMessageTopLevelComponent,
  type APISectionComponent,
  type APISelectMenuOption,
  type APIStringSelectComponent,
  type APITextDisplayComponent,
  ButtonStyle,
  ComponentType,
} from 'discord-api-types/v10'
import { type Action, customId } from '../custom-id.ts'
import { bytesOf, limits } from './limits.ts'

/** One message, ready to be sent. */
export interface View {
  readonly components: readonly APIMessageTopLevelComponent[]
  /** Pictures and other files that the components show as `attachment://name`. */
  readonly files?: readonly { readonly name: string; readonly attachment: Buffer }[]
}

export function text(content: string): APITextDisplayComponent {
  return { type: ComponentType.TextDisplay, content }
}

/** `primary`: what most people will press. `danger`: what cannot be taken back. */
const looks = {
  usual: ButtonStyle.Secondary,
  primary: ButtonStyle.Primary,
  danger: ButtonStyle.Danger,
} as const

export function button(
  label: string,
  action: Action,
  options: { disabled?: boolean; look?: keyof typeof looks } = {},
): APIButtonComponent {
  return {
    type: ComponentType.Button,
    style: looks[options.look ?? 'usual'],
    label,
    custom_id: customId(action),
    ...(options.disabled ? { disabled: true } : {}),
  }
}

export function linkButton(label: string, url: string): APIButtonComponent {
  return { type: ComponentType.Button, style: ButtonStyle.Link, label, url }
}

export function row(...buttons: APIButtonComponent[]): APIActionRowComponent<APIButtonComponent> {
  return { type: ComponentType.ActionRow, components: buttons }
}

/** A text with a button at its side; on a phone too. */
export function section(content: string, accessory: APIButtonComponent): APISectionComponent {
  return { type: ComponentType.Section, components: [text(content)], accessory }
}

export function menu(
  action: Action,
  placeholder: string,
  options: readonly APISelectMenuOption[],
): APIActionRowComponent<APIStringSelectComponent> {
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: customId(action),
        placeholder,
        options: options.slice(0, limits.selectOptions),
      },
    ],
  }
}

/** One picture over the whole width; its address must be one that `linkable` gave. */
export function picture(url: string, description: string): APIMediaGalleryComponent {
  return { type: ComponentType.MediaGallery, items: [{ media: { url }, description }] }
}

/** A file that is sent along, to be saved. */
export function attachedFile(name: string): APIFileComponent {
  return { type: ComponentType.File, file: { url: `attachment://${name}` } }
}

export const separator = { type: ComponentType.Separator } as const

export function container(
  components: readonly APIComponentInContainer[],
  accent = 0xb8442f,
): APIContainerComponent {
  return { type: ComponentType.Container, accent_color: accent, components: [...components] }
}

export interface Weight {
  readonly components: number
  readonly characters: number
  readonly bytes: number
}

/** What components count against the limits of a message, nested ones included. */
export function weigh(components: readonly object[]): Weight {
  let weight: Weight = { components: 0, characters: 0, bytes: 0 }
  for (const component of components) weight = plus(weight, weighOne(component))
  return weight
}

function weighOne(component: object): Weight {
  const content = 'content' in component && typeof component.content === 'string' ? component.content : ''
  const own: Weight = {
    components: 1,
    characters: content.length,
    bytes: content === '' ? 0 : bytesOf(content) + limits.textBytesPerDisplay,
  }
  const nested: object[] = []
  if ('components' in component && Array.isArray(component.components)) nested.push(...component.components)
  if ('accessory' in component && typeof component.accessory === 'object' && component.accessory !== null) {
    nested.push(component.accessory)
  }
  return plus(own, weigh(nested))
}

export function plus(a: Weight, b: Weight): Weight {
  return {
    components: a.components + b.components,
    characters: a.characters + b.characters,
    bytes: a.bytes + b.bytes,
  }
}

export function fits(weight: Weight): boolean {
  return (
    weight.components <= limits.components &&
    weight.characters <= limits.textCharacters &&
    weight.bytes <= limits.textBytes
  )
}
