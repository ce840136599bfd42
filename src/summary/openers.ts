/**
 * Words by which a sentence leans on the one before it, by language: pronouns and possessives without their noun,
 * connectives, and "there" or "then" without their place or time. A sentence that begins with one is chosen only
 * together with its predecessor. And the formulas of reported speech that name no speaker ("he said", "a-t-il dit").
 *
 * Words that begin as many self-contained sentences as leaning ones ("Es gibt", "Il faut", "There are", "Det är")
 * are left out, or named as exceptions.
 */

export interface Openers {
  /** First words, or first phrases, in lower case. */
  readonly leaning: ReadonlySet<string>
  /** Beginnings that look leaning and are not. */
  readonly exceptions?: RegExp
  /** A speaker who is only a pronoun, anywhere in the sentence. */
  readonly saidSomeone?: RegExp
}

const list = (phrases: string): ReadonlySet<string> =>
  new Set(
    phrases
      .split('|')
      .map((phrase) => phrase.trim().replace(/\s+/gu, ' '))
      .filter((phrase) => phrase !== ''),
  )

/** The longest phrase of the tables, in words. */
export const MAX_OPENER_WORDS = 4

const scandinavianSaid =
  /(?<!\p{L})(?:säger|sa|sade|menar|berättar|förklarar|siger|sagde|fortæller|forklarer|mener|oplyser|sier|forteller|legger)\s+(?:han|hon|hun|de)(?!\p{L})/iu

export const OPENERS: Readonly<Record<string, Openers>> = {
  de: {
    leaning:
      list(`er|sie|ihm|ihn|ihr|ihnen|sein|seine|seinen|seinem|seiner|seines|ihre|ihren|ihrem|ihrer|ihres|dies|diese
      |dieser|dieses|diesen|diesem|jene|jener|jenes|letztere|letzterer|letzteres|beide|die beiden|deren|dessen|solche|solch|derlei
      |das sei|das ist|das war|das habe|das sagte|das sagten|das teilte|das teilten|das berichtet|das berichtete|das berichten|das geht|das ergab|das zeigt|das zeigen|das bestätigte|das erklärte|das wäre|das wird|das gilt|es sei|es habe|es seien|es handelt|es handle|es handele|es solle
      |doch|aber|allerdings|dennoch|trotzdem|zudem|außerdem|auch|so|somit|daher|deshalb|deswegen|darum|damit|dabei|dazu
      |dafür|dagegen|danach|daraufhin|dann|darüber|darunter|davon|davor|dort|da|denn|also|jedoch|hingegen|indes|indessen
      |ferner|weiters|überdies|schließlich|zuvor|stattdessen|und|oder|sondern|andererseits|einerseits|gleichzeitig
      |anschließend|ebenso|ebenfalls|derweil|unterdessen|inzwischen|immerhin|hier|hinzu|demnach|demzufolge|dadurch|daran
      |darauf|daraus|darin|dahinter|ansonsten|vielmehr|letztlich|nichtsdestotrotz|gleichwohl|hierzu|hierfür|dementsprechend
      |bis dahin|aus diesem grund|vor diesem hintergrund|in der folge|im gegensatz dazu|im gegenzug|zum beispiel|zur gleichen zeit
      |zu diesem|in diesem|mit diesem|unter diesen|mit dieser|in dieser|bei diesem|nach diesem|trotz dieser
      |einen tag später|wenig später|kurz darauf|kurz danach|tags darauf|später|mehr dazu|weder er|weder sie|ob er|ob sie
      |nur so|erst dann|nicht nur|genau das|all das|einer von|eine von|auf die frage`),
    exceptions:
      /^(?:auch (?:nach|in|im|am|bei|für|wenn|der|die|das|\p{Lu})|(?:diese[nrs]?|in diesem|zu diesem|in dieser) (?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|woche|jahr|sommer|winter|herbst|frühjahr|monat)|so (?:viele?|stark|groß|hoch|\p{L}+ wie)|das ist das|beide (?=\p{Lu}))/iu,
    saidSomeone:
      /(?<!\p{L})(?:sagt|sagte|so|meinte|meint|betonte|betont|erklärte|erklärt|ergänzte|kritisierte|schrieb|schreibt|versicherte|fügte|forderte|hieß|heißt|zitierte|erzählt|erzählte|berichtet|berichtete|warnte|kündigte)\s+(?:er|sie|es|der \d{1,2}-jährige|die \d{1,2}-jährige)(?!\p{L})/iu,
  },
  en: {
    leaning:
      list(`he|she|they|it|his|her|hers|its|their|him|them|this|that|these|those|such|both|it's|he's|she's|they're|that's
      |he'd|she'd|they'd|he'll|she'll|they'll|the latter|the former|the pair|the two|the duo
      |however|but|and|or|so|yet|also|then|thus|therefore|meanwhile|moreover|furthermore|besides|instead|still|nevertheless
      |nonetheless|hence|otherwise|additionally|likewise|similarly|consequently|accordingly|here|afterwards|afterward|later
      |nor|too|plus|indeed|again|elsewhere|finally|for example|for instance|in addition|as a result|in contrast|by contrast
      |on the other hand|of course|in fact|after that|at that time|at the time|by then|among them|among those|even so
      |in response|in turn|in other words|that said|what's more|in this|in that|on this|at this|with this|for this|because of this
      |as such|at this point|until then|since then|a day later|the same day|one of them|some of them|none of|not only|when he|when she|when they|as he|as she|as they`),
    exceptions:
      /^(?:this (?:week|month|year|summer|winter|spring|autumn|weekend|morning|evening|season)|her majesty|both (?:sides|houses|countries)|so far|such as|still images?|in this \p{L}+ed|those who|instead of|besides \p{L}+,)/iu,
    saidSomeone:
      /(?:(?<!\p{L})(?:said|says|added|adds|told|explained|explains|insisted|claimed|recalled|wrote|continued|admitted|joked|concluded|tweeted|replied)\s+(?:he|she|they)(?!\p{L})|(?:^|["”’,]\s?)(?:he|she|they)\s+(?:said|says|added|adds|told|explained|insisted|claimed|recalled|wrote|continued|admitted|joked|concluded|tweeted|replied)(?!\p{L}))/iu,
  },
  fr: {
    leaning:
      list(`il|elle|ils|elles|lui|leur|leurs|cela|ceci|ce|cet|cette|ces|celui-ci|celle-ci|ceux-ci|celles-ci|celui|celle|son|sa|ses
      |c'est|c'était|ça|mais|et|ou|donc|or|ainsi|aussi|enfin|puis|ensuite|cependant|toutefois|pourtant|néanmoins|alors|également|là
      |là-bas|ici|car|en outre|par ailleurs|de plus|en effet|par conséquent|d'autre part|en revanche|au contraire|de son côté
      |pour autant|du coup|dès lors|c'est pourquoi|dans ce|dans cette|à ce|à cette|de ce|de cette|pour cela|malgré cela|à l'inverse
      |autrement dit|par exemple|d'ailleurs|en fait|au final|une première|un peu plus|plus tard|entre-temps|parmi eux|parmi elles
      |l'homme|tous deux|toutes deux|quant à lui|quant à elle|selon lui|selon elle|pour lui|pour elle|d'après lui|d'après elle
      |non seulement|à l'époque|d'autant|reste que|sans compter|en plus|à noter|ce dernier|cette dernière`),
    exceptions:
      /^(?:il y a|il faut|il est \p{L}+ de|ce (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|matin|soir|week-end|mois)|cette (?:semaine|année|nuit)|cet (?:été|hiver|automne|après-midi)|ainsi que|alors (?:que|qu)|aussi \p{L}+ que|c'est (?:un|une|le|la|l'|à|au|dans|en)(?!\p{L}))/iu,
    saidSomeone:
      /(?:(?<=\p{L})-t-(?:il|elle|ils|elles|on)|(?<!\p{L})(?:dit|ont|répond|poursuit|écrit|prévient|reprend|conclut|soutient|avertit|confie|estime|juge|affirme|explique)-(?:il|elle|ils|elles)|(?<!\p{L})selon (?:lui|elle|eux))(?!\p{L})/iu,
  },
  es: {
    leaning:
      list(`él|ella|ellos|ellas|este|esta|esto|estos|estas|ese|esa|eso|esos|esas|aquel|aquella|aquello|su|sus|ambos|ambas|dicho
      |dicha|pero|y|o|sin embargo|además|también|así|entonces|luego|después|por eso|por ello|por lo tanto|por tanto|no obstante
      |por otro lado|por otra parte|por su parte|asimismo|allí|aquí|ahí|mientras tanto|de hecho|en cambio|aun así|aún así|a su vez|en ese|en esa
      |en este|en esta|de esta|de este|con esto|con ello|tras ello|tras esto|es decir|por ejemplo|finalmente|igualmente|según él|según ella
      |más tarde|posteriormente|a pesar de ello|en consecuencia|entre ellos|entre ellas|lo mismo`),
    exceptions:
      /^(?:(?:este|en este|de este) (?:lunes|martes|miércoles|jueves|viernes|sábado|domingo|año|mes|verano|fin de semana)|(?:esta|en esta) (?:semana|mañana|tarde|noche)|además de)/iu,
    saidSomeone:
      /(?:^|[»”",]\s?)(?:ha )?(?:dijo|añadió|agregó|explicó|afirmó|señaló|aseguró|indicó|dicho|añadido|explicado|señalado|afirmado|apuntado)(?:\s+(?:él|ella))?[.,]?$/iu,
  },
  it: {
    leaning:
      list(`lui|lei|loro|egli|essa|esso|essi|esse|questo|questa|questi|queste|quello|quella|quelli|quelle|ciò|suo|sua|suoi|sue|il suo|la sua
      |i suoi|le sue|entrambi|entrambe|quest'ultimo|quest'ultima|ma|e|o|però|inoltre|anche|così|quindi|dunque|poi|infine|tuttavia|comunque
      |invece|intanto|lì|là|qui|allora|per questo|per questo motivo|nel frattempo|d'altra parte|d'altronde|di conseguenza|ad esempio
      |in questo|in questa|in quel|a questo|con questo|secondo lui|secondo lei|si tratta|insomma|infatti|eppure|oltre a ciò|dopo di che|tra questi|tra loro`),
    exceptions:
      /^(?:(?:questa|in questa) (?:mattina|settimana|notte|sera)|questo (?:pomeriggio|fine settimana)|così come|anche (?:il|la|lo|i|gli|le|l|se|per|in)(?!\p{L}))/iu,
    saidSomeone:
      /(?:[»”",]\s?)(?:ha )?(?:detto|aggiunto|spiegato|affermato|dichiarato|sottolineato|concluso|commentato|dice|spiega|aggiunge)[.,]?$/iu,
  },
  pt: {
    leaning:
      list(`ele|ela|eles|elas|este|esta|isto|estes|estas|esse|essa|isso|esses|essas|aquele|aquela|aquilo|seu|sua|seus|suas|ambos|ambas
      |mas|e|ou|porém|contudo|entretanto|no entanto|além disso|também|assim|então|depois|logo|por isso|portanto|todavia|ali|lá|aqui
      |por outro lado|por sua vez|enquanto isso|de fato|de facto|ainda assim|nesse|nessa|neste|nesta|desse|dessa|dessa forma|desta forma|com isso|por exemplo
      |segundo ele|segundo ela|para ele|para ela|mais tarde|posteriormente|em seguida|apesar disso|entre eles|entre elas|o mesmo|a mesma`),
    exceptions:
      /^(?:(?:este|neste|nesse) (?:domingo|sábado|ano|mês|verão|fim de semana)|(?:esta|nesta|nessa) (?:segunda|terça|quarta|quinta|sexta|semana|manhã|noite|tarde)\p{L}*|além disso,? de|assim como)/iu,
    saidSomeone:
      /(?:[»”",]\s?)(?:disse|afirmou|acrescentou|explicou|declarou|contou|completou|diz|afirma|explica|ressaltou|destacou)(?:\s+(?:ele|ela))?[.,]?$/iu,
  },
  nl: {
    leaning:
      list(`hij|zij|ze|hem|haar|hun|zijn|dit|dat|deze|die|beide|beiden|het gaat|het gebeurde|maar|en|of|ook|echter|toch|dus|daarom|daarnaast|bovendien|verder|vervolgens
      |daarna|toen|zo|daar|hier|intussen|ondertussen|tevens|desondanks|daarbij|daardoor|hierdoor|hiermee|dan|daarmee|daarvoor|daarop|eerder|later
      |volgens hem|volgens haar|in plaats daarvan|om die reden|op die manier|in dat|op dat|bij dat|daartegenover|bijvoorbeeld|tegelijk|tegelijkertijd|uiteindelijk`),
    exceptions:
      /^(?:deze (?:week|zomer|winter|maand|ochtend)|dit (?:jaar|weekend|voorjaar|najaar)|ook (?:de|het|in|op|bij|voor)|zijn (?:de|er|we))/iu,
    saidSomeone:
      /(?<!\p{L})(?:zegt|zei|aldus|vertelt|vertelde|stelt|schrijft|schreef|legt|benadrukt|vindt)\s+(?:hij|zij|ze)(?!\p{L})/iu,
  },
  sv: {
    leaning:
      list(`han|hon|dem|detta|denna|dessa|hans|hennes|deras|båda|det handlar|det gäller|men|och|eller|också|dock|ändå|därför|dessutom|sedan|då|så|där|här
      |däremot|samtidigt|därefter|trots det|trots detta|därmed|dessförinnan|istället|i stället|till exempel|enligt honom|enligt henne|senare`),
    exceptions: /^(?:så (?:många|här)|samtidigt som|sedan (?:i|\d)|denna (?:vecka|månad))/iu,
    saidSomeone: scandinavianSaid,
  },
  da: {
    leaning:
      list(`han|hun|dem|dette|denne|disse|hans|hendes|deres|begge|det handler|det gælder|men|og|eller|også|dog|alligevel|derfor|desuden|så|da|her
      |dermed|derefter|samtidig|derudover|i stedet|for eksempel|ifølge ham|ifølge hende|senere|imidlertid|herefter|dertil`),
    exceptions: /^(?:så (?:mange|sent)|samtidig med|denne (?:uge|måned)|da \p{L}+ (?!han|hun))/iu,
    saidSomeone: scandinavianSaid,
  },
  no: {
    leaning:
      list(`han|hun|dem|dette|denne|disse|hans|hennes|deres|begge|det handler|det gjelder|men|og|eller|også|likevel|derfor|dessuten|så|da|her
      |dermed|deretter|samtidig|i tillegg|i stedet|for eksempel|ifølge ham|ifølge henne|senere|imidlertid|etterpå`),
    exceptions: /^(?:så (?:mange|sent)|samtidig med|denne (?:uken|måneden)|i tillegg til)/iu,
    saidSomeone: scandinavianSaid,
  },
  fi: {
    leaning:
      list(`hän|he|hänen|heidän|tämä|nämä|se|ne|tuo|sen|niiden|tämän|mutta|ja|tai|myös|kuitenkin|lisäksi|siksi|sitten|silti|siellä|näin|tällöin
      |sen sijaan|toisaalta|esimerkiksi|samalla|myöhemmin|hänen mukaansa`),
    exceptions: /^(?:tällä viikolla|tänä)/iu,
    saidSomeone:
      /(?<!\p{L})(?:hän|he)\s+(?:sanoo|sanoi|kertoo|kertoi|toteaa|totesi|lisää|lisäsi)(?!\p{L})|(?:sanoo|kertoo|toteaa)\s+hän/iu,
  },
  pl: {
    leaning:
      list(`on|ona|oni|one|jego|jej|ich|ten|ta|to|tego|tej|te|ci|tym|obaj|obie|ale|i|a|oraz|jednak|też|także|również|dlatego|ponadto|potem|następnie|więc
      |zatem|natomiast|tam|tymczasem|poza tym|mimo to|z kolei|w związku z tym|w ten sposób|jego zdaniem|jej zdaniem|według niego|według niej|na przykład|później|wówczas|wtedy|chodzi|dodał|dodała`),
    exceptions: /^(?:w tym (?:roku|tygodniu|miesiącu)|a także)/iu,
    saidSomeone:
      /(?:[–—-]|[”",])\s*(?:powiedział|dodał|mówił|mówi|dodaje|podkreślił|podkreśla|stwierdził|zaznaczył|ocenił|wyjaśnił|tłumaczy)a?[.,]?$/iu,
  },
  cs: {
    leaning:
      list(`on|ona|oni|ony|jeho|její|jejich|ten|ta|to|tento|tato|toto|tyto|ti|ty|oba|obě|ale|a|i|nebo|však|také|proto|navíc|dále|potom|pak|tedy|přesto|tam
      |zároveň|mezitím|kromě toho|naopak|podle něj|podle ní|například|později|poté|následně|jedná se|jde o|dodal|dodala`),
    exceptions: /^(?:tento (?:týden|víkend|měsíc)|tuto)/iu,
    saidSomeone:
      /(?:[“",–-])\s*(?:řekl|dodal|uvedl|sdělil|říká|dodává|prohlásil|vysvětlil|upozornil|doplnil)a?[.,]?$/iu,
  },
  sk: {
    leaning:
      list(`on|ona|oni|ony|jeho|jej|ich|ten|tá|to|tento|táto|toto|títo|tieto|obaja|ale|a|i|aj|alebo|však|tiež|preto|navyše|ďalej|potom|teda|napriek tomu|tam
      |zároveň|medzitým|okrem toho|naopak|podľa neho|podľa nej|napríklad|neskôr|následne|ide o`),
    saidSomeone:
      /(?:[“",–-])\s*(?:povedal|dodal|uviedol|hovorí|dodáva|vyhlásil|vysvetlil|upozornil|doplnil)a?[.,]?$/iu,
  },
  ru: {
    leaning:
      list(`он|она|оно|они|то есть|его|её|ее|их|им|это|этот|эта|эти|тот|та|те|этого|этой|оба|обе|но|и|а|или|однако|также|поэтому|кроме того|затем|потом|там|при этом
      |тем не менее|между тем|таким образом|так|кстати|впрочем|зато|тогда|по его словам|по ее словам|по её словам|по их словам|в то же время|в частности|например
      |позже|вместе с тем|в свою очередь|в этом|на этом|речь идет|отмечается|там же|ранее он|по этому`),
    exceptions: /^(?:так называем|в этом (?:году|месяце)|на этой неделе)/iu,
    saidSomeone:
      /(?:[»"”,–—-])\s*(?:сказал|добавил|заявил|отметил|подчеркнул|пояснил|рассказал|написал|считает|говорит)а?\s*(?:он|она)?[.,]?$|(?<!\p{L})(?:сказал|добавил|заявил|отметил|подчеркнул|пояснил)а?\s+(?:он|она)(?!\p{L})/iu,
  },
  uk: {
    leaning:
      list(`він|вона|воно|вони|його|її|їх|їхній|це|цей|ця|ці|той|та|те|ті|цього|цієї|обидва|обидві|але|і|й|а|або|однак|проте|також|тому|крім того|окрім того|потім|там|при цьому
      |тим часом|отже|водночас|тоді|за його словами|за її словами|за їхніми словами|зокрема|наприклад|пізніше|разом із тим|у свою чергу|йдеться|зазначається|так|таким чином|втім`),
    exceptions: /^(?:так зван|цього (?:року|тижня|місяця)|та(?:к|м) само)/iu,
    saidSomeone:
      /(?:[»"”,–—-])\s*(?:сказав|додав|заявив|зазначив|підкреслив|наголосив|пояснив|розповів|написав|сказала|додала|заявила|зазначила|наголосила|пояснила)\s*(?:він|вона)?[.,]?$/iu,
  },
  bg: {
    leaning: list(
      `той|тя|то|те|негов|неговата|нейният|техният|това|този|тази|тези|и|но|а|или|обаче|също|затова|освен това|след това|там|така|тогава|по думите му|по думите ѝ|междувременно|например`,
    ),
  },
  tr: {
    leaning: list(
      `o|onlar|bu|bunlar|onun|onların|bunun|buna|bunu|şu|ama|ancak|fakat|ve|veya|ayrıca|bu nedenle|böylece|sonra|daha sonra|orada|yine de|öte yandan|bununla birlikte|üstelik|ardından|bunun üzerine|söz konusu`,
    ),
    exceptions: /^bu (?:yıl|hafta|sabah|akşam|ay|yaz)/iu,
  },
  hu: {
    leaning: list(
      `ő|ők|ez|az ő|ezek|azok|ezt|ezért|ennek|erre|de|és|vagy|azonban|viszont|tehát|ezután|ott|továbbá|emellett|így|majd|később|mindkettő|például|szerinte`,
    ),
    exceptions: /^ez(?:en)? a (?:héten|hét)/iu,
  },
  ro: {
    leaning: list(
      `el|ea|ei|ele|acesta|aceasta|acest|această|aceste|acestea|aceștia|acela|dar|și|sau|însă|totuși|de asemenea|astfel|apoi|acolo|aici|în plus|pe de altă parte|prin urmare|totodată|ulterior|potrivit lui|potrivit ei|de exemplu`,
    ),
    exceptions: /^(?:în )?această (?:săptămână|dimineață|vară)/iu,
  },
  el: {
    leaning: list(
      `αυτός|αυτή|αυτό|αυτοί|αυτές|αυτά|εκείνος|εκείνη|και|αλλά|όμως|ωστόσο|επίσης|έτσι|τότε|εκεί|εδώ|επιπλέον|παράλληλα|στη συνέχεια|γι' αυτό|σύμφωνα με τον ίδιο|ο ίδιος|η ίδια|πάντως|μάλιστα`,
    ),
    exceptions: /^αυτή (?:την|τη) (?:εβδομάδα|στιγμή)/iu,
  },
  ca: {
    leaning: list(
      `ell|ella|ells|elles|aquest|aquesta|això|aquests|aquestes|el seu|la seva|però|i|o|tanmateix|a més|també|així|llavors|després|per això|allà|aquí|no obstant això|d'altra banda|per exemple`,
    ),
    exceptions:
      /^aquest(?:a)? (?:dilluns|dimarts|dimecres|dijous|divendres|dissabte|diumenge|any|setmana|matí)/iu,
  },
  id: {
    leaning: list(
      `dia|ia|mereka|ini|itu|hal ini|hal itu|namun|tetapi|tapi|dan|atau|juga|selain itu|karena itu|oleh karena itu|kemudian|lalu|sementara itu|di sana|di sini|menurutnya|misalnya|dengan demikian`,
    ),
    saidSomeone: /(?<!\p{L})(?:katanya|ujarnya|tuturnya|jelasnya|ucapnya|imbuhnya|ungkapnya)(?!\p{L})/iu,
  },
  ar: {
    leaning: list(
      `هو|هي|هم|هذا|هذه|ذلك|تلك|لكن|ولكن|كما|أيضا|هناك|لذلك|وأضاف|وقال|وأوضح|وأكد|وأشار|وتابع|وأضافت|وقالت|غير أن|إلا أن|ومع ذلك|بالإضافة إلى ذلك|في المقابل|من جانبه|من جهته`,
    ),
  },
  he: { leaning: list(`הוא|היא|הם|הן|זה|זאת|זו|אבל|אך|גם|לכן|בנוסף|עם זאת|שם|אולם|לדבריו|לדבריה|כמו כן`) },
  fa: { leaning: list(`او|آنها|این|آن|اما|و|ولی|همچنین|بنابراین|وی|سپس|با این حال|در این`) },
  hi: {
    leaning: list(`यह|वह|ये|वे|इस|उस|उन्होंने|उसने|इसके|उनके|लेकिन|और|या|इसलिए|वहीं|इसके अलावा|हालांकि|हालाँकि|साथ ही`),
  },
  ko: {
    leaning: list(
      `그는|그녀는|그들은|이는|이것은|이|그|그러나|하지만|또|또한|그리고|이에|한편|따라서|그래서|다만|특히|이어|이와`,
    ),
  },
}

/** Scripts without spaces have no first word: the same as the beginning of the sentence. */
export const UNSPACED_OPENERS: Readonly<Record<string, RegExp>> = {
  ja: /^(?:彼|彼女|これ|それ|この|その|しかし|だが|また|そして|さらに|ただ|なお|一方|そのため|こうした|同氏|同社|ここ|そこ|でも|すると|ところが)/,
  zh: /^(?:他|她|它|这|這|那(?!不勒斯)|此|该|該|但|而|并|並|因此|所以|另外|同时|同時|然而|不过|不過|其(?!他|实)|对此|對此|随后|隨後|据悉)/,
  th: /^(?:เขา|เธอ|พวกเขา|นี่|นั่น|แต่|และ|โดย|ซึ่ง|ทั้งนี้|นอกจากนี้|อย่างไรก็ตาม|ขณะเดียวกัน|ส่วน|จากนั้น|ต่อมา|ดังนั้น)/,
}
