/** An edition before it comes: its first message as readers would see it, with buttons that do nothing yet, and the way back. */
import {
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIComponentInContainer,
  type APIComponentInMessageActionRow,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
} from 'discord-api-types/v10'
import type { Edition } from '../../digest/edition.ts'
import type { Say } from '../text/say.ts'
import { digestView } from './digest-view.ts'
import { fits, row, text, type View, weigh } from './layout.ts'

/** `buttons`: what can be done from here. */
export function previewView(
  edition: Edition | undefined,
  buttons: readonly APIButtonComponent[],
  say: Say,
): View {
  const foot = row(...buttons)
  if (edition === undefined) return { components: [text(say('preview.nothing')), foot] }
  const more = digestView(edition, { late: false }).length - 1
  const note = text(
    [say('preview.note'), ...(more > 0 ? [say('preview.more', { count: more })] : [])].join(' '),
  )
  // Note and buttons are more than the message was packed for: stories at its end may have to stay out.
  for (let stories = edition.items.length; stories >= 0; stories -= 1) {
    const [first] = digestView({ ...edition, items: edition.items.slice(0, stories) }, { late: false })
    const components = [note, ...(first?.components ?? []).map(asleep), foot]
    if (fits(weigh(components))) return { ...first, components }
  }
  return { components: [note, foot] }
}

function asleep(component: APIMessageTopLevelComponent): APIMessageTopLevelComponent {
  return component.type === ComponentType.Container
    ? { ...component, components: component.components.map(asleepInside) }
    : asleepInside(component)
}

function asleepInside(component: APIComponentInContainer): APIComponentInContainer {
  switch (component.type) {
    case ComponentType.ActionRow:
      return asleepRow(component)
    case ComponentType.Section:
      return component.accessory.type === ComponentType.Button
        ? { ...component, accessory: asleepButton(component.accessory) }
        : component
    default:
      return component
  }
}

function asleepRow(
  component: APIActionRowComponent<APIComponentInMessageActionRow>,
): APIActionRowComponent<APIComponentInMessageActionRow> {
  const components = component.components.map((each) =>
    each.type === ComponentType.Button ? asleepButton(each) : { ...each, disabled: true },
  )
  return { ...component, components }
}

/** A link leads to its place even now. */
function asleepButton(button: APIButtonComponent): APIButtonComponent {
  return button.style === ButtonStyle.Link ? button : { ...button, disabled: true }
}
