/** The commands `extract` and `feed`, a line at a time, as a worker thread runs them. */
import { extractLine } from '../article/page/command.ts'
import { answerLine } from '../lines.ts'
import { feedLine } from '../sources/feed/command.ts'

/** A line of the `extract` command; a page that does not say its language is asked. */
export function extractTask(input: unknown): Promise<object> {
  return answerLine(input, async (value) => {
    const line = extractLine(value)
    if (line.language !== null) return line
    const { identifyLanguage } = await import('../language/identify.ts')
    const { language } = identifyLanguage([line.headline ?? '', ...line.body].join('\n').slice(0, 4000))
    return { ...line, language: language === 'und' ? null : language }
  })
}

/** A line of the `feed` command. */
export function feedTask(input: unknown): Promise<object> {
  return answerLine(input, feedLine)
}
