/**
 * Turning points: what an event does when it really moves on. Somebody is arrested, a verdict is given, a vote is taken, a festival is
 * called off. Each turn has the words by which it is told, so that another word for the same turn is no news, and a turn told in one
 * language is known when it comes in another.
 *
 * Languages without a list have no turns; there, figures and denials alone tell whether a story moved.
 */
import { type PhraseFinder, phraseFinder } from './phrases.ts'

/** Whoever is charged in a headline without a word of what with: "Ship's master charged". Only of people is it no price. */
const CHARGED =
  `man woman men women boy teenager teenagers father mother husband wife couple brother brothers suspect suspects captain master
  skipper pilot driver owner owners operator manager managers boss chief director executive executives leader officer officers policeman
  soldier teacher doctor nurse priest minister mayor president politician official officials officer`
    .split(/\s+/u)
    .map((person) => `${person}+charged`)
    .join(' ')

/** By language and turn; `return` is what was stopped, closed or feared and is so no longer. */
const TURNS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  de: {
    death: `gestorben starb starben stirbt sterben tote toten toter totes getötet* tötet todesopfer* leiche leichen ums+leben
      leben+gekostet leben+verloren verstorben erlegen erschossen erstochen ertrunken`,
    injury: 'verletzt* verwundet*',
    arrest: `festgenommen* verhaftet* gefasst festnahme festnahmen verhaftung verhaftungen untersuchungshaft haftbefehl nimmt…fest
      nahm…fest nahmen…fest in+gewahrsam`,
    charge: `angeklagt anklage+erhoben anklage+gegen erhebt…anklage erhob…anklage erhoben…anklage klagt…an klage+eingereicht eingeklagt
      verklagt verklagen`,
    trial: `vor+gericht+verantworten muss…vor+gericht müssen…vor+gericht steht…vor+gericht stehen…vor+gericht prozess+gegen prozess+um
      prozess+wegen prozess+beginnt prozess+begonnen prozessbeginn prozessauftakt`,
    verdict: 'verurteilt* schuldig+gesprochen schuldspruch zu…haft zu…gefängnis',
    acquittal: 'freigesprochen* freispruch spricht…frei sprach…frei verfahren+eingestellt',
    confession: 'gestanden gesteht geständnis geständig räumt…ein räumte…ein eingeräumt bekannt+zu',
    stop: `abgesagt* absage sagt…ab sagte…ab fällt+aus fallen+aus fiel+aus ausgefallen geplatzt abgebrochen* gestoppt* ausgesetzt
      abgewendet vom+tisch gescheitert scheitert eingestellt abgeblasen`,
    delay: 'verschoben verschiebt vertagt* verlängert* aufgeschoben',
    approval: `beschlossen beschließt beschließen gebilligt billigt verabschiedet* zugestimmt stimmt…zu stimmte…zu stimmten…zu
      genehmigt zugelassen angenommen abgesegnet geeinigt einigung einigt+sich einigen+sich einigte+sich einigten+sich verständigt+sich
      unterzeichnet unterschrieben besiegelt vereinbart übernimmt übernommen kauft gekauft grünes+licht`,
    refusal: `abgelehnt lehnt…ab lehnte…ab lehnten…ab gekippt kippt untersagt verboten verbietet verworfen zurückgewiesen
      für+ungültig für+nichtig aufgehoben hebt…auf hob…auf`,
    departure: `zurückgetreten tritt…zurück trat…zurück traten…zurück rücktritt+erklärt rücktritt+eingereicht reicht…rücktritt
      reichte…rücktritt gibt…rücktritt gab…rücktritt rücktritt+nach rücktritt+angenommen kostet…das+amt kostet…den+job zurückgezogen zieht…zurück
      zog…zurück legt…nieder legte…nieder entlassen entlässt gefeuert abgesetzt freigestellt abberufen gestürzt trennt+sich+von
      trennte+sich+von`,
    election: `gewählt+worden zur…gewählt zum…gewählt ernannt vereidigt gewonnen gewinnt gewann siegt besiegt* wiedergewählt
      setzt+sich…durch setzte+sich…durch`,
    finding: `gefunden* fanden entdeckt* geborgen* bargen gerettet* befreit* freigelassen freigekommen sichergestellt* beschlagnahmt
      aufgetaucht identifiziert*`,
    closure:
      'geschlossen schließt schließung dichtgemacht insolvenz pleite abgeschaltet stillgelegt streicht gestrichen',
    return: `nicht+mehr nicht+länger wieder+frei wieder+offen wieder+geöffnet wieder+befahrbar wieder+aufgenommen wieder+eröffnet
      wieder+am+netz wiedereröffnet entwarnung freigegeben bleibt…im+amt bleibt…trainer bleibt…chef`,
    repetition: 'wiederholt+werden neuwahl neuwahlen neu+ausgezählt von+vorn+beginnen neu+aufgerollt',
    cause:
      'verursacht* ursache+war ursache+ist ausgelöst+durch ausgelöst+von auf…zurückzuführen brandstiftung',
    flight: 'evakuiert* geflohen geflüchtet entkommen ausgebrochen in+sicherheit+gebracht häuser+verlassen',
    disaster: 'eingestürzt einstürzte stürzte…ein explodiert* entgleist* gesunken abgestürzt gekentert',
    penalty: 'geldstrafe bußgeld* strafzahlung sanktionen+verhängt verhängt gesperrt+worden',
    destruction: 'zerstört* niedergebrannt verwüstet* abgebrannt',
    apology: 'entschuldigt+sich entschuldigte+sich um+entschuldigung um+verzeihung',
    recall: 'ruft…zurück rief…zurück zurückgerufen rückruf',
    expulsion: 'abgeschoben ausgewiesen ausgeliefert auslieferung+genehmigt auslieferung+angeordnet',
    truce: 'waffenruhe feuerpause waffenstillstand friedensabkommen',
    attack: 'angegriffen beschossen bombardiert einmarschiert eingenommen',
    transfer: 'wechselt+zu wechselt+nach wechselt+vom wechselt+von verpflichtet unter+vertrag',
  },
  en: {
    death: `died dies dead deadly killed kills killing death deaths fatal fatally lost+his+life lost+her+life lost+their+lives
      lose+their+lives bodies+were body+was shot+dead drowned`,
    injury: 'injured injures injuries wounded hurt',
    arrest:
      'arrested arrest arrests detained detains apprehended in+custody into+custody remanded caught captured',
    charge: `charged+with charged+over charged+after charged+in+connection been+charged prosecutors…charged charged…prosecutors
      police…charged charged…police ${CHARGED} indicted face…charges faces…charges facing…charges file+charges files+charges filed+charges
      press+charges pressed+charges brought+charges sued sues filed…lawsuit filed…suit`,
    trial: `stand+trial stands+trial stood+trial standing+trial on+trial trial+of trial+begins trial+began trial+begun trial+opens
      trial+opened trial+against`,
    verdict: 'convicted found+guilty sentenced jailed guilty+verdict imprisoned',
    acquittal: 'acquitted acquits cleared+of found+not+guilty charges…dropped',
    confession:
      'confess confessed confesses admitted admits pleaded+guilty pleads+guilty claimed+responsibility',
    stop: `cancelled canceled cancels called+off calls+off scrapped averted broken+off broke+off collapse collapses collapsed halted
      halts suspended suspends abandoned abandons fallen+through fell+through aborted shelved`,
    delay: 'postponed postpones put+off deferred adjourned extended extends pushed+back prolonged',
    approval: `approved approves get+approval gets+approval got+approval wins+approval won+approval given+approval grants+approval
      adopted adopts passed…bill passed…law passed…motion passed…budget voted+for voted+in+favour voted+in+favor ratified green+light
      signed signs sealed seals agreed+on agreed+to acquires acquired buys bought snaps+up takes+over struck+a+deal reached+a+deal
      reached+an+agreement licensed authorised authorized`,
    refusal: `rejected rejects voted+down blocked blocks banned bans vetoed vetoes struck+down strikes+down overturned overturns
      prohibited annulled declared+invalid ruled+against ruled+out dismissed+the denied+a denied+the`,
    departure: `resigned resigns hands+in…resignation handed+in…resignation tenders…resignation tendered…resignation submits…resignation
      submitted…resignation announces…resignation announced…resignation accepts…resignation accepted…resignation costs…job cost…job
      stepped+down steps+down stepped+aside steps+aside stepping+down quits stood+down stands+down withdrew withdrawn withdraws pulled+out pulls+out has+fired
      was+fired has+sacked was+sacked been+sacked has+dismissed was+dismissed been+dismissed was+ousted been+ousted been+removed sacks
      ousts parted+company`,
    election:
      'elected re-elected appointed appoints sworn+in won wins defeated defeats beat inaugurated promoted',
    finding:
      'found recovered discovered rescued freed released brought+out seized identified tracked+down located',
    closure: `to+close will+close closes closed+down shut+down shuts+down shutting+down closure bankrupt bankruptcy insolven* to+cut
      will+cut to+shed will+shed to+axe will+axe laid+off`,
    return: `no+longer reopened reopens resumed resumes restored lifted lifts all-clear back+in+service back+online stays+in+office
      remains+in+office stays+as remains+as`,
    repetition: 'rerun recount retrial snap+election new+election',
    cause: 'caused+by caused was+the+cause traced+to traced+back+to blamed+on arson triggered+by',
    flight: 'evacuated evacuates fled escaped+from escaped+custody escaped+prison on+the+run',
    disaster: 'exploded explodes derailed derails sank sunk crashed crashes capsized caved+in',
    penalty: 'fined fines penalty sanctions+imposed sanctions+against imposed imposes docked',
    destruction: 'destroyed destroys destroying gutted razed wiped+out burned+down',
    apology: 'apologised apologises apologized apologizes apology sorry',
    recall: 'recalled recalls recalling product+recall',
    expulsion: 'deported extradited expelled expels',
    truce: 'ceasefire cease-fire truce armistice peace+deal peace+agreement',
    attack: 'attacked shelled bombed invaded invades stormed',
    transfer: 'joins joined transfers+to moves+to signed+for',
  },
}

/** What somebody does for all to see, once: its first sentence is news even under a headline that says it in other words. */
export const ACTS: ReadonlySet<string> = new Set(['arrest', 'charge', 'verdict', 'acquittal', 'departure'])

/** The one turn that is told by a denial. */
export const RETURN = 'return'

const finders = new Map<string, PhraseFinder>()

/** Whether there is a list for that language. */
export function hasTurns(language: string): boolean {
  return Object.hasOwn(TURNS, language)
}

/** Finds the turns that a sentence of a language tells; none in languages without a list. */
export function turnFinder(language: string): PhraseFinder {
  let finder = finders.get(language)
  if (finder === undefined) {
    const lists = Object.hasOwn(TURNS, language) ? TURNS[language] : undefined
    finder = phraseFinder(Object.entries(lists ?? {}))
    if (finders.size < 100) finders.set(language, finder)
  }
  return finder
}
