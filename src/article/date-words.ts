/**
 * The words in which the world writes dates, folded as `foldDateText` folds text: month names in the languages
 * that feeds and news pages use, marks of the half of the day, and zone names with one common meaning.
 * Weekdays are not listed: a date is complete without them, and what is not listed is passed over.
 */

/** Lower case, width and accents removed, so that `Août`, `AOUT` and `août` are one word. */
export function foldDateText(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFC')
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\s+/gu, ' ')
    .trim()
}

/** Twelve columns a row; `/` separates forms of one month. One row per language, abbreviations included. */
const MONTH_ROWS = [
  'january/jan february/feb/febr march/mar april/apr may june/jun july/jul august/aug september/sep/sept october/oct november/nov december/dec',
  'januar/jänner/jaenner/jän februar/feber märz/maerz/mär/mrz april mai juni/jun juli/jul august september/sep oktober/okt november/nov dezember/dez',
  'janvier/janv février/févr/fév mars avril/avr mai juin/jun juillet/juil/jul août septembre/sept octobre/oct novembre décembre/déc',
  'enero/ene febrero/feb marzo/mar abril/abr mayo/may junio/jun julio/jul agosto/ago septiembre/setiembre/set octubre/oct noviembre diciembre/dic',
  'janeiro fevereiro/fev março abril/abr maio/mai junho julho agosto setembro/set outubro/out novembro dezembro/dez',
  'gennaio/gen febbraio/febb marzo/mar aprile maggio/mag giugno/giu luglio/lug agosto settembre/sett ottobre/ott novembre dicembre/dic',
  'januari februari maart/mrt april mei juni juli augustus september oktober/okt november december',
  'stycznia/styczeń/sty lutego/luty/lut marca/marzec kwietnia/kwiecień/kwi maja/maj czerwca/czerwiec/cze lipca/lipiec/lip sierpnia/sierpień/sie września/wrzesień/wrz października/październik/paź listopada/listopad/lis grudnia/grudzień/gru',
  'января/январь/янв февраля/февраль/фев/февр марта/март/мар апреля/апрель/апр мая/май июня/июнь/июн июля/июль/июл августа/август/авг сентября/сентябрь/сен/сент октября/октябрь/окт ноября/ноябрь/ноя/нояб декабря/декабрь/дек',
  'січня/січень/січ лютого/лютий/лют березня/березень/бер квітня/квітень/квіт травня/травень/трав червня/червень/черв липня/липень/лип серпня/серпень/серп вересня/вересень/вер жовтня/жовтень/жовт листопада/листопад/лист грудня/грудень/груд',
  'ιανουαρίου/ιανουάριος/ιαν φεβρουαρίου/φεβρουάριος/φεβ μαρτίου/μάρτιος/μαρ/μάρτ απριλίου/απρίλιος/απρ μαΐου/μάιος/μάι/μαϊ ιουνίου/ιούνιος/ιούν/ιον/ιουν ιουλίου/ιούλιος/ιούλ/ιολ αυγούστου/αύγουστος/αύγ/αυγ σεπτεμβρίου/σεπτέμβριος/σεπ/σεπτ οκτωβρίου/οκτώβριος/οκτ νοεμβρίου/νοέμβριος/νοέ/νοε δεκεμβρίου/δεκέμβριος/δεκ',
  'január február/febr március/márc április/ápr május/máj június/jún július/júl augusztus szeptember/szept október november december',
  'januari februari mars april maj juni juli augusti september oktober november december',
  'januar februar marts/mars april maj/mai juni juli august september oktober november desember/des',
  'tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta marraskuuta joulukuuta',
  'ledna/leden února/únor března/březen dubna/duben května/květen června/červen července/červenec srpna/srpen září října/říjen listopadu prosince/prosinec',
  'ocak/oca şubat/şub mart nisan/nis mayıs haziran/haz temmuz/tem ağustos/ağu eylül/eyl ekim/eki kasım/kas aralık/ara',
  'ianuarie/ian februarie martie aprilie mai iunie/iun iulie/iul august septembrie octombrie noiembrie/noi decembrie',
] as const

/** Month (1–12) by folded name. */
export const MONTHS: ReadonlyMap<string, number> = new Map(
  MONTH_ROWS.flatMap((row) =>
    row
      .split(' ')
      .flatMap((forms, column) =>
        forms.split('/').map((form): [string, number] => [foldDateText(form), column + 1]),
      ),
  ),
)

/** What marks the half of the day, before or after a time; longest first. */
export const MORNING = [
  'a.m.',
  'a. m.',
  'am',
  '오전',
  '上午',
  '午前',
  '凌晨',
  '早上',
  'π.μ.',
  'πμ',
  'π.μ',
  'de.',
].map(foldDateText)
export const AFTERNOON = [
  'p.m.',
  'p. m.',
  'pm',
  '오후',
  '下午',
  '午後',
  '晚上',
  '中午',
  'μ.μ.',
  'μμ',
  'μ.μ',
  'du.',
].map(foldDateText)

const minutes = (hours: number, rest = 0) => hours * 60 + Math.sign(hours) * rest

/**
 * Minutes east of UTC. Names with several meanings have the one that feeds use: BST is Britain, CST and EST are
 * North America, IST is India. Military letters and unknown names are UTC, as RFC 5322 §4.3 asks.
 */
export const ZONE_OFFSETS: ReadonlyMap<string, number> = new Map([
  ...'a b c d e f g h i k l m n o p q r s t u v w x y z'.split(' ').map((z): [string, number] => [z, 0]),
  ...['utc', 'ut', 'gmt', 'wet', 'zulu', 'uct', 'tuc', 'wez'].map((z): [string, number] => [z, 0]),
  ['bst', minutes(1)],
  ['cet', minutes(1)],
  ['mez', minutes(1)],
  ['met', minutes(1)],
  ['mewt', minutes(1)],
  ['hec', minutes(1)],
  ['west', minutes(1)],
  ['wesz', minutes(1)],
  ['wat', minutes(1)],
  ['cest', minutes(2)],
  ['mesz', minutes(2)],
  ['mest', minutes(2)],
  ['eet', minutes(2)],
  ['oez', minutes(2)],
  ['sast', minutes(2)],
  ['cat', minutes(2)],
  ['eest', minutes(3)],
  ['oesz', minutes(3)],
  ['msk', minutes(3)],
  ['мск', minutes(3)],
  ['trt', minutes(3)],
  ['eat', minutes(3)],
  ['idt', minutes(3)],
  ['msd', minutes(4)],
  ['gst', minutes(4)],
  ['pkt', minutes(5)],
  ['ist', minutes(5, 30)],
  ['npt', minutes(5, 45)],
  ['wib', minutes(7)],
  ['ict', minutes(7)],
  ['wita', minutes(8)],
  ['hkt', minutes(8)],
  ['sgt', minutes(8)],
  ['awst', minutes(8)],
  ['pht', minutes(8)],
  ['jst', minutes(9)],
  ['kst', minutes(9)],
  ['wit', minutes(9)],
  ['acst', minutes(9, 30)],
  ['aest', minutes(10)],
  ['acdt', minutes(10, 30)],
  ['aedt', minutes(11)],
  ['nzst', minutes(12)],
  ['nzdt', minutes(13)],
  ['brt', minutes(-3)],
  ['art', minutes(-3)],
  ['adt', minutes(-3)],
  ['brst', minutes(-2)],
  ['ndt', minutes(-2, 30)],
  ['nst', minutes(-3, 30)],
  ['ast', minutes(-4)],
  ['edt', minutes(-4)],
  ['clt', minutes(-4)],
  ['est', minutes(-5)],
  ['cdt', minutes(-5)],
  ['cot', minutes(-5)],
  ['pet', minutes(-5)],
  ['cst', minutes(-6)],
  ['mdt', minutes(-6)],
  ['mst', minutes(-7)],
  ['pdt', minutes(-7)],
  ['pst', minutes(-8)],
  ['akdt', minutes(-8)],
  ['akst', minutes(-9)],
  ['hst', minutes(-10)],
  ['sst', minutes(-11)],
])

/** Names that follow the clocks of a place through the year. */
export const ZONE_PLACES: ReadonlyMap<string, string> = new Map([
  ['et', 'America/New_York'],
  ['ct', 'America/Chicago'],
  ['mt', 'America/Denver'],
  ['pt', 'America/Los_Angeles'],
])
