/** Every kind of option, by hand. */
import { articleOption } from './article.ts'
import { channelOption } from './channel.ts'
import { digestOption } from './digest.ts'
import { feedOption } from './feed.ts'
import { ownDigestOption } from './feed-digest.ts'
import { languageOption } from './language.ts'
import type { OptionKind } from './option.ts'
import { booleanOption, fileOption, numberOption, roleOption, textOption } from './plain.ts'
import { ruleKindOption, ruleReachOption, ruleSideOption } from './rule.ts'
import { ruleOption } from './rule-name.ts'
import { storyOption } from './story.ts'
import { subscriptionOption } from './subscription.ts'
import { topicOption } from './topic.ts'
import { wordsOption } from './words.ts'
import { zoneOption } from './zone.ts'

export const optionKinds = {
  story: storyOption,
  digest: digestOption,
  subscription: subscriptionOption,
  article: articleOption,
  zone: zoneOption,
  ownDigest: ownDigestOption,
  feed: feedOption,
  rule: ruleOption,
  ruleKind: ruleKindOption,
  ruleSide: ruleSideOption,
  ruleReach: ruleReachOption,
  topic: topicOption,
  language: languageOption,
  words: wordsOption,
  channel: channelOption,
  text: textOption,
  boolean: booleanOption,
  number: numberOption,
  role: roleOption,
  file: fileOption,
} as const

type ValueOf<Kind> = Kind extends OptionKind<infer Value> ? Value : never

/** What an option of each kind holds once it is read. */
export type OptionValues = {
  readonly [Kind in keyof typeof optionKinds]: ValueOf<(typeof optionKinds)[Kind]>
}
