/** Words that a summary may use though its source does not: they name nobody. */
import { stemmerFor } from '../../language/stems.ts'

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/u).filter((word) => word !== ''))

/** German nouns that every newspaper uses. */
const GERMAN_NOUNS = words(`
  Abend Abgabe Abgeordnete Abkommen Ablauf Abschluss Abschnitt Absicht Abstand Abstimmung Amt Anbieter Anfang Angabe
  Angebot Angehörige Angestellte Angriff Anhänger Anklage Anlage Anlass Annahme Anreiz Anschlag Anspruch Anstieg Anteil
  Antrag Antwort Anwalt Anwohner Anzahl Arbeit Arbeiter Arbeitgeber Arbeitnehmer Arbeitsplatz Argument Artikel Arzt
  Aufbau Aufgabe Auflage Aufsicht Auftrag Auftritt Aufwand Auge Ausbau Ausfall Ausgabe Auskunft Ausland Auslöser Ausmaß
  Aussage Aussicht Ausstieg Auswahl Ausweg Auto Autofahrer Bahn Bank Bau Bauarbeiten Baum Beamte Bedarf Bedenken
  Bedingung Befund Begehren Beginn Begründung Behörde Beispiel Beitrag Belastung Beleg Bereich Bericht Beruf Beschluss
  Beschwerde Beschäftigte Besitz Besitzer Besuch Besucher Beteiligte Betrag Betreiber Betrieb Betroffene Bevölkerung
  Beweis Bewerber Bewohner Bewerbung Bezirk Bilanz Bild Bildung Blick Boden Brand Brief Bruch Brücke Bund Bundesland
  Budget Bürger Büro Chance Chef Chefin Dach Dank Datei Daten Dauer Debatte Defizit Dienst Dienstleister Diskussion Dorf Druck
  Ebene Effekt Eigentümer Einbruch Einbußen Eindruck Einfluss Einführung Eingang Eingriff Einheit Einkommen Einnahme
  Einrichtung Einsatz Einsatzkräfte Einschätzung Einwand Einwohner Einzelheit Eltern Ende Energie Engpass Entlassung
  Entscheidung Entschädigung Entwicklung Entwurf Ereignis Erfahrung Erfolg Ergebnis Erkenntnis Erklärung Ermittler
  Ermittlung Ersatz Erwartung Experte Expertin Fabrik Fachleute Fahrer Fahrgast Fahrt Fahrzeug Fall Familie Fehler
  Feier Feld Fest Festnahme Feuer Feuerwehr Feuerwehrleute Firma Fläche Flug Fluggesellschaft Fluglinie Flugzeug Fluss Folge Forderung Form Forscher
  Forscherin Fortschritt Frage Fraktion Frau Freitag Freiwillige Freude Freund Frist Frühjahr Fund Förderung Führung Fußgänger
  Gang Gast Gastgeber Gebäude Gebiet Gebühr Gefahr Gefängnis Gegenstand Gegenteil Gegner Gehalt Geld Gelegenheit Gemeinde
  Genehmigung Gericht Geschichte Geschäft Geschädigte Gesellschaft Gesetz Gespräch Gesundheit Gewalt Gewerkschaft Gewinn
  Grad Grenze Grund Grundlage Gruppe Größe Gutachten Gäste Haft Halle Haltung Handel Haus Haushalt Heim Helfer
  Hersteller Herbst Hilfe Hinsicht Hintergrund Hinweis Hof Hoffnung Höhe Idee Industrie Information Inhaber Inhalt Initiative Internet
  Insel Instanz Interesse Investition Jahr Jahrzehnt Jugendliche Junge Jury Kampf Kandidat Kandidatin Kapitel Kasse
  Katastrophe Kauf Keller Kilometer Kind Klage Kläger Klinik Kollege Kollegin Kommission Kommune Konflikt Kontrolle
  Konzept Konzern Kosten Kraft Krankenhaus Kreis Krieg Krise Kritik Kritiker Kunde Kundin Kunst Kurs Kürzung Küste Lage
  Lager Land Landesregierung Landwirt Leben Lehrer Lehrkräfte Leiche Leistung Leiter Leiterin Leitung Leser Leute Licht
  Linie Liste Lohn Lösung Luft Lücke Macht Mangel Mann Mannschaft Markt Maschine Maßnahme Material Mehrheit Meinung Meldung
  Menge Mensch Messung Methode Miete Mieter Mieterin Minister Ministerin Ministerium Minute Mitarbeiter Mitarbeiterin
  Mitglied Mittag Mitte Mittel Mittwoch Modell Monat Montag Morgen Motiv Mutter Mühe Möglichkeit Nachbar Nachfolger
  Nachfrage Nachmittag Nachricht Nachteil Nacht Name Natur Netz Neubau Niederlage Niveau Not Nutzen Nutzer Oberfläche
  Opfer Opposition Ort Partei Partie Partner Passagier Patient Pause Person Personal Pflege Pflicht Pilot Plan Platz
  Politik Politiker Politikerin Polizei Polizist Position Posten Preis Präsident Präsidentin Praxis Presse Probe Problem
  Produkt Produktion Projekt Protest Prozent Prozess Prüfung Publikum Punkt Quelle Rahmen Rand Rat Raum Reaktion Rechnung
  Recht Rede Reform Regel Regelung Regen Regierung Region Rennen Reparatur Restaurierung Rettung Rettungskräfte Richter
  Richterin Richtung Risiko Rolle Ruhe Runde Rückgang Rückkehr Rückstand Sache Saison Sanierung Sanktion Satz Schaden
  Schicht Schiff Schließung Schluss Schritt Schuld Schule Schutz Schwerpunkt Schüler Schülerin See Seite Sicherheit Sicht
  Sieg Sieger Signal Sinn Situation Sitz Sitzung Sommer Sonntag Sorge Sparprogramm Spiel Spieler Spielerin Spitze
  Sprecher Sprecherin Sprung Spur Staat Stadt Stadtrat Stand Standort Start Statistik Stelle Stellenabbau Steuer
  Stiftung Stimme Stimmung Stoff Strafe Strafverfahren Strategie Straße Strecke Streik Streit Strom Student Studie Stunde
  Stück Suche Summe System Szene Tag Tagung Tat Team Technik Teil Teilnehmer Telefon Temperatur Termin Test Text Thema
  Tier Titel Tod Todesfall Todesopfer Ton Tor Tote Tour Tradition Trainer Trainerin Treffen Trend Täter Übergang Überblick
  Übernahme Umbau Umfang Umfrage Umgang Umsatz Umsetzung Umstand Umwelt Unfall Unglück Unternehmen Unterricht Unterschied
  Unterschrift Unterstützer Unterstützung Untersuchung Urlaub Ursache Urteil Vater Verbesserung Verband Verbot
  Verbraucher Verbrechen Verdacht Verdächtige Verein Verfahren Verfügung Vergangenheit Vergleich Verhalten Verhandlung
  Verkauf Verkehr Verlauf Verletzte Verletzung Verlust Verlängerung Vermögen Verschiebung Versorgung Versprechen Versuch
  Vertrag Vertrauen Vertreter Vertreterin Verwaltung Verzicht Verzögerung Volk Voraussetzung Vorbereitung Vorfall Vorgabe
  Vorgang Vorgehen Vorgänger Vorhaben Vorjahr Vorschlag Vorsitz Vorsitzende Vorstand Vorteil Vorwurf Waffe Wahl Wald Wand
  Warnung Wasser Wechsel Weg Welt Werk Wert Wetter Widerstand Winter Wirkung Wirtschaft Wissen Wissenschaftler
  Wissenschaftlerin Woche Wochenende Wohnung Wort Wunsch Zahl Zeit Zeitraum Zeitung Zentrum Zeuge Zeugin Ziel Zimmer
  Zug Zugang Zukunft Zulassung Zunahme Zusage Zusammenarbeit Zusammenhang Zuschauer Zustand Zustimmung Zuwachs Zweck
  Zweifel Ärger Ärztin Öffentlichkeit Übung`)

/** Heads of so many place and family names that a compound with them proves nothing: "Ingolstadt", "Bergmann". */
const NAME_HEADS =
  words(`stadt land dorf haus mann frau bau platz weg wald hof feld see bahn brück baum boden kreis
  brand wand berg markt stein burg tal bach heim ort kraft gast mutter vater`)

const stem = stemmerFor('de')
const nounStems: ReadonlySet<string> = new Set([...GERMAN_NOUNS].map(stem))
const headStems: readonly string[] = [...nounStems].filter(
  (noun) => noun.length >= 5 && !NAME_HEADS.has(noun),
)

/** Whether a German noun is one of those, in any form, or ends in one: "Exportsteuer". */
export function isNeutralNoun(word: string): boolean {
  const stemmed = stem(word)
  return nounStems.has(stemmed) || headStems.some((head) => stemmed.endsWith(head))
}

/** Words with which a sentence may begin, in all languages that are checked. Lower case. */
export const NEUTRAL_OPENERS = words(`
  insgesamt heute gestern morgen künftig zuvor zunächst anschließend danach davor später früher derzeit aktuell bislang
  bisher ferner weiterhin dennoch trotzdem jedoch allerdings hingegen stattdessen gleichzeitig inzwischen mittlerweile
  schließlich letztlich demnach
  authorities police people plans work workers residents critics supporters opponents experts researchers scientists
  passengers drivers parents families local nearby earlier later meanwhile instead however currently recently officials
  following amid according construction repairs efforts crews firefighters rescuers engineers doctors volunteers fans
  several dozens hundreds thousands today yesterday teachers students patients customers traders voters ministers
  lawmakers leaders members owners officers organisers organizers campaigners reporters farmers lawyers shareholders
  selon malgré toutefois cependant plusieurs actuellement ensuite enfin désormais pourtant
  según pese actualmente finalmente además varios secondo intanto inoltre infine attualmente
  segundo apesar atualmente volgens daarnaast momenteel uiteindelijk
  enligt dessutom slutligen samtidigt ifølge desuden endelig samtidig dessuten według ponadto obecnie jednak`)
