/**
 * The words people use for times and days, in each language schedules are typed in. `/` separates forms; several words are one
 * phrase. Accents, umlauts and punctuation are folded away on both sides, so `segunda-feira` is listed as two words. Words
 * without meaning of their own are listed too: what is in no list is named to the person who typed it.
 */
import { type Weekday, weekdays } from './schedule.ts'
import { foldedForms, type ScheduleLanguage, scheduleLanguages } from './zones.ts'

export type Meaning =
  | { readonly kind: 'days'; readonly days: readonly Weekday[] }
  /** From one day to another. */
  | { readonly kind: 'to' }
  | { readonly kind: 'except' }
  | { readonly kind: 'every' }
  /** What a number before it counts: hours, or the time of day. */
  | { readonly kind: 'hours' }
  | { readonly kind: 'hourly' }
  /** On days that are still to be named. */
  | { readonly kind: 'weekly' }
  /** How often a day: a number before it is no hour. */
  | { readonly kind: 'count' }
  /** Counts something that schedules do not: minutes, weeks. */
  | { readonly kind: 'period' }
  | { readonly kind: 'clock'; readonly minutes: number }
  | { readonly kind: 'half'; readonly half: 'am' | 'pm' | 'night' }
  | { readonly kind: 'number'; readonly value: number }
  /** Minutes to add to the hour named after it, or before it. */
  | { readonly kind: 'past'; readonly minutes: number; readonly side: 'before' | 'after' }
  | { readonly kind: 'filler' }

interface Words {
  /** Monday to Sunday. */
  readonly days: readonly [string, string, string, string, string, string, string]
  readonly daily: string
  readonly working: string
  readonly weekend: string
  readonly to: string
  readonly except: string
  readonly every: string
  readonly hours: string
  readonly hourly: string
  readonly weekly: string
  readonly count: string
  readonly period: string
  readonly noon: string
  readonly midnight: string
  readonly am: string
  readonly pm: string
  readonly night: string
  /** One to twelve. */
  readonly numbers: string
  /** Phrases before an hour, and after it, by the minutes they add. */
  readonly before: readonly (readonly [minutes: number, phrases: string])[]
  readonly after: readonly (readonly [minutes: number, phrases: string])[]
  readonly fillers: string
}

const words: Readonly<Record<ScheduleLanguage, Words>> = {
  en: {
    days: [
      'Monday/Mondays/Mon/Mo',
      'Tuesday/Tuesdays/Tue/Tues/Tu',
      'Wednesday/Wednesdays/Wed/Weds/We',
      'Thursday/Thursdays/Thu/Thur/Thurs/Th',
      'Friday/Fridays/Fri/Fr',
      'Saturday/Saturdays/Sat/Sa',
      'Sunday/Sundays/Sun/Su',
    ],
    daily:
      'daily/every day/everyday/each day/all days/every single day/a day/per day/once a day/twice a day/seven days a week',
    working:
      'weekdays/weekday/week days/workdays/workday/work days/working days/business days/the working week/the week',
    weekend: 'weekend/weekends/the weekend',
    to: 'to/through/thru/till/until',
    except: 'except/except on/but not/not on/excluding/without/apart from',
    every: 'every/each',
    hours: 'o clock/oclock/h/hr/hrs/hour/hours',
    hourly: 'hourly/every hour/each hour',
    weekly: 'weekly/every week/each week/once a week',
    count: 'time/times/x',
    period: 'minute/minutes/min/days/week/weeks/month/months/other day/second/seconds',
    noon: 'noon/midday',
    midnight: 'midnight',
    am: 'am/a m/morning/mornings/in the morning/in the mornings',
    pm: 'pm/p m/afternoon/afternoons/evening/evenings/in the afternoon/in the evening/in the evenings',
    night: 'night/nights/at night',
    numbers: 'one two three four five six seven eight nine ten eleven twelve',
    before: [
      [30, 'half past'],
      [15, 'quarter past/a quarter past'],
      [-15, 'quarter to/a quarter to'],
    ],
    after: [
      [30, 'thirty'],
      [15, 'fifteen'],
      [45, 'forty five'],
    ],
    fillers:
      'at/on/the/of/in/from/and/or/also/plus/both/only/once/twice/a/an/time zone/timezone/tz/zone/local/local time/please/post/posted/sharp/around/by',
  },
  de: {
    days: [
      'Montag/Montags/Montage/Mo',
      'Dienstag/Dienstags/Dienstage/Di',
      'Mittwoch/Mittwochs/Mittwoche/Mi',
      'Donnerstag/Donnerstags/Donnerstage/Do',
      'Freitag/Freitags/Freitage/Fr',
      'Samstag/Samstags/Samstage/Sonnabend/Sonnabends/Sa',
      'Sonntag/Sonntags/Sonntage/So',
    ],
    daily: 'täglich/jeden Tag/alle Tage/an jedem Tag/am Tag/pro Tag/tgl',
    working:
      'werktags/werktag/werktage/werktagen/werktäglich/wochentags/wochentage/wochentagen/unter der Woche/in der Woche/arbeitstags/arbeitstage/arbeitstagen',
    weekend: 'Wochenende/Wochenenden/wochenends/am Wochenende',
    to: 'bis/bis einschließlich/bis zum',
    except: 'außer/nicht/nicht am/ohne/ausgenommen/bis auf',
    every: 'jeden/jede/jeder/jedes/jedem/alle',
    hours: 'Uhr/h/Std/Stunde/Stunden',
    hourly: 'stündlich/jede Stunde',
    weekly: 'wöchentlich/jede Woche/einmal die Woche/einmal pro Woche/einmal in der Woche',
    count: 'mal/x',
    period: 'Minute/Minuten/Min/Tage/Woche/Wochen/Monat/Monate/minütlich/zweiten/Sekunden',
    noon: 'Mittag/mittags/am Mittag/zu Mittag',
    midnight: 'Mitternacht/um Mitternacht',
    am: 'morgens/früh/vormittags/vorm/am Morgen/am Vormittag/in der Früh/in der Frühe/jeden Morgen/Morgen/Vormittag',
    pm: 'abends/nachmittags/nachm/am Abend/am Nachmittag/jeden Abend/Abend/Nachmittag',
    night: 'nachts/in der Nacht',
    numbers: 'eins/ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf',
    before: [
      [-30, 'halb'],
      [15, 'Viertel nach'],
      [-15, 'Viertel vor/dreiviertel'],
    ],
    after: [
      [30, 'dreißig'],
      [15, 'fünfzehn'],
      [45, 'fünfundvierzig'],
    ],
    fillers:
      'um/am/an/ab/den/der/die/das/dem/von/und/sowie/oder/plus/auch/jeweils/immer/nur/gegen/zu/in/im/je/zweimal/einmal/dreimal/viermal/Zeit/Ortszeit/Zeitzone/Zone/nach/bitte/Punkt/Uhrzeit',
  },
  fr: {
    days: [
      'lundi/lundis/lun/lu',
      'mardi/mardis/mar/ma',
      'mercredi/mercredis/mer/me',
      'jeudi/jeudis/jeu/je',
      'vendredi/vendredis/ven/ve',
      'samedi/samedis/sam/sa',
      'dimanche/dimanches/dim/di',
    ],
    daily: 'tous les jours/chaque jour/quotidien/quotidiennement/par jour',
    working:
      'jours ouvrés/jours ouvrables/jour ouvré/jour ouvrable/tous les jours ouvrés/tous les jours ouvrables/chaque jour ouvré/en semaine/jours de semaine/jours de la semaine/la semaine',
    weekend: 'week end/week ends/weekend/weekends/le week end',
    to: 'à/au/jusqu à/jusqu au',
    except: 'sauf/sauf le/excepté/hors/à part',
    every: 'chaque/tous les/toutes les',
    hours: 'h/heure/heures',
    hourly: 'toutes les heures/chaque heure',
    weekly: 'hebdomadaire/chaque semaine/toutes les semaines/une fois par semaine',
    count: 'fois/x',
    period: 'minute/minutes/min/jours/semaines/mois/secondes',
    noon: 'midi',
    midnight: 'minuit',
    am: 'du matin/le matin/matin/chaque matin/tous les matins',
    pm: 'du soir/le soir/soir/chaque soir/tous les soirs/de l après midi/l après midi/après midi',
    night: 'de la nuit/la nuit',
    numbers: 'une deux trois quatre cinq six sept huit neuf dix onze douze',
    before: [],
    after: [
      [30, 'et demie/et demi/trente'],
      [15, 'et quart/quinze'],
      [-15, 'moins le quart'],
    ],
    fillers:
      'le/la/les/l/et/puis/ou/aussi/du/de/des/d/en/vers/dans/pour/heure locale/temps/fuseau/fuseau horaire/horaire/zone/svp/pile/une fois',
  },
  es: {
    days: [
      'lunes/lun/lu',
      'martes/mar/ma',
      'miércoles/mié/mi',
      'jueves/jue/ju',
      'viernes/vie/vi',
      'sábado/sábados/sáb/sa',
      'domingo/domingos/dom/do',
    ],
    daily: 'todos los días/cada día/a diario/diario/diaria/diariamente/al día',
    working:
      'días laborables/laborables/días hábiles/día laborable/día hábil/todos los días laborables/todos los días hábiles/cada día laborable/cada día hábil/entre semana/días de semana/días de la semana/de entre semana',
    weekend: 'fin de semana/fines de semana/los fines de semana/finde/findes',
    to: 'a/al/hasta/hasta el',
    except: 'excepto/excepto los/menos los/menos el/salvo/salvo los/sin',
    every: 'cada/todos los/todas las',
    hours: 'h/hs/hr/hrs/hora/horas',
    hourly: 'cada hora/todas las horas',
    weekly: 'semanal/semanalmente/cada semana/una vez a la semana/una vez por semana',
    count: 'vez/veces/x',
    period: 'minuto/minutos/min/días/semanas/meses/segundos',
    noon: 'mediodía/medio día/al mediodía/del mediodía',
    midnight: 'medianoche/media noche/a medianoche/y media noche',
    am: 'am/a m/de la mañana/por la mañana/por las mañanas/mañana/mañanas/de la madrugada/madrugada',
    pm: 'pm/p m/de la tarde/por la tarde/por las tardes/tarde/tardes',
    night: 'de la noche/por la noche/por las noches/noche/noches',
    numbers: 'una dos tres cuatro cinco seis siete ocho nueve diez once doce',
    before: [[-15, 'cuarto para la/cuarto para las/un cuarto para la/un cuarto para las']],
    after: [
      [30, 'y media/treinta/y treinta'],
      [15, 'y cuarto/quince/y quince'],
      [-15, 'menos cuarto'],
    ],
    fillers:
      'a la/a las/la/las/el/los/y/e/o/u/de/del/desde/en/por/para/también/hora local/hora de/hora del/huso/huso horario/zona/zona horaria/horario/una vez/punto/sobre',
  },
  pt: {
    days: [
      'segunda/segundas/segunda feira/segundas feiras/seg/feira2',
      'terça/terças/terça feira/terças feiras/ter/feira3',
      'quarta/quartas/quarta feira/quartas feiras/qua/feira4',
      'quinta/quintas/quinta feira/quintas feiras/qui/feira5',
      'sexta/sextas/sexta feira/sextas feiras/sex/feira6',
      'sábado/sábados/sáb',
      'domingo/domingos/dom',
    ],
    daily: 'todos os dias/todo dia/todo o dia/cada dia/diariamente/diário/diária/por dia/ao dia',
    working:
      'dias úteis/dia útil/nos dias úteis/todos os dias úteis/todo dia útil/cada dia útil/dias de semana/dia de semana/dias da semana/durante a semana',
    weekend: 'fim de semana/fins de semana/finais de semana/final de semana/aos fins de semana',
    to: 'a/à/ao/até/até a/até à',
    except: 'exceto/exceto aos/menos aos/menos às/salvo/sem/fora',
    every: 'cada/a cada/todo/toda/todas as/todos os',
    hours: 'h/hs/hr/hrs/hora/horas',
    hourly: 'cada hora/a cada hora/de hora em hora/toda hora/todas as horas',
    weekly: 'semanal/semanalmente/cada semana/toda semana/uma vez por semana',
    count: 'vez/vezes/x',
    period: 'minuto/minutos/min/dias/semanas/meses/segundos',
    noon: 'meio dia/ao meio dia',
    midnight: 'meia noite/à meia noite/e meia noite/e à meia noite',
    am: 'am/a m/da manhã/de manhã/pela manhã/manhã/manhãs/da madrugada/madrugada',
    pm: 'pm/p m/da tarde/de tarde/à tarde/tarde/tardes',
    night: 'da noite/de noite/à noite/noite/noites',
    numbers: 'uma duas três quatro cinco seis sete oito nove dez onze doze',
    before: [
      [-15, 'quinze para a/quinze para as/quinze para o/um quarto para as'],
      [-10, 'dez para a/dez para as/dez para o'],
    ],
    after: [
      [30, 'e meia/trinta/e trinta'],
      [15, 'e quinze/quinze'],
      [45, 'e quarenta e cinco'],
    ],
    fillers:
      'às/as/aos/os/o/e/ou/de/da/do/das/dos/em/na/no/nas/nos/por/para/pelas/também/hora local/hora de/horário/horário de/fuso/fuso horário/zona/feira/feiras/uma vez/ponto',
  },
}

/** How a schedule may be typed, in each language. */
export const examples: Readonly<Record<ScheduleLanguage, string>> = {
  en: '07:30 and 18:00, Mon–Fri, Europe/London',
  de: '7:30 und 18 Uhr, Mo–Fr, Berlin',
  fr: '7h30 et 18h, lun–ven, Paris',
  es: '7:30 y 18:00, lun–vie, Madrid',
  pt: '7h30 e 18h, seg–sex, Lisboa',
}

/** Folded phrases of each language and what they mean there. */
export const vocabularies: Readonly<Record<ScheduleLanguage, ReadonlyMap<string, Meaning>>> = {
  en: vocabularyOf(words.en),
  de: vocabularyOf(words.de),
  fr: vocabularyOf(words.fr),
  es: vocabularyOf(words.es),
  pt: vocabularyOf(words.pt),
}

/** Most words in one phrase. */
export const longestPhrase = Math.max(
  ...scheduleLanguages.flatMap((language) =>
    [...vocabularies[language].keys()].map((phrase) => phrase.split(' ').length),
  ),
)

/** Later rows win: what a phrase means comes after the fillers it may also be. */
function vocabularyOf(row: Words): ReadonlyMap<string, Meaning> {
  const found = new Map<string, Meaning>()
  const put = (phrases: string, meaning: Meaning) => {
    for (const phrase of phrases.split('/').flatMap(foldedForms)) found.set(phrase, meaning)
  }
  put(row.fillers, { kind: 'filler' })
  put(row.period, { kind: 'period' })
  for (const [index, number] of row.numbers.split(' ').entries()) {
    put(number, { kind: 'number', value: index + 1 })
  }
  put(row.to, { kind: 'to' })
  put(row.count, { kind: 'count' })
  put(row.every, { kind: 'every' })
  put(row.except, { kind: 'except' })
  put(row.hours, { kind: 'hours' })
  put(row.hourly, { kind: 'hourly' })
  put(row.weekly, { kind: 'weekly' })
  put(row.am, { kind: 'half', half: 'am' })
  put(row.pm, { kind: 'half', half: 'pm' })
  put(row.night, { kind: 'half', half: 'night' })
  put(row.noon, { kind: 'clock', minutes: 12 * 60 })
  put(row.midnight, { kind: 'clock', minutes: 0 })
  for (const [minutes, phrases] of row.before) put(phrases, { kind: 'past', minutes, side: 'before' })
  for (const [minutes, phrases] of row.after) put(phrases, { kind: 'past', minutes, side: 'after' })
  for (const [index, forms] of row.days.entries()) {
    put(forms, { kind: 'days', days: weekdays.slice(index, index + 1) })
  }
  put(row.daily, { kind: 'days', days: weekdays })
  put(row.working, { kind: 'days', days: weekdays.slice(0, 5) })
  put(row.weekend, { kind: 'days', days: weekdays.slice(5) })
  return found
}
