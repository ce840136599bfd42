/**
 * The rehearsal without a page: the digests come at their slots, a member runs the commands and presses the buttons, and
 * everything is written down as it was seen. Anything amiss throws with the reason.
 */
import type { RehearsalStage } from './stage.ts'
import { reasonOf } from './stage.ts'
import type { Answer, MemberHands, StoredMessage } from './standin/types.ts'
import { messageLines } from './transcript.ts'

const longestAnswerMs = 5000

/** Writes the transcript line by line. Errors: the first thing that was not as it should be. */
export async function runOnce(stage: RehearsalStage, write: (line: string) => void): Promise<void> {
  const { standIn, posted } = stage
  if (posted.length === 0)
    throw new Error('There is no digest to rehearse: the folder of digests holds none that can be used.')
  const digests = await untilPosted(stage, write)
  for (const { title, channelId, message } of digests) {
    const member = standIn.member(stage.memberId, { guildId: stage.guildId, locale: localeOf(message) })
    await asMember(member, channelId, message, title, write)
  }
  await allAnswered(standIn)
  if (standIn.violations.length > 0) {
    const [first] = standIn.violations
    throw new Error(
      `${standIn.violations.length} requests or answers broke Discord's document, first: ${first?.operation} ${first?.path}: ${first?.message}`,
    )
  }
  const posts = standIn.requests.filter(
    (request) => request.route === 'POST /channels/{channel_id}/messages',
  ).length
  write('')
  write(
    `Rehearsed: ${counted(digests.length, 'digest')} in ${counted(posts, 'message')}, ${standIn.requests.length} requests to Discord, none refused.`,
  )
  const refused = standIn.requests.find((request) => (request.status ?? 500) >= 400)
  if (refused !== undefined)
    throw new Error(`Discord refused ${refused.method} ${refused.path} with ${refused.status}.`)
}

/** What a request changed may be seen a moment before its answer is noted. */
async function allAnswered({ requests }: RehearsalStage['standIn']): Promise<void> {
  const until = performance.now() + longestAnswerMs
  while (requests.some(({ status }) => status === undefined) && performance.now() < until)
    await new Promise((resolve) => setImmediate(resolve))
}

function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`
}

interface PostedDigest {
  readonly title: string
  readonly channelId: string
  readonly message: StoredMessage
}

/** Moves the clock from slot to slot until every digest was posted, or had its chance and nothing to say. */
async function untilPosted(
  stage: RehearsalStage,
  write: (line: string) => void,
): Promise<readonly PostedDigest[]> {
  const { world } = stage.standIn
  const seen = new Map<string, PostedDigest>()
  const awaited = () => stage.posted.filter(({ digestId }) => !seen.has(digestId))
  for (let slots = 0; awaited().length > 0 && slots < 2 * stage.posted.length; slots += 1) {
    await stage.nextSlot()
    for (const { digestId, title, channelId } of awaited()) {
      // Several digests may share a channel: each message bears the title of its own.
      const messages = world.messages(channelId).filter((each) => messageLines(each)[0]?.includes(title))
      const [message] = messages
      if (message === undefined) continue
      seen.set(digestId, { title, channelId, message })
      const at = new Date(stage.clock.now()).toISOString().slice(0, 16).replace('T', ' ')
      write('')
      write(`#${world.channel(channelId)?.name} at ${at} UTC, posted by ${world.bot.username}:`)
      for (const each of messages) for (const line of messageLines(each)) write(`  ${line}`)
    }
  }
  if (seen.size === 0) {
    throw new Error(`No digest was posted for ${stage.posted.map((each) => each.title).join(', ')}.`)
  }
  for (const { title } of awaited()) {
    write('')
    write(
      `${title} had nothing to post: its sources brought no article. The log above says which could not be read.`,
    )
  }
  return [...seen.values()]
}

async function asMember(
  member: MemberHands,
  channelId: string,
  digest: StoredMessage,
  title: string,
  write: (line: string) => void,
): Promise<void> {
  const show = (what: string, answer: Answer): StoredMessage => {
    if (answer.kind !== 'message' && answer.kind !== 'update')
      throw new Error(`${what} failed: ${reasonOf(answer)}`)
    if (answer.kind === 'message' && !answer.ephemeral) throw new Error(`${what} was answered in public.`)
    write('')
    write(
      `${member.user.username} ${what} (answered after ${Math.round(answer.ackMs)} ms, only ${member.user.username} sees it):`,
    )
    for (const line of messageLines(answer.message)) write(`  ${line}`)
    return answer.message
  }
  const offered = await member.autocomplete(channelId, 'headlines', {}, 'digest')
  const choice = offered.kind === 'choices' ? offered.choices.find((each) => each.name === title) : undefined
  if (choice === undefined) throw new Error(`Autocomplete did not offer the digest "${title}".`)
  show(
    `runs /headlines digest:${choice.name}`,
    await member.command(channelId, 'headlines', { digest: choice.value }),
  )

  const word = longestWord(digest)
  const found = await member.autocomplete(channelId, 'summary', { story: word }, 'story')
  const story = found.kind === 'choices' ? found.choices[0] : undefined
  if (story === undefined) throw new Error(`Autocomplete found no headline with "${word}".`)
  show(
    `runs /summary story:${story.name}`,
    await member.command(channelId, 'summary', { story: story.value }),
  )
  const text = show(
    `runs /fulltext story:${story.name}`,
    await member.command(channelId, 'fulltext', { story: story.value }),
  )
  const next = enabledButton(text, (id) => /^1:text:[^:]+:1$/.test(id))
  if (next !== undefined) show('turns the page', await member.click(channelId, text.wire.id, next))
  const button = enabledButton(digest, (id) => id.startsWith('1:summary:'))
  if (button === undefined) throw new Error('The digest bears no Summary button.')
  show('presses Summary under the first story', await member.click(channelId, digest.wire.id, button))
}

/** A word of the first headline, to be typed as a person would. */
function longestWord(digest: StoredMessage): string {
  const headline =
    messageLines(digest)
      .slice(2)
      .find((line) => /\p{L}{4}/u.test(line)) ?? ''
  const words = headline.match(/\p{L}+/gu) ?? []
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest), '')
}

function enabledButton(message: StoredMessage, wanted: (customId: string) => boolean): string | undefined {
  const found: string[] = []
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const each of value) visit(each)
    } else if (typeof value === 'object' && value !== null) {
      if (
        'custom_id' in value &&
        typeof value.custom_id === 'string' &&
        !('disabled' in value && value.disabled === true)
      ) {
        found.push(value.custom_id)
      }
      for (const each of Object.values(value)) visit(each)
    }
  }
  visit(message.wire.components)
  return found.find(wanted)
}

/** A member reads in the language of the digest: told by the label of its first button. */
function localeOf(message: StoredMessage): string {
  return messageLines(message).some((line) => line.includes('[Zusammenfassung]')) ? 'de' : 'en-US'
}
