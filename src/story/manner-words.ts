/**
 * How a sentence says what it says: as something that may be or is asked for, as background, as an estimate, as a change, as what somebody
 * feels about it. By these words a fact is told from a fear, a demand, a look back or a reaction. Languages without a list have none of them.
 */
import { stemmerFor } from '../language/stems.ts'
import { type PhraseFinder, phraseFinder } from './phrases.ts'

export type Manner = 'possible' | 'background' | 'rough' | 'change' | 'reaction'

const MANNERS: Readonly<Record<string, Readonly<Record<Manner, string>>>> = {
  de: {
    // Wanted, feared or asked for, and so it has not happened.
    possible: `könnte könnten könne dürfte dürften würde würden sollte sollten solle wollen will müsse wolle fordern fordert* gefordert
      verlangt verlangen verlangte verlangten hofft hoffen hoffte hofften fürcht* befürcht* bangt bangen bangte bangten warnt warnen warnte
      warnten droht drohen drohte drohten wenn falls ob vorgeworfen soll…haben soll…sein soll…werden sollen…haben sollen…sein
      sollen…werden plant planen möglicherweise womöglich vielleicht rechnet+mit rechnen+mit erwartet appell* aufruf ruft…auf aufgerufen
      bitte bittet bitten`,
    // Long ago, or always.
    background: `damals seinerzeit einst früher vor…jahren jahre+später jahre+zuvor vorjahr vorjahres vergangene+jahr vergangenen+jahr
      vergangenes+jahr vergangenen+jahre vergangenen+jahrzehnte letztes+jahr letzten+jahr letzten+jahres jedes+jahr pro+jahr jährlich
      seit+jahren seit+jahrzehnten 1950er 1960er 1970er 1980er 1990er 50er 60er 70er 80er 90er jahrzehnt* jahrhundert* seit+langem
      geschichte statistik normalerweise geboren`,
    // One of many numbers that would have done.
    rough: `rund etwa circa ca ungefähr knapp fast gut nahezu annähernd über mehr+als bis+zu mindestens gegen um+die`,
    // A number goes up or down.
    change: `steigt steigen stieg stiegen gestiegen* erhöht* angestiegen klettert* wächst gewachsen sinkt sinken sank sanken gesunken fällt
      gefallen korrigiert* verdoppelt* liegt+nun liegt+jetzt liegt+inzwischen inzwischen mittlerweile`,
    // Shock, grief and sympathy: they follow from what was told.
    reaction: `bestürzt bestürzung entsetzt entsetzen schockiert fassungslos zeigt+sich…erschüttert zeigte+sich…erschüttert
      zeigten+sich…erschüttert sei+erschüttert seien+erschüttert tief+erschüttert zeigt+sich…betroffen zeigte+sich…betroffen
      tief+betroffen trauer trauert trauern trauerte trauerten beileid mitgefühl anteilnahme kondolierte* gedanken+bei gedanken+sind
      gedenkt gedenken gedachten`,
  },
  en: {
    possible: `could =may might would should must ought if whether unless call+for calls+for called+for calling+for call+on calls+on
      called+on calling+on demand demands demanded demanding urge urges urged urging want wants wanted hope hopes hoped hoping fear fears
      feared fearing warn warns warned warning threaten* possible possibly perhaps likely expected plan+to plans+to planned consider
      considers considering allegedly accused trying+to working+to appeal appeals appealed loom looms how+to can`,
    background: `at+that+time at+the+time back+then year+ago years+ago years+later years+before years+earlier months+later months+before
      months+earlier last+year previous+year every+year each+year a+year+earlier annually in+the+past 1950s 1960s 1970s 1980s 1990s 2000s
      2010s decade decades century centuries long+been for+years historically once formerly founded born history not+the+first+time
      typically usually`,
    rough: `about around roughly some nearly almost approximately over more+than up+to at+least just+under close+to well+over
      an+estimated`,
    change: `rise rises risen rising rose climb climbs climbed increase increases increased grow grows grown grew fall falls fallen fell
      drop drops dropped decline declines declined revised corrected doubled now+at now+stands reach reaches reached`,
    reaction: `shocked shock+at shock+over expresses+shock expressed+shock appalled horrified saddened heartbroken stunned+by dismay dismayed
      grief grieving mourn mourns mourned mourning condolences sympathy sympathies thoughts+are+with thoughts+and+prayers
      pays+tribute paid+tribute tributes outrage outraged condemns+the condemned+the`,
  },
}

const finders = new Map<string, PhraseFinder<Manner>>()
const NAMES: readonly Manner[] = ['possible', 'background', 'rough', 'change', 'reaction']

/** Finds the manners of a sentence in a language. */
export function mannerFinder(language: string): PhraseFinder<Manner> {
  let finder = finders.get(language)
  if (finder === undefined) {
    const lists = Object.hasOwn(MANNERS, language) ? MANNERS[language] : undefined
    finder = phraseFinder(lists === undefined ? [] : NAMES.map((name) => [name, lists[name]] as const))
    if (finders.size < 100) finders.set(language, finder)
  }
  return finder
}

const MEASURE_WORDS: Readonly<Record<string, string>> = {
  de: `kilometer kilometern meter metern zentimeter quadratmeter quadratkilometer hektar liter grad stunde stunden minute minuten sekunde
    sekunden tag tage tagen woche wochen monat monate monaten jahr jahre jahren uhr tonne tonnen kilogramm kilo gramm mal platz km
    prozentpunkte prozentpunkten januar februar märz april mai juni juli august september oktober november dezember`,
  en: `kilometre kilometres kilometer kilometers metre metres meter meters centimetre centimetres mile miles yard yards foot feet inch inches
    acre acres hectare hectares litre litres liter liters gallon gallons degree degrees hour hours minute minutes second seconds day days
    week weeks month months year years tonne tonnes ton tons kilogram kilograms kilo kilos gram grams km am pm times time mph january
    february march april may june july august september october november december`,
  fr: 'kilomètre kilomètres mètre mètres heure heures minute minutes jour jours semaine semaines mois an ans fois',
  es: 'kilómetro kilómetros metro metros hora horas minuto minutos día días semana semanas mes meses año años veces',
  it: 'chilometro chilometri metro metri ora ore minuto minuti giorno giorni settimana settimane mese mesi anno anni',
  nl: 'kilometer meter uur uren minuut minuten dag dagen week weken maand maanden jaar keer',
  pt: 'quilómetro quilómetros quilômetros metro metros hora horas minuto minutos dia dias semana semanas mês meses ano anos vezes',
}

const measures = new Map<string, ReadonlySet<string>>()

/** Stems of what is measured rather than counted: it is converted and rounded, and told or not told as one likes. */
export function measuresOf(language: string): ReadonlySet<string> {
  let stems = measures.get(language)
  if (stems === undefined) {
    const list = Object.hasOwn(MEASURE_WORDS, language) ? (MEASURE_WORDS[language] ?? '') : ''
    stems = new Set(list.split(/\s+/u).map(stemmerFor(language)))
    measures.set(language, stems)
  }
  return stems
}
