//! Words of the closed classes: pronouns, articles, prepositions, conjunctions, auxiliaries, particles and adverbs of
//! time, place, degree and negation. They are no topic in any text, however short it is.
//!
//! Beside the few by which a language is told from others; in spelling as written, with both of two usual spellings.

/// The words of a language (ISO 639-1) that hold others together, beside those by which it is told.
pub(super) fn of(language: &str) -> &'static str {
    match language {
        "en" => ENGLISH,
        "de" => GERMAN,
        "fr" => FRENCH,
        "es" => SPANISH,
        "it" => ITALIAN,
        "pt" => PORTUGUESE,
        "nl" => DUTCH,
        "ru" => RUSSIAN,
        "pl" => POLISH,
        "sv" => SWEDISH,
        "la" => LATIN,
        _ => "",
    }
}

/// What is left out before an apostrophe ("l'eau", "dell'acqua"): the word is what stands behind it.
pub(super) fn elided(language: &str) -> &'static [&'static str] {
    match language {
        "fr" => &["c", "d", "j", "jusqu", "l", "lorsqu", "m", "n", "puisqu", "qu", "quoiqu", "s", "t"],
        "it" => &["all", "c", "d", "dall", "dell", "l", "nell", "quell", "quest", "sull", "un"],
        _ => &[],
    }
}

const ENGLISH: &str = "\
    aboard across ain't albeit alongside amid amidst amongst anybody anyhow anyway apart aren't around aside athwart \
    barely behind below beneath beside besides beyond can't canst couldn't couldst despite didn't didst doesn't \
    don't dost doth elsewhere everybody except forth furthermore hadn't hadst hardly hasn't hast hath haven't he'd \
    he'll hers herself hither hitherto i'd i'll i'm i've isn't it'd it'll lest likewise maybe mayest mayst meanwhile \
    merely mightn't mustn't nay near nearly needn't nevertheless nobody nonetheless nor oneself onto onward ought \
    ours per quite scarcely shalt shan't she'd she'll shouldest shouldn't shouldst somebody somehow someone sometime \
    sometimes somewhat soon thee theirs thereafter thereby therein thereof thereupon they'd they'll they're they've \
    thine thither thou thy thyself unless unlike unto versus via wasn't wast we'd we'll we're we've weren't wert \
    whence whenever whereas whereby wherefore wherein whereof whereupon wherever whether whichever whilst whither \
    whoever whomever whosoever wilt won't wouldn't wouldst ye yea yonder you'd you'll you're you've yours yourself \
    yourselves";

const GERMAN: &str = "\
    ab aber alle allein allem allen aller allerdings alles allzu andere anderem anderen anderer andererseits \
    anderes anders anstatt auch aufs außer außerdem außerhalb bald beide beiden beides beim bereits besonders \
    bevor bisher bist bloß dabei dadurch dafür dagegen daher dahin damals danach daneben daran darauf daraus darf \
    darfst darin darum darunter darüber dasjenige davon davor dazu dein deine deinem deinen deiner deines dennoch \
    deren derjenige derselbe deshalb dessen desto deswegen dich diejenigen dieselbe dieselben dieselber dir doch \
    dort dorthin drei du durfte dürfen ebenfalls ebenso eher eigentlich einander einerseits einige einigem einigen \
    einiger einiges einmal einst endlich entweder erst etwa etwas euch euer eure eurem euren eurer falls fast \
    ferner freilich früher ganz gar gegenüber gehabt genug gerade gern gewesen geworden gleich gleichwohl habe \
    haben habt hast her heute hier hin hingegen hinter hätte hätten ihnen ihrem ihren ihrer ihrerseits ihres immer \
    indem indes indessen infolge innerhalb ins insofern inzwischen irgend irgendein irgendwie irgendwo jede jedem \
    jeden jeder jedermann jederzeit jedes jedoch jemals jemand jemandem jemanden jene jenem jenen jener jenes \
    jenseits jetzt kaum keinem keinen keiner keines keineswegs konnte konnten können könnte könnten lassen ließ \
    längst lässt mag manch manche manchem manchen mancher manches manchmal mein meine meinem meinen meiner meines \
    meist meistens mich minder mir mitunter mochte muss musste mussten muß mußte mußten möchte mögen müssen müsste \
    nachdem nachher neben nebst nein nichts nie niemals niemand niemandem niemanden nimmer nirgends nun nämlich \
    oben obendrein obgleich obschon obwohl oft ohnehin per plötzlich rund samt schon sehr sei seid seien seinem \
    seinen seiner seinerseits seines seit seitdem selber selbst sicherlich sobald sofern sofort sogar solange \
    solch solche solchem solchen solcher solches soll sollen sollte sollten somit sondern sonst sooft soviel \
    soweit sowie sowohl später statt stets sämtliche trotz trotzdem umso unser unsere unserem unseren unserer \
    unseres unten unterdessen usw viel viele vielem vielen vieler vieles vielleicht vielmehr vom voran vorerst \
    vorher wann warum weder weg wegen weil weit weiter weiteren welch welche welchem welchen welcher welches wem \
    wen wenig wenige weniger wenigstens weshalb wessen wider wieder wieso will willst wirklich wirst wo wobei \
    wodurch wofür woher wohin wohl wollen wollte wollten womit woran worauf woraus worin worum worüber wovon wozu \
    wurden während wäre wären würde würden zuerst zufolge zugleich zuletzt zumal zurück zusammen zwar zwei zwölf \
    überall überhaupt übrigens";

const FRENCH: &str = "\
    abord afin ai ainsi ait alors après assez aucun aucune aucuns aujourd aujourd'hui auquel auraient aurait aussi \
    aussitôt autant autour autre autrement autres autrui auxquelles auxquels avaient avait avant avez avoir avons \
    ayant beaucoup bien bientôt cela celle celles celui cependant certain certaine certaines certains certes \
    chacun chacune chacunes chaque chez ci combien comment contre davantage dedans dehors delà demain depuis \
    derrière desquelles desquels dessous dessus deux devant devrait doit doivent donc donné dont duquel durant \
    déjà encore enfin ensuite entre envers environ es eu eussent eut excepté faire fait faut fois font fors fu \
    furent fussent fut guère hier hormis hors hui hélas ici jadis jamais jusque jusques laquelle lequel lesquelles \
    lesquels loin lors lorsque lui là ma maint maintenant malgré mes mien mienne mieux moi moins mon moyennant \
    mêmes naguère ni non nos notre nul nulle néanmoins nôtre ont onze outre parce parfois parmi partout pendant \
    personne peu peut peuvent peux plupart plusieurs plutôt point pourquoi pourra pourraient pourrais pourrait \
    pourtant pouvaient pouvait presque près puis puisque quand quant quasi quatre quel quelconque quelle quelles \
    quelqu'un quelque quelques quels quiconque quoi quoique rien sa sauf savait selon sera seraient serait seront \
    ses seul seule seulement sien sienne sinon sitôt soi sois soit sommes soudain souvent suis surtout ta tandis \
    tant tantôt tard te tel telle telles tels tes toi ton toujours toute toutefois toutes travers trois trop très \
    tu tôt va vers veulent veut vite voici voilà vont vos votre voudrait voulait vraiment vôtre étaient étais \
    étant été êtes ô";

const SPANISH: &str = "\
    acá además ahora ahí alguien alguna algunas alguno algunos algún allá allí alrededor ambas ambos ante antes \
    apenas aquel aquella aquellas aquello aquellos aquél aquí así atrás aun aunque ayer aún bajo bastante bien \
    cada casi cerca cierta ciertas cierto ciertos conforme conmigo consigo contigo cual cuales cualquier \
    cualquiera cuanto cuya cuyas cuyo cuyos cuál cuán cuándo cómo debe deben debía demasiado demás dentro después \
    detrás dos durante dónde e ellas embargo encima enfrente entonces eran eres es esas esos estaba estaban \
    estamos estar estas estos estoy estuvieron estuvo está están excepto fuera fueron haber habrá había habían \
    hace hacia han has hay he hemos hoy hubo igual incluso jamás junto luego me mediante menos mi mientras mis \
    misma mismas mismo mismos mucha muchas mucho muchos muy mí mía mío nada nadie ninguna ninguno ningún nos \
    nosotros nuestra nuestras nuestro nuestros nunca os otra otras otro otros poca pocas poco pocos podrá podría \
    podía pronto pudo puede pueden pues quien quienes quizá quizás quién qué sea sean según será serán sería si \
    sido siempre siendo sino siquiera sobre sola solamente solo somos soy suya suyas suyo suyos sí sólo tal tales \
    también tampoco tan tanta tantas tanto tantos te tener tenía ti tiene tienen toda todas todavía tras tres tu \
    tus tuvieron tuvo tú u unas unos usted ustedes varias varios vez vosotras vosotros vuestra vuestro yo él ésta \
    éstas éste éstos";

const ITALIAN: &str = "\
    abbastanza abbia abbiamo adesso affinché agli ai alcun alcuna alcune alcuni alcuno allora almeno altra altre \
    altri altro ancora anzi appena avere aveva avevano avrebbe benché bensì chissà chiunque ciascun ciascuna \
    ciascuno cioè ciò codesto cogli coi col colui contro così dagli dai dalle dallo dappertutto davanti davvero \
    dello dentro deve devono dietro dopo dove dovevano dovrebbe due dunque durante ebbe ecco egli ella entrambi \
    erano eravamo essa esse essi esso fa fino forse fra fu fuori furono già giù hai ho infatti infine inoltre \
    insieme intanto intorno invece lei li loro lui lungo mai me medesimo meglio meno mentre mia mie miei mio molta \
    molte molti molto ne neanche negli nei nello nemmeno neppure nessun nessuna nessuno niente nondimeno nostra \
    nostre nostri nostro nulla ogni ognuno oltre oppure ora ormai ovunque perciò perfino pero però piuttosto poca \
    poche pochi poco poi poiché possono poteva potevano potrebbe presso prima proprio purché pure può qua qual \
    qualche qualcosa qualcuno quale quali qualsiasi qualunque quante quanti quanto quasi quegli quei quelle quelli \
    qui quindi sarebbe sarà se sebbene secondo sei sempre senza sia siamo siano sino sopra sotto stata state \
    stessa stesse stessi stesso subito sugli sui sullo suoi sé tale tali talvolta tanta tante tanti tanto te tra \
    tu tua tue tuo tuoi tutta tuttavia tutte tutto va verso vi voi voleva vostra vostri vostro vuole";

const PORTUGUESE: &str = "\
    acerca agora ainda algo algum alguma algumas alguns algures alguém alhures ali aliás além amanhã ambos ante \
    antes antigamente apenas apesar após aquela aquelas aquele aqueles aqui aquilo assim através atrás aí bastante \
    bem cada certa certas certo certos com comigo conforme consigo contra contudo cuja cujas cujo cujos cá daquela \
    daquele dela delas dele deles dentro depois desde dessa desse desta deste deve devem devemos devia dois \
    durante eis embora enquanto então eram essas esses estas estava estavam estes estou está estão eu exceto fora \
    foram fosse haver havia hoje jamais junto lhe lhes logo longe lá maior mal me mediante menos mesma mesmas \
    mesmo mesmos meu meus mim minha minhas muita muitas muito muitos nada naquele nela nele nem nenhum nenhuma \
    nessa nesse nesta neste ninguém nossa nossas nosso nossos nunca ontem ora outra outras outro outros perante \
    perto pode podem poderia podia podiam pois porque portanto porém posto pouca poucas pouco poucos próprio quais \
    qual qualquer quanto quase quem quer sempre senão seria será serão seus sim sob sobre sois somente somos sou \
    suas tais tal talvez tampouco tanta tantas tanto tantos tem tenha ter teu teus teve ti tinha tinham toda todas \
    todavia todo todos três tu tua tuas tudo têm umas uns vez você vocês vossa vosso vários vós és";

const DUTCH: &str = "\
    achter af al aldus alle alleen alles alsof altijd ander andere anderen anders behalve beide ben beneden bent \
    beter bijna binnen boven bovendien buiten daar daarbij daardoor daarin daarna daarom daarop daaruit daarvan \
    dan desondanks dezelfde dikwijls doch dus echter een eens eerst elk elkaar elke enige enkele erg ergens ervan \
    evenals eveneens evenwel gedurende geen geweest geworden gij ginds haast hadden heb hebben hebt hem hen \
    hetzelfde hier hierdoor hierin hoe hoewel hoezeer hun ieder iedere iedereen iemand iets immers inderdaad \
    indien integendeel intussen ja je jegens jij jou jouw jullie kon konden kunnen kunt langs later liever maar \
    mag mede meer meest men mij mijn minder misschien mocht mochten moest moesten moet moeten mogen na naast nabij \
    nadat namelijk nee neen nergens niemand niemands niets niettemin nimmer noch nogal nogmaals nooit nu ofschoon \
    omdat ondanks ondertussen ons onze ook opdat over overal reeds rond samen sedert sinds slechts sommige soms \
    spoedig steeds tegenover tenzij terwijl thans tijdens toch tot totdat tussen u uw vaak vanaf vandaag veeleer \
    verder vervolgens via vlak vooral voordat voorts vrijwel waar waarbij waarin waarom waarop waarvan wanneer \
    want waren weinig wel welk welke wellicht wie wiens wil wilde wilden willen worden wordt zal zeer zei zelf \
    zelfs zich zichzelf zij zijne zoals zodat zodra zonder zou zouden zowel zullen zult";

const RUSSIAN: &str = "\
    более больше будем будет будете будешь будто буду будут бы бывает вам вами вас ваш ваша ваше ваши ведь весь \
    вместо вне вновь внутри во вокруг вот впрочем все всегда всего всей всем всеми всему всех всю вся всякий всё \
    вы где да даже два две двух действительно для должен должна должно должны другая другие других другого другой \
    едва ее ей ему ещё ею её затем зато зачем здесь именно ими иначе иногда иной иные к каждая каждого каждое \
    каждые каждый кажется какая какие каким какого какое какой какую ко кого кое ком кому кроме кто куда лишь \
    лучше меж между мене менее меня мне много мной мною мог могла могли могло могут может можно мои мой моя моё мы \
    навсегда над надо наконец нам нами нас наш наша наше наши него ней некто нельзя немного нему несколько нечто \
    нею неё нибудь нигде никак никакой никогда никого никому никто никуда ним ними них ничего ничто ничуть ну \
    нужно нём об оба обо одна однако одни одно одного одной около опять особенно откуда ото отсюда оттуда отчего \
    очень перед повсюду пока помимо пор поскольку после посреди потом потому почему почти поэтому пред прежде \
    притом причём просто против пусть ради раз разве сам сама сами самих само самого самой самом самый свое своего \
    своей своему свои своим своими своих свой свою своя себе себя сегодня сейчас сквозь сколько слишком снова \
    собой собою совсем сперва среди стал стала стали стало столь столько сюда та такая такие таким таких таков \
    такого такое такой там тебе тебя тем теми теперь тех тобой тогда той тому тот тою три ту туда тут ты хоть хотя \
    чаще чего чей чем чему через чтоб чуть чья чьё чём эти этим этими этих это этого этой этом этому этот эту";

const POLISH: &str = "\
    ach albo albowiem ani aż bardziej bardzo bo bowiem by byli byłby byłem były bądź będzie będą będę cała całe \
    cały chce chociaż choć ci ciebie cię co cokolwiek coraz coś czasem czego czegoś czemu czyj czyli czym dalej \
    dlaczego dlatego dokąd dopiero dopóki dotychczas dotąd dość dwa dwie dziś ewentualnie gdyby gdyż gdzie \
    gdziekolwiek gdzieś inna inne innego innej inni inny innych iż ja jaka jakaś jakby jaki jakich jakie jakiś \
    jakoś jeden jedna jednak jedno jednym jej jemu jeszcze jeśli jeżeli ją każda każde każdego każdej każdy kiedy \
    kiedyś kilka kim kto ktokolwiek ktoś którego której których którym którymi którzy którą ku lecz mają mam mamy \
    mi miał miała mieć mimo między mnie mną mogli mogą moi moja moje można mu musi my móc mój nad nam nami nas \
    nasi nasz nasza nasze naszego naszej natomiast nawet nic nich niech niego niej niektóre niektórzy niemu nigdy \
    nigdzie nikogo nikt nim nimi oba obie oboje obok odtąd około on ona one ono oprócz oraz owszem podczas pomimo \
    ponad ponieważ poza prawie przecież przeciw przeciwko przed przede przedtem przy raczej raz również sam sama \
    same sami skoro skąd skądinąd sobie sobą stąd swego swej swoich swoim swoja swoje swój są tacy taka taki \
    takich takie także tam tamten te tedy tej temu teraz też tobie tobą toteż tu tutaj twoja twoje twój ty tych \
    tylko tym tymi tą tę u wam wami was wasz wasza wasze wcale wciąż we według wiele wielu więc wszyscy wszystkich \
    wszystkie wszystkim wszystko wtedy wy wzdłuż wśród zanim zawsze zaś zbyt ze znowu znów został została zostały \
    zresztą żaden żadna żadne żadnych żeby";

const SWEDISH: &str = "\
    aldrig allt alltför alltid alltså andra annan annars annat bakom bland blev bli blir blivit bort borta bortom \
    bredvid båda dem den deras dessutom dig din dina ditt dock du där därav däremot därför därmed därtill då \
    efteråt ej emedan emellan emellertid emot endast ens er era ert ett fast fastän fick fler flera fortfarande \
    fram framför få får före förrän först förut genast genom gärna hade haft hellre helst helt henne hennes \
    hittills honom hos här härmed i ibland icke ifall igen ingen ingenstans ingenting inget innan inne inom ja jo \
    ju just kanske knappt kom kommer kunde kunnat lika liksom länge medan mellan mer mera mest min mina mindre \
    minst mitt mot måste nej ner nere ni nog nu nyss när nära nästan någon någonsin någonstans någonting \
    någorlunda något några oavsett också ofta oss ovan ovanför redan rentav runt sade samma samt sedan senare \
    själv själva snarare snart som somliga stundom ständigt särskilt så sådan sådana sådant således sålunda tills \
    trots tvärtom två tycks under utan utanför utom vad var vara varandra vare varför varit varje varken vars vart \
    varthän vem vems verkligen vet vid vidare vilka vilken vilket vill ville visst vore väl vår våra vårt ännu \
    även åt åter";

const LATIN: &str = "\
    adeo adhuc alia aliqua aliquando aliquid aliquis aliud alius alter altera amplius ante antequam apud at atqui \
    brevi circa circum cis citra clam contra coram cui cuique cuius cuiusdam cuncta cur deinde denique donec \
    dumque ea eadem eam earum eas ecce ego ei eis eius eo eodem eorum eos eram erant erat erga erit essent esset \
    estis etenim etiamsi etsi eum extra fere fieri forsitan fortasse fuerat fuerit fuerunt fuisse fuit futurum \
    haec hanc has hic hinc his hodie horum hos hui huius hunc iamque ibi idcirco idem ideo igitur illa illae illam \
    illas illi illic illis illius illo illorum illos illud illum immo inde infra interdum interea interim intra \
    invicem ipsa ipsae ipsam ipsi ipsis ipsius ipso ipsos ipsum is ista iste istud ita itaque item iterum iuxta \
    licet magis me mea mei meus mihi minime minus modo mox multo multum namque necnon nemo neu neve nihil nimis \
    nisi nobis nolle nondum nonne nonnulli nos noster nostra nulla nullus num numquam o olim omnes omnia omnino \
    omnis paene parum paulo penes plerumque plus posse possit possunt post postea postquam potest potius praeter \
    praeterea primum prius priusquam procul profecto proinde prope propter prorsus quaedam quaeque qualis quamquam \
    quamvis quando quanto quantum quare quasi quem quemadmodum quia quibusdam quicumque quidam quippe quis \
    quisquam quisque quoad quondam quoniam quorum quos quot quotiens quousque rursus saepe saltem satis se semper \
    sese seu sibi simul sint sit sive solum statim sua suae suam super supra suus tamquam tandem tanto tantum te \
    tibi tot totus trans tu tua tunc tuus ubi ullus ultra umquam unde undique usque uterque utinam utique utrum \
    vester vestra vix vobis vos";
