/**
 * Words that every second news text holds whatever it is about: weekdays and months, number words, "year", "people",
 * "percent", "said", "told". They are no stop words (a summary needs them), but two articles that share them share
 * nothing. In a large set their frequency would show it; in a set of twenty articles it cannot.
 *
 * Weekdays and months come from CLDR for every language; the rest is written by hand for the languages below.
 */
import { stemmerFor } from '../language/stems.ts'
import { foldWord, tokenise } from '../language/tokens.ts'

const LISTS: Readonly<Record<string, string>> = {
  de: `eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf zwanzig hundert hunderte tausend tausende
    million millionen milliarde milliarden mio mrd halb dutzend erst erste zweite dritte nächste letzte vergangene
    jahr monat woche tag stunde minute uhr morgen vormittag mittag nachmittag abend nacht heute gestern wochenende
    zeit anfang ende mitte seit kilometer meter prozent euro dollar kosten geld zahl teil hälfte drittel viertel
    mensch leute person mann frau kind familie stadt land ort haus straße platz weg seite stelle
    sagen sagt sagte teilen teilte mitteilen mitgeteilt erklären erklärte berichten berichtete heißen hieß hieße
    kündigen kündigte ankündigen angekündigt nennen nannte geben gab gibt gehen ging geht kommen kam kommt stehen stand
    steht bleiben blieb bleibt lassen ließ lässt machen machte macht sehen sah sieht finden fand findet liegen lag liegt
    nehmen nahm nimmt halten hielt hält bringen brachte stellen stellte zeigen zeigte zeigt führen führte beginnen begann
    brauchen braucht wissen weiß glauben angeben angabe angaben sprecher sprecherin chef chefin leiter leiterin
    zunächst zuletzt bisher bislang später früher spät früh neu neue groß große klein kleine gut gute lang lange hoch hohe
    wenig weniger weiter weitere ganz knapp mehrere einzeln möglich ab statt fast gerade grund fall frage jährig dr`,
  en: `two three four five six seven eight nine ten eleven twelve twenty hundred hundreds thousand thousands million
    millions billion half dozen first second third next last past previous year month week day hour minute time morning
    afternoon evening night today yesterday tomorrow weekend midnight noon start end begin began mile kilometre
    kilometer metre meter foot feet percent cent pound euro dollar cost money number part quarter
    people person man woman child family member group city town country place house home street road side area line
    say says said tell told report reported reports announce announced add added call called ask asked go went gone going
    come came take took taken give gave given get got make made see saw seen find found keep kept leave left know known
    show showed shown put set run ran turn turned want need use used work worked plan planned expect expected hold held
    bring brought become became let lead led official spokesman spokeswoman spokesperson chief director head
    new old big large small good bad long short high low early late earlier later recent recently already
    few less least several many back way thing case question reason like well far around close part least room`,
  fr: `deux trois quatre cinq six sept huit neuf dix onze douze vingt cent cents mille millier milliers million millions
    milliard milliards demi premier première deuxième second prochain dernier dernière an ans année mois semaine jour
    journée heure minute fois matin midi après-midi soir nuit hier aujourd hui demain début fin kilomètre mètre euro
    dollar coût argent nombre partie moitié tiers quart personne personnes homme femme enfant famille ville pays lieu
    place rue maison dire dit disait affirmé affirme expliqué explique déclaré déclare annoncé annonce indiqué indique
    ajouté ajoute précisé précise faire aller venir prendre pris donner donné mettre mis voir vu trouver trouvé rester
    nouveau nouvelle grand grande petit petite bon bonne long haut président responsable chef directeur porte-parole`,
  es: `dos tres cuatro cinco seis siete ocho nueve diez once doce veinte cien ciento cientos mil miles millón millones
    medio primer primero primera segundo segunda tercero próximo último última año mes semana día hora minuto vez mañana
    tarde noche ayer hoy inicio fin final kilómetro metro euro dólar dinero número parte mitad persona personas gente
    hombre mujer niño familia ciudad país lugar casa calle decir dijo dice afirmó explicó señaló aseguró anunció informó
    añadió indicó hacer hecho ir venir tomar dar dado ver visto nuevo nueva gran grande pequeño buen bueno largo alto
    presidente director jefe portavoz responsable`,
  it: `due tre quattro cinque sei sette otto nove dieci undici dodici venti cento mila mille migliaia milione milioni
    miliardo miliardi mezzo primo prima secondo seconda terzo prossimo ultimo ultima anno anni mese settimana giorno ora
    minuto volta mattina pomeriggio sera notte ieri oggi domani inizio fine chilometro metro euro dollaro soldi numero
    parte metà persona persone gente uomo donna bambino famiglia città paese luogo casa via dire detto dice spiegato
    affermato annunciato aggiunto riferito fare fatto andare venire prendere preso dare dato vedere visto nuovo nuova
    grande piccolo buono lungo alto presidente direttore capo portavoce responsabile`,
  nl: `twee drie vier vijf zes zeven acht negen tien elf twaalf twintig honderd honderden duizend duizenden miljoen
    miljard half eerste tweede derde volgende laatste jaar maand week dag uur minuut keer ochtend middag avond nacht
    gisteren vandaag morgen begin einde kilometer meter procent euro dollar geld aantal deel helft mens mensen persoon man
    vrouw kind familie stad land plaats huis straat zeggen zegt zei meldt meldde vertelde aangekondigd gaan ging komen
    kwam nemen nam geven gaf maken zien zag nieuw nieuwe groot grote klein kleine goed lang hoog woordvoerder directeur`,
  pt: `dois duas três quatro cinco seis sete oito nove dez onze doze vinte cem cento centenas mil milhares milhão milhões
    meio primeiro primeira segundo terceiro próximo último ano mês semana dia hora minuto vez manhã tarde noite ontem hoje
    amanhã início fim quilómetro quilômetro metro euro dólar real dinheiro número parte metade pessoa pessoas gente homem
    mulher criança família cidade país lugar casa rua dizer disse diz afirmou explicou anunciou informou acrescentou fazer
    feito ir vir tomar dar dado ver visto novo nova grande pequeno bom longo alto presidente diretor chefe porta-voz`,
}

const known = new Map<string, ReadonlySet<string>>()

/** The stems of a language's commonplaces; where there is no list, of its weekdays and months. */
export function commonplacesOf(language: string): ReadonlySet<string> {
  let stems = known.get(language)
  if (stems === undefined) {
    const list = Object.hasOwn(LISTS, language) ? (LISTS[language] ?? '') : ''
    const stem = stemmerFor(language)
    stems = new Set(
      tokenise(`${list} ${calendarWords(language).join(' ')}`, language).flatMap((word) => [
        stem(word),
        foldWord(word),
      ]),
    )
    known.set(language, stems)
  }
  return stems
}

/** Weekdays and months as the language writes them, also with a day before them; empty where CLDR has none. */
function calendarWords(language: string): string[] {
  if (!/^[a-z]{2,3}$/.test(language) || Intl.DateTimeFormat.supportedLocalesOf(language).length === 0)
    return []
  const formatter = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
    new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC', calendar: 'gregory' })
  const weekday = formatter({ weekday: 'long' })
  const months = [formatter({ month: 'long' }), formatter({ day: 'numeric', month: 'long' })]
  const days = [1, 2, 3, 4, 5, 6, 7].map((day) => weekday.format(Date.UTC(2024, 0, day)))
  return days.concat(
    [...Array(12).keys()].flatMap((at) => months.map((month) => month.format(Date.UTC(2024, at, 15)))),
  )
}
