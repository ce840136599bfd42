import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  callablesOf,
  type Field,
  fittingCallables,
  optionsWhileTyping,
  parseField,
  parseFields,
} from '../../../src/rehearsal/page/command-draft.ts'
import { fittingChoices, optionChoices } from '../../../src/rehearsal/page/option-choices.ts'
import type { WireCommand, WireCommandOption } from '../../../src/rehearsal/standin/wire.ts'

function command(part: Partial<WireCommand> & { readonly name: string }): WireCommand {
  return {
    id: '1',
    application_id: '2',
    version: '3',
    type: 1,
    name_localizations: null,
    description: 'What it does',
    description_localizations: null,
    default_member_permissions: null,
    nsfw: false,
    ...part,
  }
}

function option(part: Partial<WireCommandOption> & { readonly type: number }): WireCommandOption {
  return { name: 'story', description: 'Which', ...part }
}

const nested = command({
  name: 'digest',
  name_localizations: { de: 'ausgabe' },
  options: [
    option({ type: 1, name: 'show' }),
    option({
      type: 2,
      name: 'source',
      options: [option({ type: 1, name: 'add', options: [option({ type: 3 })] })],
    }),
  ],
})

test('subcommands and groups are called by their path, the command alone is not', () => {
  const callables = callablesOf([nested, command({ name: 'headlines' })], 'de')
  assert.deepEqual(
    callables.map(({ title, name, group, subcommand }) => ({ title, name, group, subcommand })),
    [
      { title: 'ausgabe show', name: 'digest', group: undefined, subcommand: 'show' },
      { title: 'ausgabe source add', name: 'digest', group: 'source', subcommand: 'add' },
      { title: 'headlines', name: 'headlines', group: undefined, subcommand: undefined },
    ],
  )
})

test('user and message commands are no slash commands', () => {
  assert.deepEqual(callablesOf([command({ name: 'Summarise', type: 3 })], 'en-US'), [])
})

test('what begins with the typed text comes before what only holds it', () => {
  const callables = callablesOf([command({ name: 'fulltext' }), command({ name: 'text' })], 'en-US')
  assert.deepEqual(
    fittingCallables(callables, 'TEXT').map(({ title }) => title),
    ['text', 'fulltext'],
  )
})

const parses: readonly (readonly [string, Field, ReturnType<typeof parseField>])[] = [
  [
    'free text is taken as typed',
    { option: option({ type: 3 }), text: ' a ' },
    { kind: 'value', value: ' a ' },
  ],
  [
    'a chosen value wins over its label',
    { option: option({ type: 3 }), text: 'Label', value: '7' },
    { kind: 'value', value: '7' },
  ],
  ['blank is empty', { option: option({ type: 3 }), text: '  ' }, { kind: 'empty' }],
  [
    'text that is no choice is refused',
    { option: option({ type: 3, choices: [] }), text: 'x' },
    { kind: 'problem', problem: 'Choose one of the list.' },
  ],
  [
    'a short text is refused',
    { option: option({ type: 3, min_length: 3 }), text: 'ab' },
    { kind: 'problem', problem: 'At least 3 characters are needed.' },
  ],
  ['a whole number is parsed', { option: option({ type: 4 }), text: '12' }, { kind: 'value', value: 12 }],
  [
    'half a number is no whole one',
    { option: option({ type: 4 }), text: '1.5' },
    { kind: 'problem', problem: 'A whole number is needed.' },
  ],
  [
    'a decimal comma is understood',
    { option: option({ type: 10 }), text: '1,5' },
    { kind: 'value', value: 1.5 },
  ],
  [
    'a number out of range is refused',
    { option: option({ type: 4, max_value: 9 }), text: '10' },
    { kind: 'problem', problem: 'The number must be at most 9.' },
  ],
  [
    'a channel must be chosen',
    { option: option({ type: 7 }), text: '#news' },
    { kind: 'problem', problem: 'Choose one of the list.' },
  ],
]

for (const [name, field, expected] of parses) {
  test(name, () => {
    assert.deepEqual(parseField(field), expected)
  })
}

test('a missing required option blocks the command, a missing optional one is left out', () => {
  const required = option({ type: 3, name: 'a', required: true })
  const optional = option({ type: 5, name: 'b' })
  assert.deepEqual(parseFields([{ option: required, text: '' }]), {
    kind: 'blocked',
    option: required,
    problem: 'This option is required.',
  })
  assert.deepEqual(
    parseFields([
      { option: required, text: 'x' },
      { option: optional, text: '' },
    ]),
    { kind: 'ready', options: { a: 'x' } },
  )
})

test('autocomplete is asked with the typed text and the options that are already good', () => {
  const fields = [
    { option: option({ type: 4, name: 'count' }), text: 'many' },
    { option: option({ type: 5, name: 'private' }), text: 'True', value: true },
    { option: option({ type: 3, name: 'story', autocomplete: true }), text: 'nig' },
  ]
  assert.deepEqual(optionsWhileTyping(fields, 'story'), { private: true, story: 'nig' })
})

test('choices are named in the locale and found by what was typed', () => {
  const choices = optionChoices(
    option({ type: 3, choices: [{ name: 'short', name_localizations: { de: 'kurz' }, value: 's' }] }),
    undefined,
    'de',
  )
  assert.deepEqual(fittingChoices(choices ?? [], 'KUR'), [{ label: 'kurz', value: 's' }])
})
