/**
 * The message box. `/` opens the list of what the bot offers here, then each option gets a field of its own, and Enter sends
 * once nothing is missing. Other words are written as the person one is.
 */

import type { ActionReply } from '../page-protocol.ts'
import { type Callable, callablesOf, fittingCallables, parseFields } from './command-draft.ts'
import { type CommandForm, createCommandForm, sendButton } from './command-form.ts'
import { byId, el } from './dom.ts'
import { createListbox } from './listbox.ts'
import { pathOf } from './option-suggestions.ts'
import type { Store } from './store.ts'

export interface ComposerHands {
  readonly onReply: (reply: ActionReply) => void
}

export function mountComposer(store: Store, hands: ComposerHands): void {
  const form = byId('composer')
  const note = el('p', { id: 'composer-note', class: 'composer-note', role: 'status' })
  const input = el('input', {
    id: 'composer-input',
    class: 'composer-input',
    type: 'text',
    role: 'combobox',
    'aria-expanded': 'false',
    'aria-autocomplete': 'list',
    'aria-describedby': 'composer-note',
    maxlength: 2000,
    spellcheck: 'false',
    autocomplete: 'off',
    enterkeyhint: 'send',
  })
  const idle = el('div', { class: 'composer-box' }, input, sendButton())
  const draftBox = el('div', { class: 'composer-draft', hidden: true })
  const list = createListbox('Commands', (choice) => begin(callables()[Number(choice.key)]))
  form.replaceChildren(el('div', { 'data-list-anchor': true }, note, idle, draftBox, list.element))
  let draft: CommandForm | undefined

  const callables = (): readonly Callable[] => {
    const offered = store.channel()?.offered ?? []
    const commands = (store.snapshot()?.commands ?? []).filter(({ id }) => offered.includes(id))
    return callablesOf(commands, store.settings().locale)
  }

  const suggest = () => {
    if (!input.value.startsWith('/')) return list.hide()
    const all = callables()
    const choices = fittingCallables(all, input.value.slice(1)).map((callable) => ({
      key: String(all.indexOf(callable)),
      label: `/${callable.title}`,
      description: callable.description,
    }))
    const empty = all.length === 0 ? 'The bot offers no command to you here.' : 'No command of that name.'
    list.show(input, choices, { active: 0, empty })
  }

  const begin = (callable: Callable | undefined) => {
    if (!callable) return
    list.hide()
    input.value = ''
    note.textContent = ''
    draft = createCommandForm(callable, store, {
      onCancel: end,
      onSubmit: () => void submit(),
      onNote: (text) => {
        note.textContent = text
      },
    })
    idle.hidden = true
    draftBox.hidden = false
    draftBox.replaceChildren(draft.element)
    draft.focusFirst()
  }

  const end = () => {
    draft?.close()
    draft = undefined
    draftBox.hidden = true
    draftBox.replaceChildren()
    idle.hidden = false
    note.textContent = ''
    input.focus()
  }

  const submit = async () => {
    if (!draft) return say()
    const parsed = parseFields(draft.fields())
    if (parsed.kind === 'blocked') return draft.complain(parsed.option, parsed.problem)
    const path = pathOf(draft.callable)
    end()
    const reply = await store.interact({ kind: 'command', ...path, options: parsed.options })
    hands.onReply(reply)
  }

  const say = async () => {
    const text = input.value.trim()
    if (text === '') return
    if (text.startsWith('/')) {
      note.textContent = 'Choose a command from the list.'
      return
    }
    const reply = await store.interact({ kind: 'say', text })
    if (reply.kind === 'failed') note.textContent = reply.reason
    else input.value = ''
  }

  input.addEventListener('input', () => {
    note.textContent = ''
    suggest()
  })
  input.addEventListener('blur', () => list.hide())
  input.addEventListener('keydown', (event) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    if (!list.isOpen()) return
    if (step !== 0) list.move(step)
    else if (event.key === 'Escape') list.hide()
    else if (event.key === 'Enter' || (event.key === 'Tab' && !event.shiftKey)) {
      const active = list.active()
      if (!active) return
      begin(callables()[Number(active.key)])
    } else return
    event.preventDefault()
  })
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    void submit()
  })

  store.subscribe((change) => {
    if (change.kind === 'channel' && draft) end()
    if (change.kind === 'channel' || change.kind === 'snapshot') describe(input, store)
    if (change.kind === 'settings' && change.changed.locale !== undefined && draft) end()
  })
}

function describe(input: HTMLInputElement, store: Store): void {
  const channel = store.channel()
  const place = channel?.kind === 'dm' ? `@${channel.name}` : `#${channel?.name ?? ''}`
  const text = channel?.kind === 'forum' ? 'Type / for a command' : `Message ${place}, or / for a command`
  input.placeholder = text
  input.setAttribute('aria-label', text)
}
