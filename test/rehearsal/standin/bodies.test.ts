import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestDiscord } from '../../support/standin.ts'
import { send } from './raw.ts'

const v2 = 1 << 15
const text = (content: string) => ({ type: 10, content })
const row = (...components: unknown[]) => ({ type: 1, components })
const button = (customId: string, more: object = {}) => ({
  type: 2,
  style: 1,
  label: 'Go',
  custom_id: customId,
  ...more,
})
const select = (options: number, more: object = {}) => ({
  type: 3,
  custom_id: 'select',
  options: Array.from({ length: options }, (_, index) => ({ label: `Option ${index}`, value: `${index}` })),
  ...more,
})
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index))

/** `expected`: 200, or Discord's code, or the code of one error in the tree with its path. */
type Case = readonly [name: string, body: unknown, expected: number | string]

const messages: readonly Case[] = [
  ['a plain text', { content: 'Hello' }, 200],
  ['2,000 characters', { content: 'a'.repeat(2000) }, 200],
  ['2,001 characters', { content: 'a'.repeat(2001) }, 'content:BASE_TYPE_MAX_LENGTH'],
  ['2,000 characters beyond the basic plane', { content: '𝔸'.repeat(2000) }, 200],
  ['nothing', {}, 50006],
  ['spaces only', { content: '   ' }, 50006],
  ['an empty list of embeds', { embeds: [] }, 50006],
  ['a number as content', { content: 5 }, 'content:STRING_TYPE_CONVERT'],
  ['a list as a body', [], 50035],
  ['a nonce of 25 characters', { content: 'a', nonce: 'n'.repeat(25) }, 200],
  ['a nonce of 26 characters', { content: 'a', nonce: 'n'.repeat(26) }, 'nonce:BASE_TYPE_MAX_LENGTH'],
  [
    'mentions parsed and listed',
    { content: 'a', allowed_mentions: { parse: ['users'], users: ['1'] } },
    'allowed_mentions.parse:MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE',
  ],
  [
    'an unknown kind of mention',
    { content: 'a', allowed_mentions: { parse: ['all'] } },
    'allowed_mentions.parse.0:BASE_TYPE_CHOICES',
  ],
  [
    'a reply to nothing',
    { content: 'a', message_reference: { message_id: '5' } },
    'message_reference:REPLIES_UNKNOWN_MESSAGE',
  ],
  [
    'a reply to nothing that may fail',
    { content: 'a', message_reference: { message_id: '5', fail_if_not_exists: false } },
    200,
  ],
  ['an embed', { embeds: [{ title: 'T', description: 'D', fields: [{ name: 'n', value: 'v' }] }] }, 200],
  ['ten embeds', { embeds: times(10, () => ({ description: 'd' })) }, 200],
  ['eleven embeds', { embeds: times(11, () => ({ description: 'd' })) }, 'embeds:BASE_TYPE_MAX_LENGTH'],
  ['an embed title of 257', { embeds: [{ title: 't'.repeat(257) }] }, 'embeds.0.title:BASE_TYPE_MAX_LENGTH'],
  [
    'an embed text of 4,097',
    { embeds: [{ description: 't'.repeat(4097) }] },
    'embeds.0.description:BASE_TYPE_MAX_LENGTH',
  ],
  [
    '26 embed fields',
    { embeds: [{ fields: times(26, () => ({ name: 'n', value: 'v' })) }] },
    'embeds.0.fields:BASE_TYPE_MAX_LENGTH',
  ],
  [
    'an embed field without a value',
    { embeds: [{ fields: [{ name: 'n' }] }] },
    'embeds.0.fields.0.value:BASE_TYPE_REQUIRED',
  ],
  ['6,000 characters in two embeds', { embeds: times(2, () => ({ description: 'd'.repeat(3000) })) }, 200],
  [
    '6,001 characters in two embeds',
    { embeds: [{ description: 'd'.repeat(3000) }, { description: 'd'.repeat(3001) }] },
    'embeds:MAX_EMBED_SIZE_EXCEEDED',
  ],
  [
    'an embed with a javascript link',
    { embeds: [{ title: 't', url: 'javascript:alert(1)' }] },
    'embeds.0.url:URL_TYPE_INVALID_SCHEME',
  ],
  ['a poll', { poll: { question: { text: 'q' }, answers: [{ poll_media: { text: 'a' } }] } }, 200],
  [
    'a poll of eleven answers',
    { poll: { question: { text: 'q' }, answers: times(11, () => ({ poll_media: { text: 'a' } })) } },
    'poll.answers:BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a poll answer of 56',
    { poll: { question: { text: 'q' }, answers: [{ poll_media: { text: 'a'.repeat(56) } }] } },
    'poll.answers.0.poll_media.text:BASE_TYPE_BAD_LENGTH',
  ],
]

const legacyComponents: readonly Case[] = [
  ['a row with a button', { content: 'a', components: [row(button('a'))] }, 200],
  ['a row alone', { components: [row(button('a'))] }, 200],
  ['five rows', { components: times(5, (index) => row(button(`b${index}`))) }, 200],
  [
    'six rows',
    { components: times(6, (index) => row(button(`b${index}`))) },
    'components:BASE_TYPE_MAX_LENGTH',
  ],
  ['five buttons in a row', { components: [row(...times(5, (index) => button(`b${index}`)))] }, 200],
  [
    'six buttons in a row',
    { components: [row(...times(6, (index) => button(`b${index}`)))] },
    'components.0.components:BASE_TYPE_BAD_LENGTH',
  ],
  ['an empty row', { components: [row()] }, 'components.0.components:BASE_TYPE_REQUIRED'],
  ['a button outside a row', { components: [button('a')] }, 'components.0.type:UNION_TYPE_CHOICES'],
  [
    'the same custom id twice',
    { components: [row(button('a'), button('a'))] },
    'components.0.components.1.custom_id:COMPONENT_CUSTOM_ID_DUPLICATED',
  ],
  ['a custom id of 100', { components: [row(button('c'.repeat(100)))] }, 200],
  [
    'a custom id of 101',
    { components: [row(button('c'.repeat(101)))] },
    'components.0.components.0.custom_id:BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a label of 81',
    { components: [row(button('a', { label: 'l'.repeat(81) }))] },
    'components.0.components.0.label:BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a button without label or emoji',
    { components: [row({ type: 2, style: 1, custom_id: 'a' })] },
    'components.0.components.0:BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED',
  ],
  [
    'a button without a custom id',
    { components: [row({ type: 2, style: 1, label: 'a' })] },
    'components.0.components.0.custom_id:BASE_TYPE_REQUIRED',
  ],
  [
    'a link button',
    { components: [row({ type: 2, style: 5, label: 'a', url: 'https://example.org' })] },
    200,
  ],
  [
    'a link button without a link',
    { components: [row({ type: 2, style: 5, label: 'a' })] },
    'components.0.components.0.url:BASE_TYPE_REQUIRED',
  ],
  [
    'a link button with a custom id',
    { components: [row({ type: 2, style: 5, label: 'a', url: 'https://example.org', custom_id: 'a' })] },
    'components.0.components.0:BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE',
  ],
  [
    'a link of 513 characters',
    { components: [row({ type: 2, style: 5, label: 'a', url: `https://example.org/${'p'.repeat(493)}` })] },
    'components.0.components.0.url:BASE_TYPE_MAX_LENGTH',
  ],
  [
    'a link that is none',
    { components: [row({ type: 2, style: 5, label: 'a', url: 'example' })] },
    'components.0.components.0.url:URL_TYPE_INVALID_URL',
  ],
  [
    'an unknown style',
    { components: [row(button('a', { style: 9 }))] },
    'components.0.components.0.style:NUMBER_TYPE_MAX',
  ],
  ['an emoji', { components: [row(button('a', { emoji: { name: '📰' } }))] }, 200],
  [
    'a word as an emoji',
    { components: [row(button('a', { emoji: { name: 'news' } }))] },
    'components.0.components.0.emoji.name:COMPONENT_INVALID_EMOJI',
  ],
  ['a select of 25', { components: [row(select(25))] }, 200],
  [
    'a select of 26',
    { components: [row(select(26))] },
    'components.0.components.0.options:BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a select of none',
    { components: [row(select(0))] },
    'components.0.components.0.options:BASE_TYPE_REQUIRED',
  ],
  [
    'a select beside a button',
    { components: [row(select(2), button('a'))] },
    'components.0.components.1:COMPONENT_LAYOUT_WIDTH_EXCEEDED',
  ],
  [
    'a select with the same value twice',
    { components: [row({ type: 3, custom_id: 's', options: times(2, () => ({ label: 'l', value: 'v' })) })] },
    'components.0.components.0.options.1.value:SELECT_COMPONENT_OPTION_VALUE_DUPLICATED',
  ],
  [
    'a select that wants more than it has',
    { components: [row(select(2, { max_values: 3 }))] },
    'components.0.components.0.max_values:SELECT_COMPONENT_MAX_VALUES_ABOVE_OPTIONS',
  ],
  [
    'a placeholder of 151',
    { components: [row(select(2, { placeholder: 'p'.repeat(151) }))] },
    'components.0.components.0.placeholder:BASE_TYPE_MAX_LENGTH',
  ],
  [
    'an option label of 101',
    { components: [row({ type: 3, custom_id: 's', options: [{ label: 'l'.repeat(101), value: 'v' }] })] },
    'components.0.components.0.options.0.label:BASE_TYPE_BAD_LENGTH',
  ],
  ['a channel select', { components: [row({ type: 8, custom_id: 'c', channel_types: [0, 5] })] }, 200],
  ['a text display without the flag', { components: [text('a')] }, 'components.0.type:UNION_TYPE_CHOICES'],
  [
    'a text input in a message',
    { components: [row({ type: 4, custom_id: 'a', style: 1, label: 'l' })] },
    'components.0.components.0.type:UNION_TYPE_CHOICES',
  ],
]

const newComponents: readonly Case[] = [
  ['a text display', { flags: v2, components: [text('# News')] }, 200],
  ['no components', { flags: v2 }, 50006],
  ['an empty text', { flags: v2, components: [text('')] }, 'components.0.content:BASE_TYPE_REQUIRED'],
  [
    'content beside them',
    { flags: v2, content: 'a', components: [text('a')] },
    'content:MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  ],
  [
    'embeds beside them',
    { flags: v2, embeds: [{ title: 'a' }], components: [text('a')] },
    'embeds:MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  ],
  [
    'a poll beside them',
    {
      flags: v2,
      components: [text('a')],
      poll: { question: { text: 'q' }, answers: [{ poll_media: { text: 'a' } }] },
    },
    'poll:MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2',
  ],
  [
    '4,000 characters in two texts',
    { flags: v2, components: [text('a'.repeat(2000)), text('b'.repeat(2000))] },
    200,
  ],
  [
    '4,001 characters in two texts',
    { flags: v2, components: [text('a'.repeat(2000)), text('b'.repeat(2001))] },
    'components:COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED',
  ],
  [
    '40 components with a container and a row',
    { flags: v2, components: [{ type: 17, components: [row(button('a')), ...times(37, () => text('a'))] }] },
    200,
  ],
  [
    '41 components with a container and a row',
    { flags: v2, components: [{ type: 17, components: [row(button('a')), ...times(38, () => text('a'))] }] },
    'components:COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED',
  ],
  [
    'a section with a button',
    { flags: v2, components: [{ type: 9, components: [text('a')], accessory: button('a') }] },
    200,
  ],
  [
    'a section with a picture',
    {
      flags: v2,
      components: [
        {
          type: 9,
          components: [text('a')],
          accessory: { type: 11, media: { url: 'https://example.org/a.png' } },
        },
      ],
    },
    200,
  ],
  [
    'a section without an accessory',
    { flags: v2, components: [{ type: 9, components: [text('a')] }] },
    50035,
  ],
  [
    'a section of four texts',
    { flags: v2, components: [{ type: 9, components: times(4, () => text('a')), accessory: button('a') }] },
    'components.0.components:BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a gallery of ten',
    {
      flags: v2,
      components: [{ type: 12, items: times(10, () => ({ media: { url: 'https://example.org/a.png' } })) }],
    },
    200,
  ],
  [
    'a gallery of eleven',
    {
      flags: v2,
      components: [{ type: 12, items: times(11, () => ({ media: { url: 'https://example.org/a.png' } })) }],
    },
    'components.0.items:BASE_TYPE_BAD_LENGTH',
  ],
  [
    'a picture that was not sent',
    { flags: v2, components: [{ type: 12, items: [{ media: { url: 'attachment://a.png' } }] }] },
    'components.0.items.0.media.url:UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
  ],
  [
    'a file from elsewhere',
    { flags: v2, components: [{ type: 13, file: { url: 'https://example.org/a.txt' } }] },
    'components.0.file.url:URL_TYPE_INVALID_SCHEME',
  ],
  ['a separator', { flags: v2, components: [text('a'), { type: 14, divider: false, spacing: 2 }] }, 200],
  ['a separator of three', { flags: v2, components: [text('a'), { type: 14, spacing: 3 }] }, 50035],
  [
    'a container in a container',
    { flags: v2, components: [{ type: 17, components: [{ type: 17, components: [text('a')] }] }] },
    'components.0.components.0.type:UNION_TYPE_CHOICES',
  ],
  [
    'a colour out of range',
    { flags: v2, components: [{ type: 17, accent_color: 0x1000000, components: [text('a')] }] },
    'components.0.accent_color:NUMBER_TYPE_MAX',
  ],
  [
    'the same number twice',
    {
      flags: v2,
      components: [
        { ...text('a'), id: 7 },
        { ...text('b'), id: 7 },
      ],
    },
    'components.1.id:COMPONENT_ID_DUPLICATED',
  ],
  [
    'six rows, which is fine here',
    { flags: v2, components: times(6, (index) => row(button(`b${index}`))) },
    200,
  ],
  ['10,170 bytes of Japanese', { flags: v2, components: [text('新'.repeat(3386))] }, 200],
  ['10,173 bytes of Japanese', { flags: v2, components: [text('新'.repeat(3387))] }, 0],
]

const slash = (more: object = {}) => [{ name: 'news', description: 'The news', ...more }]
const option = (more: object = {}) => ({ type: 3, name: 'story', description: 'Which', ...more })

const commands: readonly Case[] = [
  ['a command', slash(), 200],
  ['none', [], 200],
  ['a name in capitals', slash({ name: 'News' }), '0.name:APPLICATION_COMMAND_INVALID_NAME'],
  ['a name with a space', slash({ name: 'the news' }), '0.name:APPLICATION_COMMAND_INVALID_NAME'],
  ['a name of 33', slash({ name: 'n'.repeat(33) }), '0.name:BASE_TYPE_BAD_LENGTH'],
  ['a name in Cyrillic', slash({ name: 'новости' }), 200],
  ['a name in Devanagari', slash({ name: 'समाचार' }), 200],
  ['no description', [{ name: 'news' }], '0.description:BASE_TYPE_REQUIRED'],
  ['a description of 101', slash({ description: 'd'.repeat(101) }), '0.description:BASE_TYPE_MAX_LENGTH'],
  ['a message command with a space', [{ type: 3, name: 'Show full text' }], 200],
  [
    'a message command with a description',
    [{ type: 3, name: 'Show', description: 'd' }],
    '0.description:APPLICATION_COMMAND_DESCRIPTION_NOT_ALLOWED',
  ],
  ['the same name twice', [...slash(), ...slash()], '1:APPLICATION_COMMANDS_DUPLICATE_NAME'],
  ['the same name for another type', [...slash(), { type: 3, name: 'news' }], 200],
  [
    'an unknown locale',
    slash({ name_localizations: { xx: 'news' } }),
    '0.name_localizations.xx:BASE_TYPE_CHOICES',
  ],
  [
    'a localized name in capitals',
    slash({ name_localizations: { de: 'Nachrichten' } }),
    '0.name_localizations.de:APPLICATION_COMMAND_INVALID_NAME',
  ],
  ['25 options', slash({ options: times(25, (index) => option({ name: `o${index}` })) }), 200],
  [
    '26 options',
    slash({ options: times(26, (index) => option({ name: `o${index}` })) }),
    '0.options:BASE_TYPE_MAX_LENGTH',
  ],
  [
    'an option name twice',
    slash({ options: [option(), option()] }),
    '0.options.1:APPLICATION_COMMAND_OPTIONS_NAME_INVALID',
  ],
  [
    'required after optional',
    slash({ options: [option(), option({ name: 'b', required: true })] }),
    '0.options.1:APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
  ],
  [
    'autocomplete with choices',
    slash({ options: [option({ autocomplete: true, choices: [{ name: 'a', value: 'a' }] })] }),
    '0.options.0.autocomplete:APPLICATION_COMMAND_AUTOCOMPLETE_INVALID',
  ],
  ['autocomplete on a channel', slash({ options: [option({ type: 7, autocomplete: true })] }), 50035],
  [
    '26 choices',
    slash({
      options: [option({ choices: times(26, (index) => ({ name: `${index}`, value: `${index}` })) })],
    }),
    '0.options.0.choices:BASE_TYPE_MAX_LENGTH',
  ],
  ['a number among texts', slash({ options: [option({ choices: [{ name: 'a', value: 5 }] })] }), 50035],
  [
    'a min_length above max_length',
    slash({ options: [option({ min_length: 9, max_length: 3 })] }),
    '0.options.0.min_length:BASE_TYPE_BAD_RANGE',
  ],
  [
    'subcommands beside options',
    slash({ options: [{ type: 1, name: 'a', description: 'd' }, option()] }),
    '0.options:APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
  ],
  [
    'a group in a group',
    slash({
      options: [
        { type: 2, name: 'a', description: 'd', options: [{ type: 2, name: 'b', description: 'd' }] },
      ],
    }),
    50035,
  ],
  ['100 commands', times(100, (index) => ({ name: `c${index}`, description: 'd' })), 200],
  ['101 commands', times(101, (index) => ({ name: `c${index}`, description: 'd' })), 30032],
  ['16 message commands', times(16, (index) => ({ type: 3, name: `c${index}` })), 30032],
  [
    '8,000 characters and more',
    slash({
      options: times(20, (index) =>
        option({
          name: `o${index}`,
          description: 'd'.repeat(100),
          choices: times(4, (nth) => ({ name: `${nth}${'n'.repeat(98)}`, value: 'v' })),
        }),
      ),
    }),
    '0:APPLICATION_COMMAND_TOO_LARGE',
  ],
]

function verdictOf(
  answer: { status: number; code: number | undefined; errors: readonly string[] },
  expected: Case[2],
) {
  if (typeof expected === 'string') return answer.errors.includes(expected) ? expected : answer.errors
  return answer.status < 300 ? 200 : answer.code
}

interface Ids {
  readonly news: string
  readonly app: string
}

/** Good and bad bodies meet separate stand-ins: what the good ones send must keep to Discord's document too. */
function judge(title: string, method: string, cases: readonly Case[], pathOf: (ids: Ids) => string): void {
  for (const isGood of [true, false]) {
    test(`${title} ${isGood ? 'is taken' : 'is refused'}`, async (t) => {
      const discord = await openTestDiscord(t, { allowBadRequests: !isGood })
      const ids = { news: discord.world.channelNamed('news').id, app: discord.world.applicationId }
      for (const [name, body, expected] of cases.filter((one) => (one[2] === 200) === isGood)) {
        await t.test(isGood ? name : `${name}: ${expected}`, async () => {
          const answer = await send(discord, method, pathOf(ids), body)
          assert.deepEqual(verdictOf(answer, expected), expected, JSON.stringify(answer.body))
          if (typeof expected === 'string') assert.equal(answer.code, 50035)
        })
      }
    })
  }
}

judge('a message with', 'POST', messages, ({ news }) => `/channels/${news}/messages`)
judge('a message whose components are', 'POST', legacyComponents, ({ news }) => `/channels/${news}/messages`)
judge('a message of new components with', 'POST', newComponents, ({ news }) => `/channels/${news}/messages`)
judge('registering commands with', 'PUT', commands, ({ app }) => `/applications/${app}/commands`)
