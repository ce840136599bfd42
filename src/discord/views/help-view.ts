/** What the bot can do, by command; each is shown so that a tap runs it. */
import type { KnownCommand } from '../context.ts'
import { isTextKey, type Say } from '../text/say.ts'
import { container, separator, text, type View } from './layout.ts'

/** Members' commands in the order in which somebody new wants them. A command that is in no group fails a test. */
export const memberGroups = [
  { title: 'help.read', commands: ['headlines', 'search', 'summary', 'fulltext', 'summarise'] },
  { title: 'help.follow', commands: ['follow', 'subscribe', 'following'] },
  { title: 'help.about', commands: ['help', 'privacy', 'forget me'] },
] as const

export interface HelpOptions {
  readonly commands: readonly KnownCommand[]
  /** Whether the reader may use what is for owners, here. */
  readonly canManage: boolean
  readonly mention: (command: string) => string
}

export function helpView({ commands, canManage, mention }: HelpOptions, say: Say): View {
  const known = new Set(commands.map(({ name }) => name))
  const lineOf = (name: string): string => `${mention(name)} ${about(name, say)}`
  const groups = memberGroups.map((group) =>
    [
      `### ${say(group.title)}`,
      ...group.commands.filter((name) => known.has(name)).map(lineOf),
      ...(group.title === 'help.read' ? [messageMenuLine(say)] : []),
    ].join('\n'),
  )
  const owners = commands.filter(({ forOwners }) => forOwners).map(({ name }) => name)
  return {
    components: [
      container([
        text(say('help.intro')),
        ...groups.map(text),
        text(`-# ${say('help.everywhere')}`),
        ...(canManage && owners.length > 0
          ? [separator, text(`### ${say('help.owners')}`), ...ownerBlocks(owners, mention, say).map(text)]
          : []),
      ]),
    ],
  }
}

/** There are many: those of one kind stand together, with what they are for. */
function ownerBlocks(
  names: readonly string[],
  mention: (command: string) => string,
  say: Say,
): readonly string[] {
  const roots = Map.groupBy(names, (name) => name.split(' ')[0] ?? name)
  return [...roots].map(([root, members]) => {
    const mentions = members.map(mention).join(' ')
    return members.length === 1 ? `${mentions} ${about(root, say)}` : `${about(root, say)}\n${mentions}`
  })
}

/** What the menu of a message offers. */
function messageMenuLine(say: Say): string {
  const name = say('message.summarise.name')
  return say('help.message', { name })
}

function about(name: string, say: Say): string {
  const key = `command.${name.replace(' ', '.')}.description`
  return isTextKey(key) ? say(key) : ''
}
