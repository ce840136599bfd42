/**
 * Language identification on headline-length texts in sixteen languages. The answer is not restricted to the sixteen:
 * an answer outside them is wrong.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { identifyLanguage } from '../../src/language/identify.ts'
import { type Bench, type BenchRow, findCorpus } from './bench.ts'

const CORPUS = 'langid-6words-16langs'
const sample = z.object({ lang: z.string(), text: z.string() })

const MIN_ACCURACY = 98

export const languageBench: Bench = {
  name: 'language',
  about: 'language identification on texts of six words, by language',
  async run(context) {
    const folder = findCorpus(context, CORPUS)
    if (folder === undefined) return { kind: 'skipped', reason: `${CORPUS} is not in ${context.corpora}` }
    const lines = readFileSync(join(folder, 'data.jsonl'), 'utf8').split('\n')
    const samples = lines.filter((line) => line !== '').map((line) => sample.parse(JSON.parse(line)))
    context.progress(`language: ${samples.length} texts`)
    const before = process.cpuUsage()
    const answers = samples.map(({ lang, text }) => ({
      lang,
      isRight: identifyLanguage(text).language === lang,
    }))
    const { user, system } = process.cpuUsage(before)
    const languages = [...new Set(answers.map(({ lang }) => lang))].sort()
    const rows: BenchRow[] = [
      { metric: 'accuracy', value: accuracy(answers), unit: '%', min: MIN_ACCURACY },
      ...languages.map((language) => ({
        metric: `accuracy ${language}`,
        value: accuracy(answers.filter(({ lang }) => lang === language)),
        unit: '%',
      })),
      { metric: 'texts a second and core', value: samples.length / ((user + system) / 1e6), unit: '1/s' },
    ]
    return { kind: 'measured', rows }
  },
}

function accuracy(answers: readonly { readonly isRight: boolean }[]): number {
  return (100 * answers.filter(({ isRight }) => isRight).length) / Math.max(1, answers.length)
}
