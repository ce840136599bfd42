/**
 * Near-duplicates: from real texts and with a fixed seed, copies as outlets make them (edited, cut, excerpted, with
 * boilerplate, with paragraphs in another order) must find their original; articles that are no copies must not: other
 * texts, texts of the same labelled story, and texts that quote two sentences of an original.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { createCopyIndex, groupCopies } from '../../src/story/copy-index.ts'
import { storyFeatures } from '../../src/story/features.ts'
import type { CopySketch } from '../../src/story/near-duplicates.ts'
import { type Bench, type BenchRow, findCorpus } from './bench.ts'
import { pairwiseScore } from './cluster-metrics.ts'
import { below, pick, seededRandom } from './random.ts'

const FOLDERS = [
  { folder: 'gnad-de-standfirst', language: 'de' },
  { folder: 'orangesum-fr-abstract', language: 'fr' },
  { folder: 'cnndm100-en', language: 'en' },
] as const
const SAME_STORY_FOLDER = 'ecbplus-en-stories'

const textLine = z.object({ id: z.string(), text: z.string() })

interface Text {
  readonly id: string
  readonly language: string
  readonly sentences: readonly string[]
}

/** A text made from another, or one that stands for itself; texts of one group are copies of each other. */
interface Sample {
  readonly id: string
  readonly group: string
  readonly language: string
  readonly sentences: readonly string[]
}

type Random = () => number
type Change = (text: Text, random: Random, others: readonly Text[]) => readonly string[]

const COPIES_EACH = 3
const MIN_SENTENCES = 6
/** Share of words an editor exchanges. */
const EXCHANGED = 0.07

const edited: Change = ({ sentences }, random) =>
  sentences.map((sentence) => {
    const words = sentence.split(' ')
    return words.map((word) => (random() < EXCHANGED ? pick(random, words) : word)).join(' ')
  })

const cut: Change = ({ sentences }, random) =>
  sentences.slice(0, Math.max(4, Math.ceil(sentences.length * (0.35 + 0.4 * random()))))

const excerpted: Change = ({ sentences }, random) => {
  const length = Math.max(4, Math.ceil(sentences.length * (0.25 + 0.25 * random())))
  const from = below(random, sentences.length - Math.min(length, sentences.length) + 1)
  return sentences.slice(from, from + length)
}

const withBoilerplate: Change = ({ sentences, language }, random, others) => {
  const strange = others.filter((other) => other.language === language)
  return [...sentences, ...pick(random, strange).sentences.slice(0, 2)]
}

const reordered: Change = ({ sentences }, random) => {
  const middle = 1 + below(random, sentences.length - 1)
  return [...sentences.slice(middle), ...sentences.slice(0, middle)]
}

const editedExcerpt: Change = (text, random, others) =>
  edited({ ...text, sentences: excerpted(text, random, others) }, random, others)

const CHANGES: readonly Change[] = [edited, cut, excerpted, withBoilerplate, reordered, editedExcerpt]

export const duplicatesBench: Bench = {
  name: 'duplicates',
  about: 'copies, excerpts and edited versions of one text find their original: pairwise F1',
  async run(context) {
    const folders = FOLDERS.map((set) => ({ ...set, path: findCorpus(context, set.folder) }))
    const sameStory = findCorpus(context, SAME_STORY_FOLDER)
    if (sameStory === undefined || folders.some(({ path }) => path === undefined)) {
      return { kind: 'skipped', reason: `texts are missing in ${context.corpora}` }
    }
    const texts = folders.flatMap(({ path = '', language }) => readTexts(path, language))
    const neighbours = readTexts(sameStory, 'en').map((text): Sample => ({ ...text, group: text.id }))
    const usable = texts.filter(({ sentences }) => sentences.length >= MIN_SENTENCES)
    context.progress(`duplicates: copies of ${usable.length} texts`)
    const samples = [...makeSamples(usable), ...neighbours]
    const sketches = new Map(samples.map((sample) => [sample.id, sketchSample(sample)]))
    const labels = samples.map(({ group }) => group)
    const together = groupCopies(sketches)
    return {
      kind: 'measured',
      rows: [
        ...scoreRows(
          'all at hand',
          samples.map(({ id }) => together.get(id) ?? id),
          labels,
        ),
        ...scoreRows('as they come', oneByOne(samples, sketches), labels),
        { metric: 'duplicates: texts', value: samples.length },
      ],
    }
  },
}

function readTexts(folder: string, language: string): Text[] {
  const lines = readFileSync(join(folder, 'data.jsonl'), 'utf8').split('\n')
  return lines
    .filter((line) => line !== '')
    .map((line) => textLine.parse(JSON.parse(line)))
    .map(({ id, text }) => ({ id: `${language}-${id}`, language, sentences: text.split(/(?<=[.!?])\s+/u) }))
}

function makeSamples(texts: readonly Text[]): Sample[] {
  const random = seededRandom(20)
  const make = (text: Text, id: string, group: string, sentences: readonly string[]): Sample => ({
    id: `${text.id}/${id}`,
    group,
    language: text.language,
    sentences,
  })
  return texts.flatMap((text) => {
    const copies = Array.from({ length: COPIES_EACH }, (_, at) =>
      make(text, `copy ${at}`, text.id, pick(random, CHANGES)(text, random, texts)),
    )
    return [make(text, 'original', text.id, text.sentences), ...copies, quoting(text, texts, random, make)]
  })
}

/** Another article that quotes two sentences of this one; it is no copy of either. */
function quoting(
  text: Text,
  texts: readonly Text[],
  random: Random,
  make: (text: Text, id: string, group: string, sentences: readonly string[]) => Sample,
): Sample {
  const quoted = text.sentences.slice(1, 3)
  const words = texts.filter(({ language }) => language === text.language)
  const own = Array.from({ length: 8 }, () => {
    const sentence = pick(random, pick(random, words).sentences)
    return sentence
      .split(' ')
      .sort(() => random() - 0.5)
      .join(' ')
  })
  return make(text, 'quoted by another', `${text.id} quoted`, [
    ...own.slice(0, 4),
    ...quoted,
    ...own.slice(4),
  ])
}

function sketchSample({ id, language, sentences }: Sample): CopySketch {
  return storyFeatures({ id, headline: '', body: sentences, language }).copy
}

function oneByOne(samples: readonly Sample[], sketches: ReadonlyMap<string, CopySketch>): string[] {
  const random = seededRandom(21)
  const index = createCopyIndex()
  const order = samples.map(({ id }) => ({ id, key: random() })).sort((a, b) => a.key - b.key)
  for (const { id } of order) {
    const sketch = sketches.get(id)
    if (sketch !== undefined) index.update({ add: [{ id, sketch }] })
  }
  return samples.map(({ id }) => index.originalOf(id))
}

function scoreRows(what: string, groups: readonly string[], labels: readonly string[]): BenchRow[] {
  const { f1, precision, recall } = pairwiseScore(groups, labels)
  return [
    { metric: `duplicates, ${what}: pairwise F1`, value: 100 * f1, min: 98 },
    { metric: `duplicates, ${what}: precision`, value: 100 * precision },
    { metric: `duplicates, ${what}: recall`, value: 100 * recall },
  ]
}
