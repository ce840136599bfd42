/** Components V2 (and the older action rows) as Discord draws them. What a button or select does is handed in. */
import type { Snapshot } from '../page-protocol.ts'
import type {
  WireActionRow,
  WireButton,
  WireContainer,
  WireMediaGallery,
  WireSection,
  WireSelect,
  WireTopComponent,
} from '../standin/wire.ts'
import { button, el, icon, outwardLink } from './dom.ts'
import { markdownView, spoiler, type TextContext } from './markdown-view.ts'
import { fileView, pictureView } from './media-view.ts'
import { emojiText, selectView } from './select-view.ts'

export interface ComponentContext extends TextContext {
  readonly snapshot: () => Snapshot | undefined
  readonly showsPictures: () => boolean
}

/** What the components of one message do; both resolve when the bot has answered. */
export interface ComponentHands {
  readonly click: (customId: string) => Promise<void>
  readonly select: (customId: string, values: readonly string[]) => Promise<void>
}

export function componentView(
  component: WireTopComponent,
  context: ComponentContext,
  hands: ComponentHands,
): HTMLElement {
  switch (component.type) {
    case 1:
      return actionRow(component, context, hands)
    case 9:
      return section(component, context, hands)
    case 10:
      return markdownView(component.content, context)
    case 12:
      return gallery(component, context)
    case 13: {
      const file = fileView(component.file.url, component.name, component.size)
      return component.spoiler ? spoiler([file]) : file
    }
    case 14:
      return el('div', {
        class: `separator spacing-${component.spacing}${component.divider ? ' divided' : ''}`,
        role: component.divider ? 'separator' : undefined,
      })
    case 17:
      return container(component, context, hands)
  }
}

function container(component: WireContainer, context: ComponentContext, hands: ComponentHands): HTMLElement {
  const children = component.components.map((child) => componentView(child, context, hands))
  const { accent_color: accent } = component
  const box = el(
    'div',
    { class: accent === null || accent === undefined ? 'container' : 'container accented' },
    ...children,
  )
  if (accent !== null && accent !== undefined) box.style.setProperty('--accent-colour', colourOf(accent))
  return component.spoiler ? spoiler([box]) : box
}

/** Discord's colour number as CSS. */
export function colourOf(number: number): string {
  return `#${(number & 0xffffff).toString(16).padStart(6, '0')}`
}

function section(component: WireSection, context: ComponentContext, hands: ComponentHands): HTMLElement {
  const { accessory } = component
  const side =
    accessory.type === 2
      ? buttonView(accessory, hands)
      : pictureView({
          media: accessory.media,
          description: accessory.description,
          isSpoiler: accessory.spoiler,
          showsPictures: context.showsPictures(),
          className: 'thumbnail',
        })
  return el(
    'div',
    { class: 'section' },
    el(
      'div',
      { class: 'section-texts' },
      ...component.components.map((text) => markdownView(text.content, context)),
    ),
    el('div', { class: 'section-side' }, side),
  )
}

function gallery(component: WireMediaGallery, context: ComponentContext): HTMLElement {
  const pictures = component.items.map((item) =>
    pictureView({
      media: item.media,
      description: item.description,
      isSpoiler: item.spoiler,
      showsPictures: context.showsPictures(),
      className: 'gallery-picture',
    }),
  )
  return el('div', { class: 'gallery', 'data-count': Math.min(pictures.length, 4) }, ...pictures)
}

function actionRow(row: WireActionRow, context: ComponentContext, hands: ComponentHands): HTMLElement {
  const children = row.components.map((child) =>
    child.type === 2 ? buttonView(child, hands) : select(child, context, hands),
  )
  return el('div', { class: 'action-row' }, ...children)
}

function select(component: WireSelect, context: ComponentContext, hands: ComponentHands): HTMLElement {
  return selectView({
    select: component,
    snapshot: context.snapshot(),
    onDone: (values) => void hands.select(component.custom_id, values),
  })
}

const styles = ['', 'primary', 'secondary', 'success', 'danger', 'link'] as const

function buttonView(component: WireButton, hands: ComponentHands): HTMLElement {
  const content = [
    component.emoji && el('span', { class: 'button-emoji' }, emojiText(component.emoji)),
    component.label !== undefined && el('span', { class: 'button-label' }, component.label),
  ]
  const attributes = {
    class: `button ${styles[component.style] ?? 'secondary'}`,
    'data-key': component.custom_id,
  }
  if (component.url !== undefined && component.disabled !== true)
    return outwardLink(component.url, { ...attributes, title: component.url }, ...content, icon('link'))
  const element = button(
    { ...attributes, disabled: component.disabled === true },
    () => {
      if (component.custom_id === undefined || element.getAttribute('aria-busy') === 'true') return
      element.setAttribute('aria-busy', 'true')
      void hands.click(component.custom_id).finally(() => element.removeAttribute('aria-busy'))
    },
    ...content,
    el('span', { class: 'button-dots', 'aria-hidden': 'true' }, '•••'),
  )
  return element
}
