/**
 * Words that end in a point without ending a sentence, by language, without the point and in lower case.
 * `before` stands in front of what it belongs to ("Dr. Weber", "Nr. 7") and never ends a sentence; `either` may also
 * stand last ("usw.", "Inc.", "p.m."), and then the word that follows decides.
 * Single letters ("z. B.", "U.S.") need no entry, and months only where a capital letter or a number may follow.
 */

export interface Abbreviations {
  readonly before: ReadonlySet<string>
  readonly either: ReadonlySet<string>
}

/** Abbreviations that are plain words as well ("art", "no", "mar"): they count only where a number follows. */
const NUMBERED: ReadonlySet<string> = new Set(
  `no nos nr núm num nn art arts artt abs abb tab pp pag pagg pág págs pàg str стр sid side blz siv ch chap cap kap ks
  fig vol ed jan janv ene gen feb febr févr fev mar mär mrt márc abr apr avr ápr mai mei maj mag giu giugno jun juin jún
  jul juil jul lug aug ago août ağu sep set sept szept okt oct ott out nov noi dec déc dez dic des янв февр мар апр авг
  сент окт нояб дек cl kl kap гл табл рис č čl čís br бр αρ αριθ σελ hlm tgl`.split(/\s+/u),
)

const list = (words: string): ReadonlySet<string> =>
  new Set(words.split(/\s+/u).filter((word) => word !== ''))
const both = (before: string, either = ''): Abbreviations => ({ before: list(before), either: list(either) })

/** Latin and international ones, which appear in every newspaper of Latin script. */
const COMMON = both(
  'dr prof mr mrs ms st vs cf fig vol nr no op ca approx mme mlle jr',
  'etc al inc ltd co corp',
)

const LISTS: Readonly<Record<string, Abbreviations>> = {
  de: both(
    `dr prof hr fr frl dipl ing mag st nr art abs bd bzw ca evtl ggf geb gest gen inkl exkl insb jhdt kap lt max min
    mind möglw obj rd s sog tel u usf v vgl vs zb zzgl zt zw dh ua bspw bzgl allg ehem eigtl einschl entspr erg
    gegr gem hl kath ev röm maj oberst hptm lfd offiz phil med jur rer nat theol habil verh verw vorm zzt tägl vllt
    jan feb mär apr jun jul aug sep sept okt nov dez std ausg betr`,
    `usw etc mio mrd tsd jh chr str pkt co sen jun jr v.d max p.a`,
  ),
  en: both(
    `dr prof mr mrs ms messrs st mt ft gen col lt capt cmdr sgt maj adm rev hon gov sen rep pres supt insp det const
    fr sr vs v cf eg ie viz approx est fig vol ch pp p no nos art sec op dept univ assn bros jan feb mar apr jun jul aug
    sep sept oct nov dec ave`,
    `etc inc ltd co corp plc jr sr llc al esq blvd rd hwy a.m p.m u.s u.k u.n d.c ph.d b.a m.a m.d bc ad`,
  ),
  fr: both(
    `m mm mme mmes mlle mlles dr pr me mgr st ste vve gal col cdt cap art al av boul bd ch chap cf env ex fig janv févr
    avr juil sept oct nov déc n no nos p pp par ed éd réf tél vol env`,
    `etc cie c.-à-d hab jr`,
  ),
  es: both(
    `ee sr sra sres srta d dña dr dra dres prof profa lic ing arq gral cnel tte cap sgto mons fr sto sta st av avda ctra
    núm nro no art cap pág págs p vol fig tel ej cf pza dpto gob pdte admón ud uds vd vds aprox ene feb mar abr jun jul
    ago sep sept oct nov dic`,
    `etc cía ee.uu uu s.a a.m p.m jr`,
  ),
  it: both(
    `sig sigg sig.ra sig.na dr dott dott.ssa prof prof.ssa ing avv arch geom rag sen gen col cap mons sac ss st
    art artt cfr cap fig pag pagg p vol n nn num tel es ecc.mo ill.mo gent.mo spett ca circa gen feb mar apr mag giu lug
    ago set ott nov dic`,
    `ecc etc s.p.a spa s.r.l srl a.c d.c jr`,
  ),
  pt: both(
    `sr sra srs sras srta dr dra drs profa prof eng arq gen cel cap ten sgt dom d st sto sta av r pç tel núm n no art cap
    pág págs p vol fig ed ex cf aprox jan fev mar abr mai jun jul ago set out nov dez exmo exma min des`,
    `etc cia ltda s.a jr a.c d.c`,
  ),
  nl: both(
    `dhr mevr mw mr dr drs ir ing prof ds st sint nr art blz p pag red tel vgl bijv bv dwz d.w.z m.b.t o.a m.n i.v.m
    t.a.v z.g zg resp evt excl incl ca jl jan feb mrt apr jun jul aug sep sept okt nov dec burg wed gen kol kap lt v d`,
    `enz etc e.d a.s mln mld jr sr n.v b.v n.chr v.chr`,
  ),
  sv: both(
    `dr prof st hr fr frk kl nr s sid tel ca bl jfr resp inkl exkl dvs ung obs art kap jan feb mar apr jun jul aug sep
    sept okt nov dec t.ex d.v.s bl.a s.k fr.o.m t.o.m p.g.a t ex f ö övers red`,
    `etc osv m.m o.s.v o.d dyl mfl m.fl milj mkr mnkr kr tr jr sen`,
  ),
  da: both(
    `dr prof hr fr frk skt kl nr s side tlf ca bl.a bla f.eks feks fx jf pga p.g.a dvs d.v.s inkl ekskl evt iflg ift vedr
    mht art kap jan feb mar apr jun jul aug sep sept okt nov dec red adv dir`,
    `etc osv mv m.v m.m mm o.l mio mia kr tkr mfl m.fl jr sen`,
  ),
  no: both(
    `dr prof hr fr frk st kl nr s side tlf ca bl.a bla f.eks feks jf pga p.g.a dvs d.v.s inkl ekskl evt ifm ift vedr mht
    art kap jan feb mar apr jun jul aug sep sept okt nov des red adv dir`,
    `etc osv m.m o.l mill mrd kr mfl m.fl jr sen`,
  ),
  fi: both(
    `tri prof hra rva nti st klo n nro s siv puh ks vrt esim ns mm ts ym tms so toim ao fil tekn lääket kaupp oik
    valt yht jne.`,
    `jne ym yms tms milj mrd eaa eaa`,
  ),
  pl: both(
    `dr prof hab mgr inż lek adw gen płk ppłk mjr kpt por sierż ks bp abp kard św o br s im al ul pl os nr str art ust
    pkt par poz zob por tj tzn tzw np m.in min ok ang niem łac franc ros pol red wyd zm ur godz tel woj pow gm
    ww jw hr prez wiceprez`,
    `itd itp etc in r w tys mln mld zł gr p.n.e n.e proc pn jr`,
  ),
  cs: both(
    `dr prof doc ing mgr mudr judr phdr rndr bc mvdr paeddr thdr csc gen plk pplk mjr kpt por sv p pí sl nám ul tř č čís
    str s obr tab odst písm čl sb srov viz např tzv tj tzn popř příp resp cca kr roč vyd red angl něm lat franc rus zn
    hl nar zem max min`,
    `atd apod aj etc mil mld tis kč hod r stol n.l př.n.l s.r.o a.s spol jr ml st`,
  ),
  sk: both(
    `dr prof doc ing mgr mudr judr phdr rndr bc csc gen plk pplk mjr kpt por sv p pí nám ul tr č čís str s obr tab ods
    písm čl zb porov pozri napr tzv t.j tj tzn popr príp resp cca angl nem lat franc rus nar zom max min`,
    `atď a pod apod etc mil mld tis hod r stor n.l pr.n.l s.r.o a.s spol jr ml st`,
  ),
  sl: both(
    `dr prof doc mag ing gen polk sv g ga gdč ul št str npr tj tim t.i t.im oz prim gl čl odst ur tel roj`,
    `itd ipd idr etc mio mrd tis n.št pr.n.št d.o.o d.d jr ml st`,
  ),
  hr: both(
    `dr prof doc mr mag ing gen puk sv g gđa ul br str npr tj tzv odn usp vidi čl st tel rođ im hrv engl njem`,
    `itd i sl etc mil mlrd tis god kn n.e pr.n.e d.o.o d.d jr ml`,
  ),
  hu: both(
    `dr prof ifj id özv gen szt st u utca krt tel kb pl ill vö ún old évf sz jan febr márc ápr jún júl aug szept okt nov
    dec bp mns min max`,
    `stb etc kft rt nyrt zrt bt jr ft`,
  ),
  ro: both(
    `dl d-l dna d-na dr prof ing av gen col lt cpt sf st str bd nr art alin lit pag vol cap ed tel jud com sec cca ian feb
    mar apr iun iul aug sept oct nov dec ex`,
    `etc ș.a s.a mil mld jr s.r.l d.hr î.hr`,
  ),
  tr: both(
    `dr doç prof av sn öğr gör uzm gen alb yrd op ecz müh mim st no nr cad sok mah apt bkz örn yy çev haz ed s ss c vb.
    hz bşk`,
    `vb vs vd a.ş ltd şti m.ö m.s jr`,
  ),
  ru: both(
    `г гг ул д кв корп пр пл просп пер им ст стр с рис табл гл п пп см ср напр т тов гр гр-н акад проф доц канд
    докт ген полк подп кап лейт о св митр архиеп еп кн тел ок прим ред изд пос дер обл р-н респ тыс. янв февр апр
    авг сент окт нояб дек инж`,
    `др пр т.д т.п т.е проч тыс млн млрд трлн руб коп долл чел г гг в вв н.э до.н.э р мин сек ч км кг м`,
  ),
  uk: both(
    `вул буд кв корп пр просп пл пров ім ст с рис табл гл п пп див пор напр т тов гр акад проф доц канд докт ген полк
    підп кап лейт о св митр архієп еп кн тел бл прим ред вид смт обл р-н січ лют бер квіт трав черв лип серп вер жовт
    лист груд о`,
    `ін т.д т.п т.зв тис млн млрд трлн грн коп дол чол р рр ст н.е до.н.е хв год сек м км кг`,
  ),
  bg: both(
    `ул бул пл жк бл вх ет ап гр с обл общ д-р проф доц инж арх ген полк подп кап св стр рис табл гл чл ал т вж срв
    напр тел ок акад г-н г-жа`,
    `др т.н и.т.н пр хил млн млрд лв ст г в вв н.е пр.н.е`,
  ),
  el: both(
    `κ κα κος δρ καθ αρ αριθ σελ βλ πρβλ π.χ δηλ λ.χ οδ λεωφ τηλ άρθ παρ αγ στρ υπ ταξ ιαν φεβρ μαρ απρ ιουν ιουλ αυγ
    σεπτ οκτ νοεμ δεκ`,
    `κ.λπ κλπ κ.ά κ.τ.λ κτλ εκατ δισ χιλ ευρ π.μ μ.μ π.χ. μ.χ`,
  ),
  ca: both(
    `ee sr sra srs dr dra prof d st sta av ctra pl c núm n no art cap pàg p vol fig tel ex cf aprox gen febr set oct nov des`,
    `etc ee.uu uu s.a a.m p.m`,
  ),
  id: both(
    `dr drs dra ir prof h hj kh tn ny sdr jl gg no hlm tgl kab kec prov a.n u.p s.d ttg yth`,
    `dll dsb dst tbk pt rp`,
  ),
  hi: both('डॉ श्री श्रीमती प्रो पं मो सं नं रु कि मी', ''),
}

const NONE: Abbreviations = { before: new Set(), either: new Set() }

/** Whether a word that ends in a point (given without it, lower case) is an abbreviation, and of which kind. */
export function abbreviationKind(
  word: string,
  language: string,
): 'before' | 'either' | 'numbered' | undefined {
  if (NUMBERED.has(word)) return 'numbered'
  const own = (Object.hasOwn(LISTS, language) ? LISTS[language] : undefined) ?? NONE
  if (own.either.has(word)) return 'either'
  if (own.before.has(word)) return 'before'
  if (own !== NONE && /[^a-z.]/.test(word)) return undefined
  if (COMMON.either.has(word)) return 'either'
  return own === NONE && COMMON.before.has(word) ? 'before' : undefined
}
