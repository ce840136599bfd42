/**
 * The words for numbers, by language. "One" is left out, since in most languages it is the article; so are ordinals that
 * mean something else as well (Italian "secondo", Danish "anden").
 */

export interface NumberWords {
  /** 0, then 2 to 19; variants are joined by `/`. */
  readonly small: string
  /** 20, 30 … 90. */
  readonly tens: string
  /** 21 to 99 as one word, where the language writes them so. */
  readonly joined?: (unit: string, ten: string) => string
  /** The word for one inside such a word. */
  readonly joinedOne?: string
  readonly hundred: string
  /** 200, 300 … 900, where they are words of their own. */
  readonly hundreds?: string
  readonly thousand: string
  /** Stands between the parts of one number. */
  readonly and?: string
  /** Beginnings of the words for 2nd, 3rd …; `-` for what has none or is ambiguous. */
  readonly ordinals?: string
}

const SPANISH_ACCENTS: ReadonlyMap<string, string> = new Map([
  ['dos', 'dós'],
  ['tres', 'trés'],
  ['seis', 'séis'],
])

export const NUMBER_WORDS: Readonly<Record<string, NumberWords>> = {
  de: {
    small: `null zwei/zwo drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn
      siebzehn achtzehn neunzehn`,
    tens: 'zwanzig dreißig/dreissig vierzig fünfzig sechzig siebzig achtzig neunzig',
    joined: (unit, ten) => `${unit}und${ten}`,
    joinedOne: 'ein',
    hundred: 'hundert/einhundert',
    thousand: 'tausend/eintausend',
    ordinals: 'zweit dritt viert fünft sechst siebt acht neunt zehnt elft zwölft',
  },
  en: {
    small: `zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
      eighteen nineteen`,
    tens: 'twenty thirty forty fifty sixty seventy eighty ninety',
    hundred: 'hundred',
    thousand: 'thousand',
    and: 'and',
    ordinals: 'second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth',
  },
  fr: {
    small: 'zéro deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize',
    tens: 'vingt/vingts trente quarante cinquante soixante septante huitante/octante nonante',
    hundred: 'cent/cents',
    thousand: 'mille',
    and: 'et',
    ordinals:
      'deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième',
  },
  es: {
    small: `cero dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete
      dieciocho diecinueve`,
    tens: 'veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa',
    joined: (unit, ten) => (ten === 'veinte' ? `veinti${SPANISH_ACCENTS.get(unit) ?? unit}` : ''),
    joinedOne: 'ún/uno/una',
    hundred: 'cien/ciento',
    hundreds: `doscientos/doscientas trescientos/trescientas cuatrocientos/cuatrocientas quinientos/quinientas
      seiscientos/seiscientas setecientos/setecientas ochocientos/ochocientas novecientos/novecientas`,
    thousand: 'mil',
    and: 'y',
    ordinals: 'segund tercer cuart quint sext séptim octav noven décim',
  },
  it: {
    small: `zero due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici
      diciassette diciotto diciannove`,
    tens: 'venti trenta quaranta cinquanta sessanta settanta ottanta novanta',
    joined: (unit, ten) => `${/^[ou]/.test(unit) ? ten.slice(0, -1) : ten}${unit === 'tre' ? 'tré' : unit}`,
    joinedOne: 'uno/un',
    hundred: 'cento',
    hundreds: 'duecento trecento quattrocento cinquecento seicento settecento ottocento novecento',
    thousand: 'mille/mila',
    ordinals: '- terz quart quint sest settim ottav non decim',
  },
  pt: {
    small: `zero dois/duas três quatro cinco seis sete oito nove dez onze doze treze catorze/quatorze quinze
      dezesseis/dezasseis dezessete/dezassete dezoito dezenove/dezanove`,
    tens: 'vinte trinta quarenta cinquenta sessenta setenta oitenta noventa',
    hundred: 'cem/cento',
    hundreds: `duzentos/duzentas trezentos/trezentas quatrocentos/quatrocentas quinhentos/quinhentas
      seiscentos/seiscentas setecentos/setecentas oitocentos/oitocentas novecentos/novecentas`,
    thousand: 'mil',
    and: 'e',
    ordinals: '- terceir quart quint sext sétim oitav non décim',
  },
  nl: {
    small: `nul twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien
      achttien negentien`,
    tens: 'twintig dertig veertig vijftig zestig zeventig tachtig negentig',
    joined: (unit, ten) => `${unit}${unit.endsWith('e') ? 'ën' : 'en'}${ten}`,
    joinedOne: 'een',
    hundred: 'honderd',
    thousand: 'duizend',
    ordinals: 'tweede derde vierde vijfde zesde zevende achtste negende tiende',
  },
  sv: {
    small: `noll två/tu tre fyra fem sex sju åtta nio tio elva tolv tretton fjorton femton sexton sjutton arton/aderton
      nitton`,
    tens: 'tjugo trettio fyrtio femtio sextio sjuttio åttio nittio',
    joined: (unit, ten) => `${ten}${unit}`,
    joinedOne: 'en/ett',
    hundred: 'hundra/etthundra',
    thousand: 'tusen/ettusen',
    ordinals: '- tredje fjärde femte sjätte sjunde åttonde nionde tionde',
  },
  da: {
    small: `nul to tre fire fem seks syv otte ni ti elleve/elve tolv tretten fjorten femten seksten sytten atten nitten`,
    tens: 'tyve tredive fyrre halvtreds tres halvfjerds firs halvfems',
    joined: (unit, ten) => `${unit}og${ten}`,
    joinedOne: 'en/et',
    hundred: 'hundrede/hundred',
    thousand: 'tusind/tusinde',
    and: 'og',
    ordinals: '- tredje fjerde femte sjette syvende ottende niende tiende',
  },
  no: {
    small: `null to tre fire fem seks sju/syv åtte ni ti elleve tolv tretten fjorten femten seksten sytten atten nitten`,
    tens: 'tjue/tyve tretti/tredve førti femti seksti sytti åtti nitti',
    joined: (unit, ten) => `${ten}${unit}`,
    joinedOne: 'en/ett',
    hundred: 'hundre',
    thousand: 'tusen',
    and: 'og',
    ordinals: '- tredje fjerde femte sjette sjuende åttende niende tiende',
  },
  pl: {
    small: `zero dwa/dwie/dwóch/dwu/dwoje/dwaj/dwoma trzy/trzech/trzej/trzem/troje cztery/czterech/czterej
      pięć/pięciu/pięcioro sześć/sześciu siedem/siedmiu osiem/ośmiu dziewięć/dziewięciu dziesięć/dziesięciu
      jedenaście/jedenastu dwanaście/dwunastu trzynaście/trzynastu czternaście/czternastu piętnaście/piętnastu
      szesnaście/szesnastu siedemnaście/siedemnastu osiemnaście/osiemnastu dziewiętnaście/dziewiętnastu`,
    tens: `dwadzieścia/dwudziestu trzydzieści/trzydziestu czterdzieści/czterdziestu pięćdziesiąt/pięćdziesięciu
      sześćdziesiąt/sześćdziesięciu siedemdziesiąt/siedemdziesięciu osiemdziesiąt/osiemdziesięciu
      dziewięćdziesiąt/dziewięćdziesięciu`,
    hundred: 'sto/stu',
    hundreds: `dwieście/dwustu trzysta/trzystu czterysta/czterystu pięćset/pięciuset sześćset/sześciuset
      siedemset/siedmiuset osiemset/ośmiuset dziewięćset/dziewięciuset`,
    thousand: 'tysiąc/tysiące/tysięcy',
    ordinals: '- trzeci czwart piąt szóst siódm ósm dziewiąt dziesiąt',
  },
}
