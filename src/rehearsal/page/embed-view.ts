/** Legacy embeds. */
import type { WireEmbed } from '../standin/wire.ts'
import { type ComponentContext, colourOf } from './component-view.ts'
import { el, outwardLink } from './dom.ts'
import { markdownView } from './markdown-view.ts'
import { pictureView } from './media-view.ts'
import { messageTime } from './times.ts'

export function embedView(embed: WireEmbed, context: ComponentContext): HTMLElement {
  const box = el(
    'div',
    { class: embed.thumbnail ? 'embed with-thumbnail' : 'embed' },
    el('div', { class: 'embed-body' }, author(embed), title(embed, context), description(embed, context)),
    embed.thumbnail && picture(embed.thumbnail.url, 'thumbnail', context),
    fields(embed, context),
    embed.image && picture(embed.image.url, 'embed-image', context),
    footer(embed, context),
  )
  if (embed.color !== undefined) box.style.setProperty('--accent-colour', colourOf(embed.color))
  return box
}

function author({ author }: WireEmbed): HTMLElement | undefined {
  if (!author) return undefined
  const attributes = { class: 'embed-author' }
  return author.url === undefined
    ? el('div', attributes, author.name)
    : el('div', attributes, outwardLink(author.url, {}, author.name))
}

function title({ title, url }: WireEmbed, context: ComponentContext): HTMLElement | undefined {
  if (title === undefined) return undefined
  const text = markdownView(title, context)
  return el('div', { class: 'embed-title' }, url === undefined ? text : outwardLink(url, {}, text))
}

function description({ description }: WireEmbed, context: ComponentContext): HTMLElement | undefined {
  return description === undefined ? undefined : markdownView(description, context)
}

function fields(embed: WireEmbed, context: ComponentContext): HTMLElement | undefined {
  if (!embed.fields || embed.fields.length === 0) return undefined
  const rows = embed.fields.map((field) =>
    el(
      'div',
      { class: field.inline ? 'embed-field inline' : 'embed-field' },
      el('div', { class: 'embed-field-name' }, markdownView(field.name, context)),
      markdownView(field.value, context),
    ),
  )
  return el('div', { class: 'embed-fields' }, ...rows)
}

function picture(url: string, className: string, context: ComponentContext): HTMLElement {
  return pictureView({ media: { url }, showsPictures: context.showsPictures(), className })
}

function footer({ footer, timestamp }: WireEmbed, context: ComponentContext): HTMLElement | undefined {
  if (!footer && timestamp === undefined) return undefined
  const time =
    timestamp === undefined ? '' : messageTime(Date.parse(timestamp), context.locale, context.now())
  const text = [footer?.text ?? '', time].filter((part) => part !== '').join(' • ')
  return el('div', { class: 'embed-footer' }, text)
}
