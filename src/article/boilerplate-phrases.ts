/**
 * The phrases of web furniture, one table per language, lower case, with straight apostrophes and without closing
 * punctuation. `boilerplate.ts` says how they are matched. A phrase belongs here if no author would write it as a line
 * of its own; a word that could begin a sentence is safe, since only whole lines or what stands before a colon count.
 */

export interface Phrases {
  /** The whole line. */
  readonly whole: readonly string[]
  /** `Read also: …`: points to another article, however that is worded. */
  readonly pointers: readonly string[]
  /** `Photo: …`: a note of a few words; a sentence after the colon is the author's. */
  readonly labels: readonly string[]
  /** The heading of what follows an article: links to others, forms, adverts. Also a whole line and a pointer. */
  readonly tail: readonly string[]
  /** The heading of readers' comments. What follows reads like prose but is not the author's. Also a whole line. */
  readonly comments: readonly string[]
}

const list = (phrases: string): readonly string[] => phrases.trim().split(/\s*[|\n]\s*/)

export const PHRASES: Readonly<Record<string, Phrases>> = {
  en: {
    whole: list(`
      advertisement | advertisements | advertising | sponsored | sponsored content | ad | continue reading
      continue reading below | continue reading the main story | story continues below advertisement
      article continues below | article continues after ad | article continues below advertisement
      read more | read the full story | read full article | read the full article | see more | show more
      load more | more | share | share this article | share this story | share this post
      share on facebook | share on twitter | share on x | share on linkedin | share on whatsapp
      share via email | share full article | like loading | like | loading | follow us
      follow us on twitter | follow us on facebook | follow us on social media | print
      print this article | print this page | email this | email this article | copy link | link copied
      copied | save | save article | bookmark | listen to this article | listen to article
      skip to content | skip to main content | skip to navigation | back to top | go to top
      scroll to top | menu | home | search | sign in | log in | login | sign up | subscribe
      subscribe now | subscribe today | register | all rights reserved | view all posts | edit | close
      next | previous | next post | previous post | next article | previous article | accept cookies
      accept all cookies | accept all | reject all | cookie settings | manage cookies | privacy policy
      terms of use | terms of service | terms and conditions | contact us | about us | report a typo
      give this article | your support matters | this site uses cookies | enlarge image
      image source, getty images | getty images | play video | watch live | live | no comments yet
      be the first to comment | report this ad
    `),
    pointers: list(`
      read more | read also | also read | read next | see also | related | related story | related article
      related articles | more on this | more on this story | don't miss | most read | recommended
      reading time | more from
    `),
    labels: list(`
      tags | tagged | filed under | categories | category | topics | posted in | photo | photo credit
      photos | image | image credit | share this | follow us | trending | editor's picks | image source
    `),
    tail: list(`
      related posts | related articles | related stories | related news | related content | related topics
      related | more on this story | more on this topic | more on this | more from the web | more stories
      more news | most read | most popular | most viewed | trending | trending now | recommended
      recommended for you | recommended stories | you may also like | you might also like | you may like
      read next | up next | what to read next | editor's picks | editors' picks | top stories
      latest news | recent posts | about the author | about the authors | sign up for our newsletter
      subscribe to our newsletter | subscribe to the newsletter | get our newsletter | newsletter
      stay up to date | share this | like this | leave a reply | leave a comment
      leave a reply cancel reply | post a comment | add a comment | write a comment
      join the conversation | comments are closed | cancel reply | post navigation | around the web
      from around the web | sponsored links | tags
    `),
    comments: list(`
      comments | comment | reader comments | view comments | show comments | all comments | responses
    `),
  },
  de: {
    whole: list(`
      anzeige | werbung | anzeigen | sponsored post | weiterlesen | weiter lesen | mehr lesen
      mehr anzeigen | mehr | mehr laden | teilen | artikel teilen | beitrag teilen | diesen artikel teilen
      diesen beitrag teilen | auf facebook teilen | auf twitter teilen | auf x teilen
      auf whatsapp teilen | per e-mail teilen | per mail teilen | per e-mail versenden | drucken
      artikel drucken | seite drucken | druckversion | merken | artikel merken | artikel anhören
      vorlesen | vorlesen lassen | feedback | link kopieren | link kopiert | gefällt mir | wird geladen
      lade | zum inhalt springen | zum hauptinhalt springen | zur navigation springen | nach oben
      zurück nach oben | zum seitenanfang | startseite | menü | suche | anmelden | einloggen
      registrieren | abonnieren | jetzt abonnieren | jetzt anmelden | abo | folgen | folgen sie uns
      alle rechte vorbehalten | impressum | datenschutz | datenschutzerklärung | agb
      cookie-einstellungen | alle akzeptieren | cookies akzeptieren | akzeptieren | ablehnen
      alle ablehnen | nächster artikel | vorheriger artikel | nächster beitrag | vorheriger beitrag
      schließen | antworten | artikel zum anhören | bild vergrößern | zur startseite | zurück | weiter
      fehler melden | noch keine kommentare | dieser artikel ist älter als ein jahr
      dieser artikel wurde maschinell übersetzt
    `),
    pointers: list(`
      lesen sie auch | lesen sie dazu auch | lesen sie mehr | lesen sie hier | lesen sie weiter
      mehr dazu | mehr zum thema | siehe auch | auch interessant | auch lesenswert
      das könnte sie auch interessieren | weitere artikel
    `),
    labels: list(`
      zum thema | schlagwörter | schlagworte | stichwörter | stichworte | themen | tags | kategorie
      kategorien | rubrik | foto | fotos | bild | bildquelle | bildnachweis | fotocredit | symbolbild
      symbolfoto | archivbild | archivfoto | video | lesezeit | lesedauer | meistgelesen
    `),
    tail: list(`
      kommentar schreiben | kommentar verfassen | kommentar hinterlassen | schreibe einen kommentar
      schreiben sie einen kommentar | hinterlasse einen kommentar | hinterlassen sie einen kommentar
      jetzt kommentieren | kommentieren | artikel kommentieren | schreib einen kommentar
      antwort hinterlassen | diskutieren sie mit | kommentare sind geschlossen
      die kommentarfunktion ist geschlossen | mehr zum thema | mehr zu diesem thema | mehr dazu
      zum thema | weitere artikel | weitere meldungen | weitere nachrichten | weitere themen
      weitere beiträge | ähnliche artikel | ähnliche beiträge | verwandte artikel | verwandte beiträge
      verwandte themen | das könnte sie auch interessieren | das könnte sie interessieren
      das könnte dich auch interessieren | das könnte dir auch gefallen | auch interessant
      lesen sie auch | lesen sie mehr | mehr aus | meistgelesen | meistgelesene artikel | meist gelesen
      beliebte artikel | empfehlungen | empfehlungen der redaktion | newsletter | newsletter abonnieren
      newsletter bestellen | newsletter anmelden | unser newsletter | zum newsletter anmelden
      jetzt newsletter abonnieren | neueste beiträge | neueste artikel | aktuelle nachrichten | top-themen
      über den autor | über die autorin | zum autor | zur autorin | zur person | beitragsnavigation
      teilen mit | anzeige von outbrain | schlagwörter
    `),
    comments: list(`
      kommentare | leserkommentare | alle kommentare | kommentare anzeigen | kommentare lesen
    `),
  },
  fr: {
    whole: list(`
      publicité | annonce | lire la suite | lire plus | en savoir plus | voir plus | afficher plus
      partager sur facebook | partager sur twitter | partager sur x | imprimer | envoyer par e-mail
      envoyer par mail | copier le lien | lien copié | j'aime | chargement | aller au contenu
      aller au contenu principal | haut de page | retour en haut | accueil | menu | rechercher
      se connecter | s'inscrire | s'abonner | abonnez-vous | je m'abonne | tous droits réservés
      mentions légales | accepter les cookies | tout accepter | tout refuser | article suivant
      article précédent | répondre | écouter l'article | écouter cet article | suivez-nous
      article réservé aux abonnés | réagir | ajouter à vos favoris | offrir cet article
    `),
    pointers: list(`
      lire aussi | à lire aussi | a lire aussi | à lire également | lire également | voir aussi
      à voir aussi | sur le même sujet | en savoir plus
    `),
    labels: list(`
      mots-clés | mots clés | étiquettes | catégories | catégorie | thèmes | photo | crédit photo
      crédits photo | crédit | temps de lecture | tags | vidéo
    `),
    tail: list(`
      laisser un commentaire | laissez un commentaire | écrire un commentaire | ajouter un commentaire
      publier un commentaire | poster un commentaire | réagir à cet article | les commentaires sont fermés
      articles similaires | articles liés | articles connexes | sur le même sujet | sur le même thème
      dans la même rubrique | à lire aussi | lire aussi | voir aussi | les plus lus
      articles les plus lus | les plus partagés | vous aimerez aussi | vous pourriez aussi aimer
      nos recommandations | à découvrir | newsletter | inscrivez-vous à notre newsletter
      abonnez-vous à notre newsletter | recevez notre newsletter | partager | partager cet article
      articles récents | à propos de l'auteur | navigation de l'article | plus d'articles
      contenus sponsorisés
    `),
    comments: list(`
      commentaires | commentaire | vos commentaires | vos réactions | voir les commentaires
    `),
  },
  es: {
    whole: list(`
      publicidad | anuncio | leer más | seguir leyendo | ver más | más información | compartir
      compartir este artículo | compartir en facebook | compartir en twitter | compartir en x
      compartir en whatsapp | imprimir | enviar por correo | copiar enlace | enlace copiado | me gusta
      cargando | saltar al contenido | ir al contenido | volver arriba | inicio | menú | buscar
      iniciar sesión | suscribirse | suscríbete | suscríbete ahora | registrarse
      todos los derechos reservados | aviso legal | aceptar cookies | aceptar todo | rechazar todo
      síguenos | síguenos en | responder | guardar | artículo anterior | artículo siguiente
      entrada anterior | entrada siguiente | escuchar artículo
    `),
    pointers: list(`
      lee también | lea también | leer también | lea además | te puede interesar | le puede interesar
      ver también | vea también | más información
    `),
    labels: list(`
      etiquetas | categorías | categoría | temas | archivado en | foto | fotos | imagen | crédito
      tiempo de lectura | tags | vídeo | video
    `),
    tail: list(`
      deja un comentario | deja una respuesta | deja tu comentario | dejar un comentario
      escribe un comentario | añadir comentario | los comentarios están cerrados | comentarios cerrados
      artículos relacionados | noticias relacionadas | entradas relacionadas | contenido relacionado
      relacionado | relacionados | temas relacionados | te puede interesar | también te puede interesar
      te podría interesar | lo más leído | lo más visto | más leídas | más noticias | últimas noticias
      entradas recientes | sobre el autor | newsletter | boletín | suscríbete a nuestra newsletter
      suscríbete a nuestro boletín | recibe nuestra newsletter | compártelo | comparte esto
      me gusta esto | navegación de entradas
    `),
    comments: list(`
      comentarios | comentario | ver comentarios
    `),
  },
  pt: {
    whole: list(`
      publicidade | anúncio | ler mais | leia mais | continue lendo | continuar a ler | ver mais
      saiba mais | compartilhar | compartilhe | partilhar | partilhe | compartilhar no facebook
      compartilhar no whatsapp | partilhar no facebook | imprimir | copiar link | link copiado | curtir
      gosto | carregando | a carregar | pular para o conteúdo | ir para o conteúdo
      saltar para o conteúdo | voltar ao topo | início | entrar | assine | assine já | assinar
      subscrever | todos os direitos reservados | política de privacidade | aceitar cookies
      aceitar todos | siga-nos | siga a gente | responder | ouvir artigo | ouvir notícia
    `),
    pointers: list(`
      leia também | leia mais | leia ainda | veja também | veja mais | ler também | saiba mais
    `),
    labels: list(`
      etiquetas | categorias | categoria | assuntos | temas | foto | fotos | imagem | crédito
      tempo de leitura | tags
    `),
    tail: list(`
      deixe um comentário | deixe uma resposta | deixe o seu comentário | deixe seu comentário
      escreva um comentário | adicionar comentário | comentários encerrados
      os comentários estão fechados | artigos relacionados | notícias relacionadas | matérias relacionadas
      posts relacionados | relacionados | relacionado | conteúdo relacionado | leia também | veja também
      mais lidas | as mais lidas | mais lidos | mais notícias | últimas notícias | você pode gostar
      você também pode gostar | recomendados | recomendados para você | sobre o autor | newsletter
      assine nossa newsletter | assine a nossa newsletter | subscreva a nossa newsletter
      compartilhe isso | curtir isso | navegação de post
    `),
    comments: list(`
      comentários | comentário | ver comentários
    `),
  },
  it: {
    whole: list(`
      pubblicità | annuncio | leggi tutto | leggi di più | continua a leggere | mostra altro | vedi altro
      condividi | condividi su facebook | condividi su twitter | condividi su whatsapp
      condividi questo articolo | stampa | invia per email | copia link | link copiato | mi piace
      caricamento | vai al contenuto | torna su | torna in alto | home | cerca | accedi | abbonati
      abbonati ora | iscriviti | registrati | tutti i diritti riservati | riproduzione riservata
      riproduzione riservata © | © riproduzione riservata | accetta cookie | accetta tutti | rifiuta tutti
      seguici | seguici su | rispondi | ascolta l'articolo | articolo precedente | articolo successivo
      salva | chiudi
    `),
    pointers: list(`
      leggi anche | leggi di più | vedi anche | guarda anche
    `),
    labels: list(`
      approfondisci | per approfondire | argomenti | tag | tags | categorie | categoria | etichette | foto
      immagine | crediti | tempo di lettura | video
    `),
    tail: list(`
      lascia un commento | lascia una risposta | scrivi un commento | commenta | i commenti sono chiusi
      articoli correlati | articoli simili | notizie correlate | correlati | potrebbe interessarti
      potrebbe interessarti anche | ti potrebbe interessare | ti potrebbero interessare | leggi anche
      i più letti | più letti | le più lette | più lette | altre notizie | ultime notizie
      articoli recenti | sull'autore | newsletter | iscriviti alla newsletter
      iscriviti alla nostra newsletter | dalla home | mi piace questo | navigazione articoli
    `),
    comments: list(`
      commenti | commento | vedi i commenti
    `),
  },
  nl: {
    whole: list(`
      advertentie | reclame | lees meer | lees verder | meer lezen | meer weergeven | meer laden | delen
      deel | deel dit artikel | deel dit bericht | deel op facebook | deel op twitter | deel via whatsapp
      print | afdrukken | link kopiëren | link gekopieerd | vind ik leuk | laden | aan het laden
      ga naar de inhoud | naar inhoud | naar boven | inloggen | aanmelden | abonneren | abonneer
      registreren | alle rechten voorbehouden | privacybeleid | cookies accepteren | alles accepteren
      volg ons | reageren | bewaren | luister naar dit artikel | vorig artikel | volgend artikel | sluiten
    `),
    pointers: list(`
      lees ook | lees meer | zie ook | bekijk ook | leestijd
    `),
    labels: list(`
      meer over | tags | trefwoorden | categorie | categorieën | onderwerpen | foto | beeld
    `),
    tail: list(`
      geef een reactie | plaats een reactie | laat een reactie achter | reactie plaatsen
      schrijf een reactie | reageer | reageer op dit artikel | reacties gesloten | reacties zijn gesloten
      gerelateerde artikelen | gerelateerde berichten | gerelateerd | gerelateerd nieuws
      verwante artikelen | lees ook | meer nieuws | meer over dit onderwerp | meest gelezen | populair
      dit vind je misschien ook leuk | aanbevolen | laatste nieuws | recente berichten | over de auteur
      nieuwsbrief | schrijf je in voor onze nieuwsbrief | meld je aan voor de nieuwsbrief
      berichtnavigatie | vind dit leuk
    `),
    comments: list(`
      reacties | commentaar | bekijk reacties
    `),
  },
  pl: {
    whole: list(`
      reklama | czytaj więcej | czytaj dalej | więcej | udostępnij | drukuj | kopiuj link | lubię to
      zaloguj się | zarejestruj się | subskrybuj | wszelkie prawa zastrzeżone | polityka prywatności
      odpowiedz
    `),
    pointers: list(`
      czytaj też | czytaj także | zobacz też | zobacz także
    `),
    labels: list(`
      tagi | tematy | kategorie | fot | foto | zdjęcie
    `),
    tail: list(`
      dodaj komentarz | napisz komentarz | zostaw komentarz | możliwość komentowania została wyłączona
      podobne artykuły | powiązane artykuły | zobacz także | zobacz też | czytaj także
      najczęściej czytane | najpopularniejsze | polecane | polecamy | newsletter
      zapisz się do newslettera | o autorze
    `),
    comments: list(`
      komentarze | wszystkie komentarze
    `),
  },
  ru: {
    whole: list(`
      реклама | читать далее | читать дальше | читать полностью | подробнее | поделиться | распечатать
      скопировать ссылку | мне нравится | загрузка | войти | регистрация | подписаться
      все права защищены | политика конфиденциальности | ответить | наверх | главная | поиск
      подписывайтесь на нас
    `),
    pointers: list(`
      читайте также | читайте ещё | смотрите также
    `),
    labels: list(`
      по теме | теги | метки | рубрика | рубрики | темы | фото | изображение | время чтения | видео
    `),
    tail: list(`
      оставить комментарий | добавить комментарий | написать комментарий | оставьте комментарий
      комментарии закрыты | читайте также | похожие статьи | похожие материалы | похожие записи
      материалы по теме | новости по теме | ещё по теме | самое читаемое | популярное | рекомендуем
      другие новости | последние новости | об авторе | подписаться на рассылку | подпишитесь на рассылку
      рассылка | навигация по записям | понравилось это
    `),
    comments: list(`
      комментарии | все комментарии
    `),
  },
  ja: {
    whole: list(`
      広告 | pr | 続きを読む | もっと見る | もっと読む | シェア | シェアする | ツイート | ツイートする | 印刷 | 印刷する | リンクをコピー | いいね | いいね!
      読み込み中 | ログイン | 会員登録 | 無料会員登録 | 購読 | 無断転載禁止 | 無断転載を禁じます | トップへ戻る | ページトップへ | ページの先頭へ | ホーム | 検索
      有料会員限定記事 | この記事をシェア | この記事は有料記事です | 次の記事 | 前の記事 | 拡大 | 返信
    `),
    pointers: list(`
      関連記事 | あわせて読みたい | 合わせて読みたい
    `),
    labels: list(`
      タグ | カテゴリー | カテゴリ | 写真 | 画像 | キーワード | 動画
    `),
    tail: list(`
      コメントを残す | コメントする | コメントを書く | コメントを投稿する | コメント欄は閉じています | 関連記事 | 関連ニュース | 関連リンク | あわせて読みたい | 合わせて読みたい
      おすすめ記事 | おすすめ | アクセスランキング | ランキング | 人気記事 | 最新記事 | 最新ニュース | この記事を書いた人 | メルマガ登録 | ニュースレター
    `),
    comments: list(`
      コメント | コメント一覧
    `),
  },
}
