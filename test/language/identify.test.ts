import assert from 'node:assert/strict'
import { test } from 'node:test'
import { identifyLanguage, primaryTag } from '../../src/language/identify.ts'

const HEADLINES: Readonly<Record<string, readonly string[]>> = {
  de: [
    'Bundestag stimmt für neues Rentenpaket',
    'Zwei Tote bei Unfall auf der A7',
    'Warum das Brot teurer wird',
    'Hamburg: Streik am Flughafen',
  ],
  en: [
    'Council backs plan for new bridge',
    'Two dead after crash on motorway',
    'Why bread is getting dearer',
    'Storm leaves thousands without power',
  ],
  fr: [
    'Le Sénat adopte la réforme des retraites',
    'Deux morts dans un accident de la route',
    'Pourquoi le pain coûte plus cher',
    'Grève à l’aéroport de Nice',
  ],
  es: [
    'El Congreso aprueba la reforma laboral',
    'Dos muertos en un accidente de tráfico',
    'Por qué sube el precio del pan',
    'Huelga en el aeropuerto de Málaga',
  ],
  it: [
    'Il Senato approva la riforma delle pensioni',
    'Due morti in un incidente stradale',
    'Perché il pane costa di più',
    'Sciopero all’aeroporto di Bari',
  ],
  pt: [
    'Senado aprova reforma da previdência',
    'Dois mortos em acidente na estrada',
    'Por que o pão está mais caro',
    'Greve no aeroporto de Faro',
  ],
  nl: [
    'Kamer stemt voor nieuwe pensioenwet',
    'Twee doden bij ongeluk op de A2',
    'Waarom brood duurder wordt',
    'Staking op luchthaven Schiphol',
  ],
  sv: [
    'Riksdagen röstar ja till ny pensionslag',
    'Två döda i olycka på väg 40',
    'Därför blir brödet dyrare',
    'Strejk på flygplatsen i Malmö',
  ],
  da: [
    'Folketinget vedtager ny pensionslov',
    'To dræbt i ulykke på motorvejen',
    'Derfor bliver brødet dyrere',
    'Strejke i lufthavnen i Aalborg',
  ],
  pl: [
    'Sejm przyjął nową ustawę o emeryturach',
    'Dwie osoby zginęły w wypadku',
    'Dlaczego chleb drożeje',
    'Strajk na lotnisku w Gdańsku',
  ],
  cs: [
    'Sněmovna schválila novou důchodovou reformu',
    'Dva mrtví při nehodě na dálnici',
    'Proč zdražuje chléb',
    'Stávka na letišti v Brně',
  ],
  ru: [
    'Дума приняла новый закон о пенсиях',
    'Двое погибли в аварии на трассе',
    'Почему дорожает хлеб',
    'Забастовка в аэропорту',
  ],
  uk: [
    'Рада ухвалила новий закон про пенсії',
    'Двоє загинули в аварії на трасі',
    'Чому дорожчає хліб',
    'Страйк в аеропорту Львова',
  ],
  tr: [
    'Meclis yeni emeklilik yasasını kabul etti',
    'Trafik kazasında iki kişi öldü',
    'Ekmek neden pahalanıyor',
    'İzmir’de havalimanında grev',
  ],
  zh: ['议会通过新的养老金法', '高速公路事故造成两人死亡', '面包为什么涨价', '機場罷工影響數千旅客'],
  ja: [
    '国会、新しい年金法を可決',
    '高速道路の事故で二人死亡',
    'パンはなぜ値上がりするのか',
    '空港でストライキ',
  ],
}

for (const [language, headlines] of Object.entries(HEADLINES)) {
  test(`headlines in ${language} are known as such`, () => {
    for (const headline of headlines) assert.equal(identifyLanguage(headline).language, language, headline)
  })
}

const OTHERS: Readonly<Record<string, string>> = {
  el: 'Γιατί ακριβαίνει το ψωμί στην Ελλάδα',
  ko: '빵값이 오르는 이유',
  he: 'מדוע הלחם מתייקר',
  th: 'ทำไมขนมปังแพงขึ้น',
  ar: 'لماذا يرتفع سعر الخبز في مصر',
  fa: 'چرا قیمت نان در ایران گران می‌شود',
  hi: 'रोटी क्यों महंगी हो रही है',
  no: 'Stortinget vedtok ny pensjonslov, og det blir dyrere å kjøpe brød hjemme hos oss',
  fi: 'Eduskunta hyväksyi uuden eläkelain, ja leipä kallistuu',
  hu: 'Az országgyűlés elfogadta az új nyugdíjtörvényt, és drágul a kenyér',
  ro: 'Parlamentul a adoptat noua lege a pensiilor, iar pâinea se scumpește',
  bg: 'Парламентът прие новия закон за пенсиите и хлябът ще поскъпне',
  id: 'Dua orang tewas dalam kecelakaan di jalan tol',
  ka: 'რატომ ძვირდება პური',
  hy: 'Ինչու է հացը թանկանում',
  ta: 'ரொட்டி விலை ஏன் உயர்கிறது',
}

test('further languages of the news are known, by script or by a longer headline', () => {
  for (const [language, text] of Object.entries(OTHERS)) {
    assert.equal(identifyLanguage(text).language, language, text)
  }
})

test('a Korean headline full of Latin names stays Korean', () => {
  assert.equal(identifyLanguage('삼성 Galaxy S24 발표, Apple 추월').language, 'ko')
})

test('what the source declares does not overrule the text', () => {
  assert.equal(identifyLanguage('Bundestag stimmt für neues Rentenpaket', { prior: 'en' }).language, 'de')
  assert.equal(identifyLanguage('Почему дорожает хлеб в магазинах города', { prior: 'uk' }).language, 'ru')
})

test('what the source declares decides where the text tells nothing', () => {
  assert.deepEqual(identifyLanguage('2:1', { prior: 'pt-BR' }), { language: 'pt', confidence: 0 })
  assert.deepEqual(identifyLanguage('', { prior: 'nb-NO' }), { language: 'no', confidence: 0 })
})

test('a text without words is in no language', () => {
  for (const text of ['', '   ', '12:30', '🙂🙂', 'https://example.com/a']) {
    assert.deepEqual(identifyLanguage(text), { language: 'und', confidence: 0 }, text)
  }
})

test('addresses and handles do not count as words', () => {
  const text =
    '@breakingnews https://example.com/the-latest-news-in-english Zwei Tote bei Unfall auf der Autobahn'
  assert.equal(identifyLanguage(text).language, 'de')
})

test('confidence is higher for a sentence than where two languages write the same', () => {
  const sentence = identifyLanguage('Der Stadtrat hat am Montag über die neue Brücke abgestimmt').confidence
  const shared = identifyLanguage('Но вода').confidence
  assert.ok(sentence > shared, `${sentence} > ${shared}`)
  assert.ok(sentence <= 1 && shared >= 0)
})

test('the primary language of a tag is its first part, and Norwegian is one language', () => {
  assert.equal(primaryTag('pt-BR'), 'pt')
  assert.equal(primaryTag(' DE_at '), 'de')
  assert.equal(primaryTag('nn'), 'no')
  assert.equal(primaryTag('und'), undefined)
  assert.equal(primaryTag('english'), undefined)
  assert.equal(primaryTag(''), undefined)
  assert.equal(primaryTag(undefined), undefined)
})
