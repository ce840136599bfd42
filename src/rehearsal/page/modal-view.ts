/** A modal of the bot as a dialog: labelled fields, checked by the browser, sent together. */
import type { ActionReply } from '../page-protocol.ts'
import type { WireModal, WireModalPart, WireTextInput } from '../standin/wire.ts'
import { button, el, icon } from './dom.ts'
import { markdownView } from './markdown-view.ts'
import type { MessageContext } from './message-view.ts'
import { selectView, standingValues } from './select-view.ts'

type Fields = Record<string, string | readonly string[]>

/** Opens the modal; it closes when `submit` brought an answer, and stays with a sentence when it failed. */
export function openModal(
  modal: WireModal,
  context: MessageContext,
  submit: (fields: Fields) => Promise<ActionReply>,
): void {
  const before = document.activeElement
  const fields: Fields = {}
  const error = el('p', { class: 'failure modal-error', role: 'alert' })
  const close = () => dialog.close()
  const send = el('button', { type: 'submit', class: 'button primary' }, 'Submit')
  const form = el(
    'form',
    { class: 'modal-form' },
    el(
      'header',
      {},
      el('h2', { id: 'modal-title' }, modal.title),
      button({ class: 'icon-button', 'aria-label': 'Close' }, close, icon('close')),
    ),
    el(
      'div',
      { class: 'modal-parts' },
      ...modal.components.flatMap((part) => partView(part, fields, context)),
    ),
    error,
    el('footer', {}, button({ class: 'button secondary' }, close, 'Cancel'), send),
  )
  const dialog = el('dialog', { class: 'modal', 'aria-labelledby': 'modal-title' }, form)
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    send.disabled = true
    void submit(fields).then((reply) => {
      send.disabled = false
      if (reply.kind !== 'failed') return close()
      error.textContent = `Something went wrong. Try again. (${reply.reason})`
    })
  })
  dialog.addEventListener('close', () => {
    dialog.remove()
    if (before instanceof HTMLElement && before.isConnected) before.focus()
    else document.getElementById('composer-input')?.focus()
  })
  document.body.append(dialog)
  dialog.showModal()
  form.querySelector<HTMLElement>('input, textarea, .select')?.focus()
}

let labels = 0

function partView(part: WireModalPart, fields: Fields, context: MessageContext): readonly HTMLElement[] {
  if (part.type === 10) return [markdownView(part.content, context)]
  if (part.type === 1)
    return part.components.map((input) => textField(input, input.label ?? '', undefined, fields))
  const { component: field, label, description } = part
  if (field.type === 4) return [textField(field, label, description ?? undefined, fields)]
  labels += 1
  const id = `modal-label-${labels}`
  fields[field.custom_id] = standingValues(field)
  const select = selectView({
    select: field,
    snapshot: context.snapshot(),
    label,
    labelledBy: id,
    onDone: (values) => {
      fields[field.custom_id] = values
    },
  })
  return [
    el(
      'div',
      { class: 'modal-field' },
      el('span', { id, class: 'modal-label' }, label, field.required && required()),
      description ? el('span', { class: 'modal-description' }, description) : undefined,
      select,
    ),
  ]
}

function required(): HTMLElement {
  return el('span', { class: 'required', title: 'required' }, '*')
}

function textField(
  input: WireTextInput,
  label: string,
  description: string | undefined,
  fields: Fields,
): HTMLElement {
  labels += 1
  const id = `modal-field-${labels}`
  const attributes = {
    id,
    name: input.custom_id,
    placeholder: input.placeholder ?? undefined,
    required: input.required,
    minlength: input.min_length ?? undefined,
    maxlength: input.max_length ?? 4000,
    'aria-describedby': description === undefined ? undefined : `${id}-description`,
  }
  const field =
    input.style === 2
      ? el('textarea', { ...attributes, rows: 4 })
      : el('input', { ...attributes, type: 'text' })
  field.value = input.value ?? ''
  fields[input.custom_id] = field.value
  field.addEventListener('input', () => {
    fields[input.custom_id] = field.value
  })
  return el(
    'div',
    { class: 'modal-field' },
    el('label', { for: id, class: 'modal-label' }, label, input.required && required()),
    description
      ? el('span', { id: `${id}-description`, class: 'modal-description' }, description)
      : undefined,
    field,
  )
}
