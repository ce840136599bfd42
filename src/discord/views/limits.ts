/** Discord's limits on what we send, each with the place that states it. Views are built against these. */
export const limits = {
  /** developers/components/reference: 40 components in a message, nested ones counted. */
  components: 40,
  /** Reported for components V2: 4000 characters over all text displays of a message. */
  textCharacters: 4000,
  /** Reported: the sum of UTF-8 bytes of all text displays plus 12 for each must stay within 10,170. */
  textBytes: 10_170,
  textBytesPerDisplay: 12,
  /** developers/components/reference: custom id. */
  customId: 100,
  /** developers/components/reference: button label. */
  buttonLabel: 80,
  /** developers/components/reference: url of a link button. */
  buttonUrl: 512,
  /** developers/components/reference: description of a picture. */
  pictureDescription: 1024,
  /** developers/components/reference: options of a select, their labels and descriptions, and the placeholder. */
  selectOptions: 25,
  optionLabel: 100,
  optionDescription: 100,
  placeholder: 150,
  /** developers/interactions/receiving-and-responding: choices of an autocomplete, and the length of their names. */
  choices: 25,
  choiceName: 100,
  /** developers/interactions/receiving-and-responding: a modal's title and its top-level components. */
  formTitle: 45,
  formQuestions: 5,
  /** developers/components/reference: label and description of a Label, placeholder of a text input. */
  formLabel: 45,
  formDescription: 100,
  formPlaceholder: 100,
  /** developers/resources/channel, Start Thread in Forum: name. */
  threadName: 100,
} as const

/** UTF-8 bytes of a text. */
export function bytesOf(text: string): number {
  return Buffer.byteLength(text, 'utf8')
}
