import assert from 'node:assert/strict'
import { test } from 'node:test'
import { splitSentences } from '../../src/language/sentences.ts'

/** Each line is a paragraph; `|` marks every boundary, and nothing else may be one. */
const PARAGRAPHS: Readonly<Record<string, readonly string[]>> = {
  de: [
    'Am 3. Oktober 2023 kam Dr. Müller an.| Er blieb bis zum 12. Mai.',
    'Der 1. FC Köln verlor gegen den VfB.| Trainer und Fans sind enttäuscht.',
    'Es fehlen z. B. Brot, Milch u. a. Waren.| D. h. die Regale sind leer.',
    'Das Werk kostet 3,5 Mio. Euro, sagte Prof. Dr. Weber.| Gebaut wird ab 10.30 Uhr.',
    '„Was soll das?“, fragte er.| Niemand antwortete.',
    '„Das ist gut. Wir kommen wieder“, sagte sie.| Dann ging sie.',
    'Papst Johannes Paul II. sprach zu den Gläubigen.| Es regnete.',
    'Die Straße ist seit dem Jahr 2019 gesperrt.| Im Jahr 2020 kam der Umbau.',
    'Er wohnt in St. Gallen, Bahnhofstr. 7, im 2. Stock.| Nr. 9 steht leer.',
    'Äpfel, Birnen usw. Die Auswahl ist groß.'.replace('usw. ', 'usw.| '),
    'Rund 80 Mrd. Euro fehlen ...| Und nun?| Niemand weiß es!',
    'Sie ist ca. 40 Jahre alt, Aktenzeichen 12 Abs. 3, vgl. Art. 5 des Gesetzes.',
    'Die Seite www.beispiel.de/nachrichten ist offline.| Version 2.0 folgt.',
  ],
  en: [
    'The U.S. Army said No. 7 won.| He lives in the U.S.| The end came fast.',
    'Mr. J. Smith Jr. left at 5 p.m. with Dr. Jones.| Nobody saw them.',
    'It cost $3.5 million in Jan. 2020.| Prices rose.',
    '"This is great!" she said.| He agreed.',
    '“Yes. We can,” he said.| They did.',
    'Apple Inc. said on Monday it would close.| Its shares fell 3.2 percent.',
    'He said no.| They left.',
    'Is it true?| Yes!| Well… maybe it is.',
    'Sen. Warren met Gov. Newsom, e.g. on St. Patrick’s Day.| Both smiled.',
    'Visit https://example.com/a.b?c=d. It works.'.replace('d. ', 'd.| '),
    'The iPhone sold well.| iPhone sales rose again.',
  ],
  fr: [
    "M. Macron a dit : « C'est fini. Nous partons. »| Il est parti.",
    'Mme Dupont et le Dr. Martin habitent av. Foch.| Ils sont là.',
    'La loi a été votée.|Le ministre a applaudi.',
    "Il l'a dit à l'AFP.|Chez les autres, rien.",
    'La reine a fêté ses 99 ans.|À cette occasion, le palais était ouvert.',
    'Il a eu 19 voix.| « Non ! » a-t-il lancé.',
    'Le prix est de 3,5 millions.| Pourquoi ?| Personne ne sait.',
    'Le juge a dit non.|"La loi est dure", a-t-il ajouté.| Fin.',
  ],
  es: [
    'El Sr. García vive en EE. UU. desde 2010.| No volverá.',
    '¿Quién lo dijo?| ¡Nadie!| La Dra. Ruiz calló.',
    'El 3 de mayo ganó el n.º 7, p. ej. en Madrid.| Fue ayer.',
  ],
  it: [
    'Il dott. Rossi e la sig.ra Bianchi sono arrivati.| Poi sono usciti.',
    'La Fiat S.p.A. ha chiuso.| Perché?| Non si sa.',
    '«Va bene. Andiamo», ha detto il prof. Verdi.| Sono partiti.',
  ],
  pt: ['O Sr. Silva e a Dra. Costa chegaram às 10.30.| Depois saíram.', 'Será verdade?| Não!| É a pág. 7.'],
  nl: [
    'De heer J. de Vries e.a. kwamen om 10.30 uur, d.w.z. te laat.| Daarna gingen ze.',
    'Dhr. Jansen woont in nr. 7.| Waarom?| Niemand weet het.',
  ],
  sv: ['Han bor t.ex. i Lund, dvs. i Skåne.| Hon bor i Malmö.', 'Priset är ca 3,5 milj. kronor.| Varför?'],
  da: [
    'Den 3. maj kom dr. Hansen til byen.| Han blev i 2. række.',
    'Det koster bl.a. 5 mio. kr. i år.| Hvorfor?',
  ],
  no: ['Den 17. mai feires i Norge.| Kl. 10 starter toget.', 'Det gjelder f.eks. Oslo.| Hvorfor?'],
  fi: ['Se alkoi 3. toukokuuta klo 10.30.| Sitten satoi.', 'Esim. Nokia kasvoi 5 prosenttia.| Miksi?'],
  pl: [
    'Prof. Kowalski urodził się w 1950 r. w Krakowie.| Mieszka przy ul. Długiej.',
    'To kosztuje np. 5 tys. zł, tzn. dużo.| Dlaczego?',
  ],
  cs: ['Dne 3. května přijel Ing. Novák.| Bydlí v ul. Nová.', 'Stojí to např. 5 mil. korun.| Proč?'],
  hu: ['Dr. Kovács 2024. március 15. óta itt él.| Miért?', 'Pl. Budapesten ez így van.| Másutt nem.'],
  ro: ['Dl. Popescu locuiește pe str. Lungă nr. 5.| De ce?', 'Nu știe nimeni.| A plecat ieri.'],
  tr: ['Prof. Dr. Yılmaz geldi.| Sonra gitti.', 'Saat 10.30’da başladı.| Neden?| Kimse bilmiyor.'],
  ru: [
    'А. С. Пушкин родился в 1799 г. в Москве.| Он был поэтом.',
    '«Да. Нет», — сказал он.| Все молчали.',
    'Это стоит 5 млн руб.| Почему?',
    'Музей стоит на ул. Ленина, д. 7.| Вход свободный.',
  ],
  uk: ['І. Франко народився у 1856 р. на Львівщині.| Він був письменником.', 'Це коштує 5 млн грн.| Чому?'],
  bg: ['Той живее на ул. Иван Вазов.| Защо?', 'Цената е 5 млн. лв.| Никой не знае.'],
  el: ['Τι είναι αυτό;| Δεν ξέρω.| Ο κ. Παπαδόπουλος ήρθε.', 'Κόστισε 3,5 εκατ. ευρώ.| Γιατί;'],
  ar: ['هل هذا صحيح؟ |لا أحد يعرف. |ذهب الوزير إلى عمان.'],
  fa: ['آیا این درست است؟ |نه. |او به تهران رفت.'],
  he: ['זה נכון? |לא. |הוא נסע לחיפה.'],
  hi: ['यह अच्छा है। |वह गया। |क्या हुआ?'],
  ja: ['首相は「行きます。」と述べた。|今日は晴れ！|明日は雨。', '本当か？|誰も知らない。'],
  zh: ['他说：“我们会来。”他表示。|今天天气很好！|明天呢？'],
  ko: ['그는 어제 왔다. |오늘은 비가 온다. |왜 그럴까?'],
  th: ['นายกรัฐมนตรีกล่าวว่าจะเดินทางไปประชุมที่ประเทศญี่ปุ่นในสัปดาห์หน้า |โดยจะหารือเรื่องเศรษฐกิจ'],
}

for (const [language, paragraphs] of Object.entries(PARAGRAPHS)) {
  test(`sentences of ${language} end where a reader of ${language} ends them`, () => {
    for (const paragraph of paragraphs) {
      const expected = paragraph.split('|').map((sentence) => sentence.trim())
      assert.deepEqual(splitSentences(paragraph.replaceAll('|', ''), language), expected)
    }
  })
}

test('sentences are verbatim slices, and only white space between them is lost', () => {
  const text = '  Erster   Satz mit  Lücken.  „Zweiter. Noch im Zitat“, sagte sie.\n\nDritter Satz ohne Ende'
  const sentences = splitSentences(text, 'de')
  let from = 0
  for (const sentence of sentences) {
    const at = text.indexOf(sentence, from)
    assert.ok(at >= from, sentence)
    assert.equal(text.slice(from, at).trim(), '')
    from = at + sentence.length
  }
  assert.equal(text.slice(from).trim(), '')
})

test('a long quotation is cut into its sentences', () => {
  const long = 'Das ist ein langer Satz, der zu nichts führt und doch kein Ende nehmen will. '.repeat(6)
  assert.equal(splitSentences(`„${long}Schluss damit.“`, 'de').length, 7)
})

test('blank text has no sentences, and text without a stop is one', () => {
  assert.deepEqual(splitSentences('', 'de'), [])
  assert.deepEqual(splitSentences(' \n\t ', 'en'), [])
  assert.deepEqual(splitSentences('Keine Angaben', 'de'), ['Keine Angaben'])
})

test('an unknown or malformed language tag is no reason to fail', () => {
  assert.deepEqual(splitSentences('Eins. Zwei.', 'xx-!!'), ['Eins.', 'Zwei.'])
  assert.deepEqual(splitSentences('Eins. Zwei.', 'und'), ['Eins.', 'Zwei.'])
})
