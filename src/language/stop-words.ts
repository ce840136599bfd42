/**
 * Words that carry grammar and no news, by language: articles, pronouns, prepositions, conjunctions, auxiliaries,
 * and the particles between them. Written by hand and kept short on purpose: published lists drop words such as
 * "Jahr", "Tag", "Zeit", "Ende", "first" or "state", which in a newspaper are what the sentence is about.
 *
 * A language without a list has no stop words; callers then rely on frequency alone.
 */

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/u).filter((word) => word !== ''))

const LISTS: Readonly<Record<string, ReadonlySet<string>>> = {
  de: words(`der die das den dem des ein eine einen einem einer eines kein keine keinen keinem keiner und oder aber
    denn doch sondern sowie als wie wenn weil dass daß ob damit obwohl während bevor nachdem bis seit indem in im an am
    auf aus bei beim mit nach von vom vor zu zum zur über unter um für gegen ohne durch zwischen hinter neben wegen trotz
    laut ich du er sie es wir ihr ihn ihm ihnen mich mir dich dir uns euch sich man wer was wen wem wo wann warum
    mein meine dein sein seine seinen seinem seiner seines ihre ihren ihrem ihrer ihres unser unsere euer dieser diese
    dieses diesen diesem jener jene jenes jenen jeder jede jedes jeden jedem welche welcher welches welchen ist sind war
    waren bin bist wäre wären sei seien gewesen wird werden wurde wurden worden würde würden werde hat haben hatte hatten
    habe hätte hätten gehabt kann können konnte konnten könnte könnten muss müssen musste mussten müsste soll sollen
    sollte sollten will wollen wollte wollten darf dürfen durfte dürfte mag möchte nicht nur auch noch schon so sehr mehr
    dann da hier dort nun jetzt immer wieder bereits etwa rund zudem außerdem dabei dazu dafür dagegen darauf daran
    darin darüber davon dadurch daher deshalb etwas alle allem allen aller alles viele vielen einige einigen andere
    anderen anderer anderem selbst deren dessen denen`),
  en: words(`the a an and or but nor so yet if then than that this these those there here of in on at by for with from
    to into onto upon about over under after before between during through against without within across along among
    around behind below above beyond despite off out up down near since until till while as because although though
    unless whether when where why how who whom whose which what i me my mine myself you your yours he him his himself
    she her hers herself it its itself we us our ours they them their theirs themselves one is are was were be been
    being am do does did doing done has have had having will would shall should can could may might must not no
    also just only very too more most much many some any all both each every other another such own same again further
    once ever never now still even however isn aren wasn
    weren don doesn didn hasn haven hadn wouldn couldn shouldn ll re ve`),
  fr: words(`le la les l un une des du de d à au aux en dans sur sous par pour avec sans chez vers entre contre depuis
    pendant avant après dès jusque jusqu et ou mais donc or ni car que qu qui quoi dont où quand comme si lorsque lorsqu
    puisque puisqu parce afin alors ainsi aussi je j tu il elle on nous vous ils elles me m te t se s lui leur leurs y
    moi toi soi eux ce c cet cette ces ceci cela ça celui celle ceux celles mon ma mes ton ta tes son sa ses notre nos
    votre vos est sont était étaient être été fut furent sera seront serait seraient soit suis es sommes êtes étant a
    ai as ont avait avaient avoir eu aura auront aurait auraient ait ayant fait font faire peut peuvent pourrait doit
    doivent devrait va vont ne n pas plus moins très tout toute tous toutes même mêmes autre autres aucun aucune chaque
    plusieurs quelques quel quelle quels quelles selon lors déjà encore toujours jamais ici là bien non oui`),
  es: words(`el la los las lo un una unos unas de del a al en con por para sin sobre entre desde hasta hacia según
    contra durante mediante tras ante bajo y e o u pero sino ni que quien quienes cual cuales cuyo cuya donde cuando
    como si porque aunque pues mientras yo tú él ella ello nosotros ellos ellas usted ustedes me te se le les nos os su
    sus mi mis tu tus nuestro nuestra nuestros este esta estos estas esto ese esa esos esas eso aquel aquella aquellos
    es son era eran fue fueron ser sido siendo será serán sería sea está están estaba estaban estar ha han había habían
    haber hay he hemos hubo habrá tiene tienen tenía puede pueden podría debe deben va van no sí ya más menos muy también
    tampoco solo sólo así aún todavía además todo toda todos todas otro otra otros otras mismo misma cada algún alguna
    algunos algunas ningún ninguna tan tanto qué cómo cuándo dónde`),
  it: words(`il lo la i gli le l un uno una di del dello della dei degli delle dell a al allo alla ai agli alle all da
    dal dallo dalla dai dagli dalle dall in nel nello nella nei negli nelle nell con col su sul sullo sulla sui sugli
    sulle sull per tra fra verso senza contro secondo dopo prima durante e ed o oppure ma però che chi cui quale quali
    dove quando come se perché mentre anche io tu lui lei noi voi loro mi ti si ci vi ne me te lo li gli suo sua suoi
    sue mio mia tuo nostro nostra vostro questo questa questi queste quello quella quelli quelle quel è sono era erano
    essere stato stata stati state fu furono sarà saranno sarebbe sia ha hanno aveva avevano avere avuto ho abbiamo può
    possono potrebbe deve devono viene non più meno molto già ancora sempre mai così poi solo tutto tutta tutti tutte
    altro altra altri altre stesso stessa ogni alcuni alcune ciò c d`),
  pt: words(`o a os as um uma uns umas de do da dos das em no na nos nas num numa por pelo pela pelos pelas para com sem
    sob sobre entre até desde após contra durante segundo e ou mas nem que quem qual quais cujo cuja onde quando como se
    porque embora enquanto pois eu tu ele ela nós vós eles elas você vocês me te lhe lhes seu sua seus suas meu minha
    nosso nossa este esta estes estas isto esse essa esses essas isso aquele aquela aqueles aquilo ao aos à às deste
    desta desse dessa neste nesta nesse nessa é são era eram foi foram ser sido sendo será serão seria seja está estão
    estava estavam estar tem têm tinha tinham ter teve há havia pode podem poderia deve devem vai vão não sim já mais
    menos muito também só apenas ainda sempre nunca assim então depois antes todo toda todos todas outro outra outros
    outras mesmo mesma cada algum alguma alguns algumas nenhum`),
  nl: words(`de het een en of maar want dus dat die dit deze daar hier er van in op aan met voor door bij uit naar over
    onder om te tot tegen tussen zonder na sinds tijdens volgens vanaf binnen buiten als dan toen terwijl omdat hoewel
    zodat wanneer wie wat waar hoe waarom welke ik jij je u hij zij ze wij we jullie hen hun hem haar mij me ons onze
    mijn jouw zijn zich is was waren ben bent geweest wordt worden werd werden geworden heeft hebben had hadden heb kan
    kunnen kon konden zal zullen zou zouden moet moeten moest wil willen wilde mag mogen niet geen ook nog al wel meer
    zeer heel veel nu weer zo alleen maar steeds eens alle alles andere iets iemand niets zelf elk elke ieder`),
  sv: words(`och att det den de en ett i på av för med till från om är var som inte har hade ha kan kunde ska skulle vill
    ville får fick måste blir blev bli vid efter under över mellan mot utan hos enligt genom innan sedan men eller så
    när där här då än också bara även nu redan mycket mer mest han hon vi ni jag du man dem dess deras hans hennes min
    din sin sitt sina vår vårt våra er denna detta dessa vilken vilket vilka vad vem hur varför alla allt andra annan
    någon något några ingen inget inga varit vara upp ut in se mig dig sig oss`),
  da: words(`og at det den de en et i på af for med til fra om er var som ikke har havde have kan kunne skal skulle vil
    ville må måtte får fik bliver blev blive ved efter under over mellem mod uden hos ifølge gennem inden siden men eller
    så når hvor der her da end også kun selv nu allerede meget mere mest han hun vi i jeg du man dem dens deres hans
    hendes min din sin sit sine vores denne dette disse hvilken hvad hvem hvordan hvorfor alle alt andre anden nogen
    noget nogle ingen intet været være op ud ind mig dig sig os jer`),
  no: words(`og at det den de en et ei i på av for med til fra om er var som ikke har hadde ha kan kunne skal skulle vil
    ville må måtte får fikk blir ble bli ved etter under over mellom mot uten hos ifølge gjennom før siden men eller så
    når hvor der her da enn også bare selv nå allerede mye mer mest han hun vi dere jeg du man dem deres hans hennes min
    din sin sitt sine vår vårt våre denne dette disse hvilken hva hvem hvordan hvorfor alle alt andre annen noen noe
    ingen intet vært være opp ut inn meg deg seg oss`),
  fi: words(`ja tai sekä mutta vaan että jos kun koska vaikka kuin niin myös on oli ovat olivat olla ollut olleet ei
    eivät en et emme ole olisi olisivat voi voivat pitää täytyy hän he se ne minä sinä me te tämä tuo nämä nuo joka jotka
    jonka jota joiden jossa josta mikä mitä kuka ketä hänen heidän sen niiden tämän näiden minun sinun meidän teidän
    itse kaikki muu muut jo vielä vain nyt sitten siitä siinä sitä mukaan kanssa ilman ennen jälkeen`),
  pl: words(`i oraz a ale lub albo ani że żeby aby bo gdy gdyby jeśli jeżeli jak jako niż czy więc dlatego ponieważ choć w
    we na do z ze od po za przed przez przy dla o u pod nad między bez według podczas wobec mimo ja ty on ona ono my wy
    oni one go jego jej ich im mu nim nią nimi mnie mi ciebie ci nas nam was wam się siebie sobie swój swoje swoją swego
    swoich ten ta to te ci tego tej tych temu tym tą tymi tamten który która które którzy którego której których którym
    którą co kto kogo gdzie kiedy dlaczego jest są był była było były być będzie będą byłby został została zostały może
    mogą można ma mają miał nie tak też także już jeszcze tylko bardzo więcej wszystko wszyscy wszystkie inny inne inni
    każdy sam sama tam tu teraz`),
  cs: words(`a i nebo či ale že aby protože když pokud jestli jako než však tedy proto v ve na do z ze od po za před přes
    při pro o u pod nad mezi bez podle během k ke s se si já ty on ona ono my vy oni ony ho jeho jí její jejich jim mu
    ní nimi mě mi tě ti nás nám vás vám svůj své svou svého svých ten ta to ti ty toho té těch tomu tom tím tou těmi
    tento tato toto tyto který která které kteří kterého kterou kterých co kdo kde kdy proč jak je jsou byl byla bylo
    byli byly být bude budou by jsem jsme jste může mohou má mají měl musí ne není nejsou také už již ještě jen pouze
    velmi více všechno všichni všechny jiný jiné každý sám tam tady teď`),
  sk: words(`a aj i alebo či ale že aby pretože keď ak ako než však teda preto v vo na do z zo od po za pred cez pri pre o u
    pod nad medzi bez podľa počas k ku s so sa si ja ty on ona ono my vy oni ho jeho jej ich im mu mňa mi nás nám vás vám
    svoj svoje svoju svojho ten tá to tí tie toho tej tých tomu tom tým tou tento táto toto tieto ktorý ktorá ktoré
    ktorí ktorého ktorú ktorých čo kto kde kedy prečo je sú bol bola bolo boli byť bude budú by som sme ste môže môžu má
    majú musí nie tiež už ešte len iba veľmi viac všetko všetci iný každý sám tam tu teraz`),
  sl: words(`in ali pa ter da ker če ko kot kjer kdaj zato v na do z s iz od po za pred pri o pod nad med brez k proti jaz
    ti on ona ono mi vi oni ga njegov njegova njen njihov mu jih jim se si svoj svoje svojo ta to te ti tega teh tem
    ki kdo kaj kje je so bil bila bilo bili biti bo bodo bi sem smo ste lahko ima imajo mora ne ni niso tudi že še samo
    le zelo več vse vsi vsak sam tam tukaj zdaj`),
  hr: words(`i ili ali a te da jer ako kad kada kao nego u na do iz od po za pred pri o pod nad među bez prema k s sa ja
    ti on ona ono mi vi oni ga njegov njegova njezin njihov mu ih im se si svoj svoje svoju taj ta to te ti tog te tih
    tom ovaj ova ovo koji koja koje kojeg kojih kojem što tko gdje zašto je su bio bila bilo bili biti će bi sam smo ste
    može mogu ima imaju mora ne nije nisu također već još samo vrlo više sve svi svaki tamo ovdje sada`),
  ru: words(`и а но или да что чтобы как так же если когда хотя потому пока чем то ли в во на с со к ко по от до из за у о
    об при для без под над между через после перед про против около среди я ты он она оно мы вы они его её ее их ему ей
    им ими нём нем ней них него меня мне тебя тебе нас нам вас вам себя себе свой своя своё свои своего своей своих
    этот эта это эти этого этой этих этому этом этим тот та те того той тех тому том тем который которая которое которые
    которого которой которых котором кто кого кому чего чему где куда почему был была было были быть будет будут есть
    бы не ни нет также тоже уже ещё еще только очень более весь вся всё все всех всего всем каждый сам сама там тут здесь
    теперь может могут можно`),
  uk: words(`і й та а але або що щоб як так же якщо коли хоча тому поки ніж то чи в у на з із зі до від по за о об при для
    без під над між через після перед про проти біля серед я ти він вона воно ми ви вони його її їх йому їй їм ними
    ньому ній них нього мене мені тебе тобі нас нам вас вам себе собі свій своя своє свої свого своєї своїх цей ця це ці
    цього цієї цих цьому цим той те ті того тієї тих тим який яка яке які якого якої яких якому хто кого чого де куди
    чому був була було були бути буде будуть є би б не ні немає також теж вже уже ще лише тільки дуже більше весь вся
    все всі всіх всього кожен сам сама там тут тепер може можуть можна`),
  bg: words(`и а но или да че като ако когато защото докато за на в във с със от до из по при без под над между през
    след преди против към аз ти той тя то ние вие те го му я ѝ им ги ме ми те ти ни ви се си свой своя свое свои този тази
    това тези онзи която който което които кой какво къде кога защо как е са беше бяха бил била било били бъде ще би съм
    сме сте може могат има нямат няма не също вече още само много повече всичко всички всеки сам там тук сега`),
  tr: words(`ve veya ya da de ile için gibi kadar göre ama fakat ancak çünkü ki eğer bu şu o bunu bunun buna onu onun ona
    ben sen biz siz onlar beni bana seni sana bizi bize sizi size benim senin bizim sizin onların kendi ne kim nasıl
    neden nerede hangi bir her bazı tüm bütün çok daha en az hiç mi mı mu mü değil var yok olan olarak oldu olduğu
    olduğunu olması olacak oldukları etti eden ettiği edildi sonra önce ise hem artık bile sadece şimdi burada orada diye
    üzere karşı doğru`),
  hu: words(`a az egy és vagy de hogy ha mert mint amely ami aki amelyek akik amikor ahol míg is nem ne sem van volt vannak
    voltak lesz lenne lett legyen én te ő mi ti ők ez az ezek azok ezt azt ennek annak ebben abban erre arra ezzel azzal
    csak már még most így úgy akkor itt ott nagyon több mely meg el ki be fel le szerint után előtt között alatt miatt
    által ellen felé minden mindig maga saját más`),
  ro: words(`și si sau dar ci iar că ca să dacă când cum unde în in la de din pe cu pentru prin fără după până între
    către spre sub peste despre contra eu tu el ea noi voi ei ele îl îi o le lui lor mă te se ne vă mi ți își său sa săi
    sale acest această acești aceste acel acea acei acele care ce cine cui este e sunt era erau fi fost fiind va vor ar
    fie a am ai au avea are avut poate pot trebuie nu da mai foarte tot toate toți și-a doar deja încă acum aici acolo un
    una unui unei unor al ale`),
  el: words(`ο η το οι τα του της των τον την τους τις ένας μια μία ένα και ή αλλά όμως ότι πως να αν όταν γιατί επειδή
    ενώ όπως σε στο στη στην στον στους στις στα από με για προς κατά μετά πριν χωρίς μέχρι υπό εγώ εσύ αυτός αυτή αυτό
    αυτοί αυτές αυτά εμείς εσείς μου σου μας σας που ποιος τι πού πότε είναι ήταν είμαι έχει έχουν είχε είχαν θα δεν μην
    μη όχι ναι πολύ πιο μόνο επίσης ήδη ακόμη ακόμα τώρα εδώ εκεί όλα όλοι κάθε άλλο`),
  ca: words(`el la els les l un una uns unes de del dels d a al als en amb per pel pels sense sobre entre des fins cap
    segons contra durant i o però sinó ni que qui qual quals on quan com si perquè mentre jo tu ell ella nosaltres ells em
    et es s li ens us seu seva seus seves meu aquest aquesta aquests aquestes això aquell és són era eren va van ser estat
    serà sigui està estan ha han havia hi haver té tenen pot poden no sí ja més menys molt també només així encara tot
    tota tots totes altre altres mateix cada`),
  id: words(`yang dan di ke dari untuk dengan pada dalam oleh sebagai adalah ini itu juga tidak akan telah sudah atau
    tetapi namun karena bahwa jika ketika saat agar serta bagi para kami kita saya ia dia mereka anda ada bisa dapat
    harus lebih sangat masih hanya oleh antara setelah sebelum hingga sampai secara tersebut`),
  vi: words(`và của là có trong cho với các những một được không này đó khi từ đến đã sẽ đang cũng như để tại vào ra
    nhưng hoặc vì nếu thì mà bị bởi theo sau trước trên dưới về họ ông bà anh chị tôi chúng ta nó rất chỉ còn nhiều`),
  ar: words(`في من على إلى الى عن مع هذا هذه ذلك تلك التي الذي الذين اللذين ما لا لم لن ليس ليست كان كانت يكون تكون قد
    و أو او ثم أن ان إن أنه انه أنها انها كما كل بعض غير بين بعد قبل عند عندما حيث حتى إذا اذا لكن بل هو هي هم نحن أنا أنت
    له لها لهم به بها فيه فيها منه منها عليه عليها إليه خلال أي اي منذ لدى ضد حول`),
  fa: words(`و در به از که این آن با برای را است بود شد شده می های ها تا بر یا هم نیز اما اگر چون هر همه خود او ما شما آنها
    من تو باید کرد کرده کند شود شوند دارد دارند داشت بین پس پیش بعد روی یک نه هیچ دیگر بی`),
  he: words(`של את על אל עם לא זה זו הוא היא הם הן אני אתה אנחנו כי אם או אבל גם רק יותר מאוד כל אשר בין לפני אחרי כדי היה
    היתה הייתה היו יהיה תהיה אין יש מה מי איפה כאשר ידי לו לה להם בו בה אך עוד כבר`),
  hi: words(`का के की को में से पर ने और या है हैं था थे थी थीं हो होगा होगी कि यह वह ये वे इस उस इन उन जो जिस जिसे एक भी तो ही
    नहीं न कर करने किया किए की गया गई गए रहा रही रहे लिए साथ तक बाद पहले अपने अपनी अपना हम मैं तुम आप उनके उनकी उसके इसके
    कुछ सब कोई क्या कब कहाँ कैसे क्यों लेकिन अगर जब तब`),
  ja: words(`の に は を た が で て と し れ さ ある いる も する から な こと として い や れる など なっ ない この ため その あっ よう また もの
    あり まで られ なる へ か だ これ によって により おり より による なり られる において なかっ なく しかし について だっ です ます それ
    ました ません でした ところ という ので のは のが のに`),
  zh: words(`的 了 在 是 和 与 與 及 或 也 就 都 而 但 被 把 对 對 从 從 到 向 以 为 為 于 於 之 其 这 這 那 此 该 該 他 她 它 我 你 们 們 他们
    她们 我们 不 没 沒 没有 有 会 會 将 將 已 已经 還 还 又 再 很 更 最 所 等 着 著 过 過 上 下 中 个 個 一个 并 並 因 因为 所以 如果`),
  ko: words(`이 그 저 것 수 등 및 또는 그리고 그러나 하지만 또한 위해 대한 대해 따라 통해 있다 없다 했다 한다 하는 있는 있는데 된 될 되는
    이번 그는 그녀는 우리는 나는 의 에 를 을 은 는 가 와 과 도 로 으로 에서 부터 까지`),
  th: words(`ที่ และ ใน การ เป็น ของ ได้ ให้ มี จะ ไม่ กับ จาก ว่า ก็ นี้ นั้น โดย แต่ หรือ ไป มา แล้ว ยัง อยู่ ซึ่ง เพื่อ
    ต้อง คือ ถูก เมื่อ เขา เธอ เรา ผม ฉัน ๆ`),
}

const NONE: ReadonlySet<string> = new Set()

/** The stop words of a language (ISO 639-1), lower case; the empty set for a language without a list. */
export function stopWordsOf(language: string): ReadonlySet<string> {
  return (Object.hasOwn(LISTS, language) ? LISTS[language] : undefined) ?? NONE
}

/** The languages that have a list. */
export const stopWordLanguages: readonly string[] = Object.keys(LISTS)
