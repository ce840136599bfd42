/**
 * Small words that tell what a name names, and names that every language of ICU knows: countries, months, weekdays.
 * Lower case throughout.
 */

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/u).filter((word) => word !== ''))

/** Stand before a person's name. */
export const TITLES =
  words(`herr herrn frau dr prof professor professorin präsident präsidentin kanzler kanzlerin bundeskanzler
  bundeskanzlerin minister ministerin ministerpräsident ministerpräsidentin bürgermeister bürgermeisterin oberbürgermeister
  oberbürgermeisterin sprecher sprecherin chef chefin trainer trainerin papst könig königin prinz prinzessin senator
  senatorin richter richterin general landrat landrätin geschäftsführer geschäftsführerin direktor direktorin
  vorsitzender vorsitzende vorstandschef vorstandschefin intendant intendantin sängerin sänger schauspieler schauspielerin
  autor autorin regisseur regisseurin außenminister außenministerin innenminister innenministerin finanzminister
  finanzministerin verteidigungsminister mr mrs ms miss sir dame lord lady president minister prime chancellor senator
  governor mayor king queen prince princess pope judge justice captain colonel sergeant sheriff coach secretary chairman
  chairwoman director spokesman spokeswoman rep sen gov gen lt sgt officer actor actress singer councillor
  m mme mlle monsieur madame président présidente ministre maire roi reine pape juge général directeur directrice
  sr sra señor señora presidente presidenta ministro ministra alcalde alcaldesa rey reina papa juez sig signor signora
  presidentessa sindaco sindaca re regina papa giudice prefeito prefeita primeiro-ministro dhr mevr meneer mevrouw
  burgemeester koning koningin premier statsminister statsråd kung drottning kong dronning borgmester ordfører pan pani
  prezydent burmistrz minister prezident prezidentka ministr ministryně starosta primátor президент министр премьер
  премьер-министр глава мэр губернатор генерал президентка міністр прем'єр-міністр мер губернатор генерал
  cumhurbaşkanı başbakan bakan başkan`)

/** Part of an organisation's name, or the word for it. */
export const ORGANISATION_WORDS =
  words(`ag gmbh se kg inc ltd llc plc corp co company group holding bank sparkasse union
  partei party parti partido partito partij parliament parlament parlement parlamento senate senat bundestag bundesrat
  kongress congress council rat stadtrat gemeinderat ministerium ministry ministère ministerio ministero ministério
  kommission commission comisión commissione comissão university universität université universidad università universidade
  universiteit universitet institut institute instituto istituto school schule college klinikum hospital krankenhaus
  police polizei agency agentur agence agencia agenzia association verband verein stiftung foundation fondation fc sv
  tsv sc vfb vfl club united city court gericht gerichtshof league liga federation federación fédération museum theater
  theatre zeitung times post news guard army werke werk company spa srl sa nv bv ab as oy`)

/** After which a name is most likely a place. */
export const LOCATIVES =
  words(`in nach aus bei im near from à au aux en dans desde hacia em no na nos nas a da dal w we do z ze
  v ve na do u te naar uit i på till från til fra в во из у з із до`)

/** The end of a German or English word for what somebody does, as it stands before a name: "Bäckermeister", "Bookseller". */
export const OCCUPATION_ENDING =
  /(?:meister|vorsitzende[rn]?|chef|wirt|händler|leiter|sprecher|trainer|führer|spieler|werfer|hüter|anwalt|richter|forscher|arzt|ärztin|rätin|schaffer|helfer|lehrer|bauer|fischer|biologe|biologin|ökologe|ökologin|historiker|experte|expertin|sozialarbeiter|gymnasiast|student|pfarrer|außen|innen|seller|keeper|owner|skipper|inspector|officer|ranger|farmer|fisherman|teacher|scientist|historian|engineer|horologist|cllr|councillor)(?:in)?$/iu

/** German words of measure and number, which stand in capitals beside other nouns and are no names. */
export const GERMAN_MEASURES =
  words(`euro dollar cent prozent millionen milliarden mio mrd tonnen kilogramm gramm kilo liter
  meter metern kilometer kilometern zentimeter quadratmeter quadratkilometer hektar grad uhr minuten stunden tage tagen
  wochen monate monaten jahre jahren mal stück nr zimmer rund etwa zwei drei vier fünf sechs sieben acht neun zehn elf
  zwölf zwanzig dreißig vierzig fünfzig hundert tausend hunderte tausende dutzende angaben ende anfang mitte beginn
  erkenntnissen informationen`)

/** A German adjective at the head of a run of capitals: "Iranische Beamte", "Weitere Verletzte". */
export const GERMAN_ADJECTIVE =
  /^(?:\p{L}+(?:isch|lich|ig|reich|los|bar|sam)e|weitere|erste|zweite|dritte|letzte|neue|alte|große|kleine|andere|junge|beste|wilde|lange|hohe)[nrms]?$/iu

/** Which stand inside a name, in lower case. */
export const NAME_LINKS =
  'de|der|den|del|della|di|da|do|dos|das|du|la|le|van|von|vom|zu|zur|ter|ten|af|av|bin|ibn|al|el|of|the|for|y|e|i'
/** A German name has `von` and its kind only: "Beginn der Invasion" is none. */
export const GERMAN_NAME_LINKS = 'von|van|zu|de|di|da|del|bin|al|el'

/** Before a German noun; a word after one of these is a common noun more often than a name. */
export const GERMAN_DETERMINERS =
  words(`der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner
  mein meine sein seine seinen seinem seiner ihr ihre ihren ihrem ihrer unser unsere dieser diese dieses diesen diesem
  jeder jede jedes jeden jedem alle allen aller viele vielen mehr mehrere weitere weiteren zwei drei vier fünf sechs
  sieben acht neun zehn zum zur im am vom beim ins ans aufs zahlreiche einige beide beiden manche solche welche`)

export const GERMAN_NOUN_ENDING =
  /(?:ung|ungen|heit|heiten|keit|keiten|schaft|schaften|tion|tionen|tät|täten|ismus|nis|nisse|tum|ling|linge|chen|ment|ments|anz|enz|ur|uren|ik|ie|ien|er|ern|erin|innen|zeit|jahr|jahre|jahren|tag|tage|tagen|woche|wochen|monat|monate|monaten|stunden|minuten|euro|dollar|prozent|meter|kilometer|hektar|grad|uhr|mal|ende|anfang|mitte|teil|teile|menschen|leute|kinder|frauen|männer|angaben|angst|haft|rat|amt|recht|arbeit|haus|platz|straße|geld|kraft|art|weg|zahl|zahlen|stadt|land|welt)$/u

interface Calendar {
  /** Month and weekday names. */
  readonly words: ReadonlySet<string>
}

const calendars = new Map<string, Calendar>()
const countries = new Map<string, ReadonlySet<string>>()

const REGIONS =
  'AF AL DZ AD AO AR AM AU AT AZ BS BH BD BB BY BE BZ BJ BT BO BA BW BR BN BG BF BI KH CM CA CF TD CL CN CO KM CG CD CR CI HR CU CY CZ DK DJ DM DO EC EG SV GQ ER EE ET FJ FI FR GA GM GE DE GH GR GD GT GN GW GY HT HN HU IS IN ID IR IQ IE IL IT JM JP JO KZ KE KP KR KW KG LA LV LB LS LR LY LI LT LU MG MW MY MV ML MT MR MU MX MD MC MN ME MA MZ MM NA NP NL NZ NI NE NG MK NO OM PK PS PA PG PY PE PH PL PT QA RO RU RW SA SN RS SC SL SG SK SI SB SO ZA SS ES LK SD SR SE CH SY TW TJ TZ TH TL TG TN TR TM UG UA AE GB US UY UZ VE VN YE ZM ZW EU HK XK'

/** The names of countries in a language, as ICU has them; the empty set where it has none. */
export function countryNames(language: string): ReadonlySet<string> {
  let names = countries.get(language)
  if (names === undefined) {
    const display = new Intl.DisplayNames([localeOf(language)], { type: 'region' })
    names = new Set(REGIONS.split(' ').map((region) => (display.of(region) ?? region).toLowerCase()))
    if (countries.size < 100) countries.set(language, names)
  }
  return names
}

/** The names of months and weekdays in a language, in the forms that follow a number as well. */
export function calendarWords(language: string): ReadonlySet<string> {
  let calendar = calendars.get(language)
  if (calendar === undefined) {
    calendar = { words: new Set(calendarNames(localeOf(language))) }
    if (calendars.size < 100) calendars.set(language, calendar)
  }
  return calendar.words
}

function calendarNames(locale: string): string[] {
  const month = new Intl.DateTimeFormat(locale, { month: 'long', timeZone: 'UTC' })
  const day = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' })
  const dated = new Intl.DateTimeFormat(locale, { month: 'long', day: 'numeric', timeZone: 'UTC' })
  const names: string[] = []
  for (let at = 0; at < 12; at++) {
    const instant = Date.UTC(2024, at, 1)
    const inDate = dated.formatToParts(instant).find(({ type }) => type === 'month')?.value
    names.push(month.format(instant), inDate ?? '', day.format(Date.UTC(2024, 0, 1 + at)))
  }
  return names.map((name) => name.toLowerCase())
}

function localeOf(language: string): string {
  return /^[a-z]{2,3}$/.test(language) ? language : 'und'
}
