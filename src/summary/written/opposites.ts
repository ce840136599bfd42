/**
 * Words that say the contrary of each other in the news: "rose" and "fell", "angenommen" and "abgelehnt". Whoever
 * writes the one where the source has only the other has turned the sentence round.
 */
import { stemmerFor } from '../../language/stems.ts'

/** Each line: one side, `|`, the other. Verbs come in the forms that their stems do not share. */
const PAIRS: Readonly<Record<string, string>> = {
  de: `
    steigen stieg stiegen gestiegen steigt zunehmen zugenommen zunahme anstieg erhöht erhöhen erhöhung wuchs wachsen gewachsen | sinken sank sanken gesunken sinkt abnehmen abgenommen abnahme rückgang gesenkt senken senkung fiel fielen gefallen schrumpfen schrumpfte geschrumpft
    gewinnen gewann gewannen gewonnen sieg siegen siegte siege | verlieren verlor verloren niederlage unterlag unterlagen unterlegen
    zustimmen zugestimmt stimmte billigen billigte gebilligt angenommen genehmigt genehmigte genehmigung befürwortet befürworten erlaubt erlauben | ablehnen abgelehnt lehnte ablehnung verworfen verbieten verboten untersagt verweigert verweigerte
    bestätigt bestätigte bestätigen eingeräumt zugegeben gestanden gestand | dementiert dementierte dementieren bestritten bestritt bestreitet abgestritten zurückgewiesen
    schuldig verurteilt verurteilte | unschuldig freigesprochen freispruch
    eröffnet eröffnung öffnet öffnen geöffnet | geschlossen schließt schließen schließung gesperrt sperrung
    mehr | weniger
    teurer verteuert | billiger günstiger verbilligt
    besser verbessert verbesserung | schlechter verschlechtert verschlechterung
    tot tote toten getötet starb starben gestorben | verletzt verletzte verletzten überlebt überlebte überlebten
    gefunden entdeckt gerettet | vermisst verschollen
    früher | später
    links | rechts`,
  en: `
    rise rises rose risen increase increases increased grow grew growth climb climbed gain gained | fall falls fell fallen decrease decreases decreased drop dropped decline declined shrink shrank
    win wins won victory beat | lose loses lost defeat defeated
    approve approved approves agree agreed accept accepted back backed allow allowed permit permitted | reject rejected rejects refuse refused decline oppose opposed ban banned block blocked veto vetoed
    confirm confirmed admit admitted confess confessed | deny denied denies dispute disputed
    guilty convicted conviction | innocent acquitted acquittal
    open opens opened reopen reopened | close closes closed shut shuts
    more | fewer less
    better improve improved | worse worsen worsened
    dead died die dies killed kills | injured hurt wounded survived survive survivors
    found rescued | missing
    before | after
    earlier | later
    success succeed succeeded succeeds | fail fails failed failure`,
  fr: `
    augmenter augmenté augmente hausse progresser progressé progression | baisser baissé baisse diminuer diminué diminution recul reculé chute chuté
    gagner gagné victoire remporté | perdre perdu défaite battu
    accepter accepté approuver approuvé adopté voté | refuser refusé rejeter rejeté
    confirmer confirmé reconnu avoué | démentir démenti nier nié
    coupable condamné | innocent acquitté relaxé
    ouvrir ouvert ouverture | fermer fermé fermeture
    plus | moins
    mort morts tué tués décédé | blessé blessés
    retrouvé | disparu`,
  es: `
    subir subió subido aumentar aumentó aumento creció crecer | bajar bajó bajado caer cayó caída descender descendió descenso disminuir
    ganar ganó ganado victoria | perder perdió perdido derrota
    aprobar aprobó aprobado aceptar aceptó | rechazar rechazó rechazado
    confirmar confirmó admitió | negar negó desmentir desmintió
    culpable condenado | inocente absuelto
    abrir abrió abierto | cerrar cerró cerrado cierre
    más | menos
    muerto muertos murió | herido heridos`,
  it: `
    salire salito aumentare aumentato aumento cresciuto crescita | scendere sceso calare calato calo diminuito
    vincere vinto vittoria | perdere perso sconfitta
    approvare approvato accettato | respingere respinto bocciato rifiutato
    confermato ammesso | smentito negato
    colpevole condannato | innocente assolto
    aperto apertura | chiuso chiusura
    più | meno
    morto morti ucciso | ferito feriti`,
  nl: `
    stijgen steeg gestegen stijging toegenomen toename | dalen daalde gedaald daling afgenomen afname
    winnen won gewonnen zege | verliezen verloor verloren nederlaag
    goedgekeurd aangenomen akkoord | afgewezen verworpen geweigerd
    bevestigd toegegeven | ontkend
    schuldig veroordeeld | onschuldig vrijgesproken
    geopend open | gesloten dicht
    meer | minder
    dood doden gedood | gewond gewonden`,
}

const tables = new Map<string, ReadonlyMap<string, readonly string[]>>()

/** For each stem its opposites; empty for a language without a list. */
export function oppositesOf(language: string): ReadonlyMap<string, readonly string[]> {
  let table = tables.get(language)
  if (table === undefined) {
    table = buildTable(language)
    if (tables.size < 100) tables.set(language, table)
  }
  return table
}

function buildTable(language: string): ReadonlyMap<string, readonly string[]> {
  const stem = stemmerFor(language)
  const table = new Map<string, readonly string[]>()
  const list = Object.hasOwn(PAIRS, language) ? PAIRS[language] : undefined
  for (const line of (list ?? '').split('\n').filter((each) => each.includes('|'))) {
    const sides = line.split('|').map((side) => [...new Set(side.trim().split(/\s+/u).map(stem))])
    const [one = [], other = []] = sides
    const both = new Set(one.filter((word) => other.includes(word)))
    const add = (word: string, contrary: readonly string[]): void => {
      if (!both.has(word)) table.set(word, [...(table.get(word) ?? []), ...contrary])
    }
    for (const word of one) add(word, other)
    for (const word of other) add(word, one)
  }
  return table
}
