/**
 * Every limit the stand-in enforces, in one table, with the place that states it.
 * Paths are those of discord/discord-api-docs (folder developers/) as of 2026-08. "spec" is Discord's OpenAPI document.
 * Lengths are counted in code points, as the document and Discord's answers count them; `…Bytes` in UTF-8.
 */
export const limits = {
  /** resources/message.mdx, Create Message (the spec allows 4000, which holds for persons with a subscription). */
  content: 2000,
  /** resources/message.mdx, Create Message: "nonce". */
  nonce: 25,
  /** resources/message.mdx, Embed Limits; the total counts over all embeds of a message. */
  embed: {
    count: 10,
    title: 256,
    description: 4096,
    fields: 25,
    name: 256,
    value: 1024,
    footer: 2048,
    author: 256,
    total: 6000,
  },
  /** components/reference.mdx. */
  component: {
    /** Action Row in a message without the V2 flag: five rows (the spec allows 40). */
    legacyRows: 5,
    rowButtons: 5,
    customId: 100,
    buttonLabel: 80,
    url: 512,
    mediaUrl: 2048,
    selectOptions: 25,
    selectText: 100,
    placeholder: 150,
    sectionTexts: 3,
    galleryItems: 10,
    mediaDescription: 1024,
    emojiName: 32,
    /** Components V2: nested ones count. */
    total: 40,
    /** Third-party (discord-api-docs #8562): 4000 over all text displays; the spec says 4000 each. */
    text: 4000,
    /** Third-party (discord-api-docs #8554): beyond this Discord answers 500. */
    textBytes: 10_170,
    textBytesPerDisplay: 12,
  },
  /** interactions/receiving-and-responding.mdx, Modal. */
  modal: { title: 45, parts: 5, label: 45, labelDescription: 100, inputPlaceholder: 100, inputValue: 4000 },
  /** interactions/application-commands.mdx. */
  command: {
    name: 32,
    description: 100,
    options: 25,
    choices: 25,
    choice: 100,
    length: 6000,
    /** By command type: slash, user, message. */
    perType: { 1: 100, 2: 15, 3: 15 },
    /** Names, descriptions and choice values of a command; the longest localization of each counts. */
    characters: 8000,
    createsPerDay: 200,
  },
  /** interactions/receiving-and-responding.mdx. */
  interaction: { firstResponseMs: 3000, tokenMs: 900_000, userInstallFollowUps: 5, autocompleteChoices: 25 },
  /** resources/message.mdx (Uploading Files) and reference.mdx. */
  request: { bytes: 25 * 1024 * 1024, fileBytes: 10 * 1024 * 1024, attachments: 10 },
  /** resources/poll.mdx. */
  poll: { answers: 10, question: 300, answer: 55, hours: 768 },
  /** resources/channel.mdx. */
  thread: { name: 100, appliedTags: 5, autoArchive: [60, 1440, 4320, 10080], slowmode: 21_600 },
  /** Third-party: crossposts and edits of published messages an hour (the docs name only code 20022). */
  announcement: { crosspostsPerHour: 10, editsPerHour: 3 },
  /** Third-party: changes of a channel's name or topic (the docs name only code 20028). */
  channel: { renames: 2, renameWindowMs: 600_000 },
  /** Third-party, roughly: edits an hour of messages older than an hour (the docs name only code 30046). */
  oldEditsPerHour: 30,
  /** topics/rate-limits.mdx. */
  rate: { globalPerSecond: 50, invalidPer10Minutes: 10_000 },
  /** events/gateway.mdx. */
  gateway: {
    eventsPerMinute: 120,
    identifiesPerDay: 1000,
    /** As it is for all but large bots. */
    maxConcurrency: 1,
    identifyWindowMs: 5000,
    guildsPerShard: 2500,
    payloadBytes: 4096,
  },
  /** resources/message.mdx: "the past few minutes". */
  nonceWindowMs: 180_000,
} as const

/** reference.mdx, Locales, plus the two (ar, he) that only the spec lists. */
export const locales: readonly string[] =
  'ar bg cs da de el en-GB en-US es-419 es-ES fi fr he hi hr hu id it ja ko lt nl no pl pt-BR ro ru sv-SE th tr uk vi zh-CN zh-TW'.split(
    ' ',
  )
