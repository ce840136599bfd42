/**
 * Pictures and files. What the bot attached is shown; a picture that lies on another host is fetched only when the
 * visitor asked for such pictures, and is otherwise a card that says what would be there.
 */
import type { WireAttachment } from '../standin/wire.ts'
import { el, icon, isWebAddress } from './dom.ts'
import { spoiler } from './markdown-view.ts'

export interface PictureOptions {
  /** `attachment_id` is there where the bot sent the picture itself. */
  readonly media: { readonly url: string; readonly attachment_id?: string | null }
  readonly description?: string | null | undefined
  readonly isSpoiler?: boolean
  readonly showsPictures: boolean
  readonly className: string
}

export function pictureView(options: PictureOptions): HTMLElement {
  const picture = picturePart(options)
  return options.isSpoiler === true ? spoiler([picture]) : picture
}

function picturePart({ media, description, showsPictures, className }: PictureOptions): HTMLElement {
  const isOurs = typeof media.attachment_id === 'string'
  const text = description ?? ''
  if (!isOurs && !(showsPictures && /^https:/i.test(media.url)))
    return placeholder(media.url, text, className)
  const image = el('img', {
    class: `picture ${className}`,
    alt: text,
    loading: 'lazy',
    decoding: 'async',
    referrerpolicy: 'no-referrer',
    title: text === '' ? undefined : text,
  })
  image.addEventListener('error', () => image.replaceWith(placeholder(media.url, text, className)), {
    once: true,
  })
  image.src = isOurs ? fileAddress(media.url) : media.url
  return image
}

function placeholder(url: string, description: string, className: string): HTMLElement {
  const host = isWebAddress(url) ? new URL(url).hostname : 'picture'
  const label = description === '' ? `Picture from ${host}` : `${description} (picture from ${host})`
  return el(
    'span',
    { class: `picture placeholder ${className}`, role: 'img', 'aria-label': label, title: url },
    icon('picture'),
    el('span', { class: 'placeholder-text' }, description === '' ? host : description),
  )
}

function fileAddress(url: string): string {
  return `/api/file?url=${encodeURIComponent(url)}`
}

/** A file as a card with a way to save it. */
export function fileView(url: string, name: string, bytes: number): HTMLElement {
  const link = el('a', { class: 'file-name', download: name }, name)
  link.href = fileAddress(url)
  return el(
    'div',
    { class: 'file' },
    icon('file'),
    el('span', { class: 'file-text' }, link, el('span', { class: 'file-size' }, sizeText(bytes))),
  )
}

export function attachmentView(attachment: WireAttachment, showsPictures: boolean): HTMLElement {
  const { url, id, content_type: type, description, filename, size } = attachment
  if (type?.startsWith('image/') !== true) return fileView(url, filename, size)
  return pictureView({ media: { url, attachment_id: id }, description, showsPictures, className: 'attached' })
}

function sizeText(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`
  return bytes < 1_048_576 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1_048_576).toFixed(1)} MB`
}
