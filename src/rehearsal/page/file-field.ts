/** An attachment option as a field: a chosen file is kept by the server at once, and the field holds the id it got. */
import type { UploadReply } from '../page-protocol.ts'
import type { WireCommandOption } from '../standin/wire.ts'
import { localName } from './command-draft.ts'
import { el } from './dom.ts'
import { type OptionField, optionChip } from './option-field.ts'

export interface FileFieldHands {
  readonly upload: (file: File) => Promise<UploadReply>
  readonly onKept: () => void
  readonly onNote: (text: string) => void
}

export function createFileField(
  option: WireCommandOption,
  locale: string,
  { upload, onKept, onNote }: FileFieldHands,
): OptionField {
  const isRequired = option.required === true
  const input = el('input', {
    type: 'file',
    'aria-label': `${localName(option, locale)}${isRequired ? ', required' : ''}`,
    'data-option': option.name,
  })
  const element = optionChip(option, locale, input)
  let kept: string | undefined

  const keep = async (file: File) => {
    const reply = await upload(file)
    if (input.files?.[0] !== file) return
    if (reply.kind === 'failed') {
      input.value = ''
      element.classList.add('wrong')
      return onNote(reply.reason)
    }
    kept = reply.id
    element.classList.add('chosen')
    onKept()
  }
  input.addEventListener('change', () => {
    kept = undefined
    element.classList.remove('chosen', 'wrong')
    input.removeAttribute('aria-invalid')
    const file = input.files?.[0]
    if (file) void keep(file)
  })
  return {
    option,
    element,
    input,
    read: () => ({ option, text: input.value, ...(kept === undefined ? {} : { value: kept }) }),
    chosen: () => kept,
    choose: () => {},
    markWrong: () => {
      element.classList.add('wrong')
      input.setAttribute('aria-invalid', 'true')
    },
  }
}
