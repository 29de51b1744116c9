//! English words that tell little: those that hold others together and those that any text uses.

/// Words that hold others together.
pub(super) const FUNCTION_WORDS: &str = "\
    a about above after again against all alone already also although always am among an and another any \
    anyone anything are as at away be became because become becomes been before being between both but \
    by can cannot could did do does doing done down during each either else etc even ever every everyone \
    everything everywhere far few first firstly for from further get give given go had has have having \
    he hence her here him himself his how however i ibid if in indeed instead into is it its itself just \
    last less let like little made make makes many may me means might more moreover most much must my \
    namely neither never no none nor not nothing now nowhere of off often on once one only or other \
    others otherwise our ourselves out over own page perhaps put rather said same say says second \
    secondly see several shall she should since so some something somewhere still such take than that \
    the their theirs them themselves then there therefore these they third thirdly this those though \
    through throughout thus to today together too toward towards two under until up upon us use used \
    very vol was way we well were what whatever when where wherein whether which while who whole whom \
    whose why will with within without would wrote yet you your";

/// Words of meaning that stand in any text on any matter, in the form a dictionary gives.
pub(super) const GENERAL_WORDS: &str = "\
    able absolute accept accomplish account act action actual actually add admit advance advantage \
    affair agree aim allow amount answer appear apply argue argument arise article ask aspect assert \
    assume attain attempt aware back bad base basis bear became began begin beginning begun belong \
    best better big book bring brought build building call came capable carry case cause certain \
    certainly chance change character choose circle circumstance clear clearly close come common \
    complete completely comrade concern conclude conclusion condition connect connection consequence \
    consider consist constant contain contemporary context continue contrary contribute correct \
    country course create day deal decide declare degree demand deny depend describe desire detail \
    determine develop development difference different difficult difficulty direct directly disappear \
    discover discuss discussion distinguish doubt duty easy effect effective element embrace emerge \
    enable end enjoy ensure entail enter entire entirely especially essence essential establish event \
    evident exact exactly example execute execution exercise exist existence expect experience explain \
    express extent extreme face fact fail fall false feature field figure final finally find follow \
    following force form former forward full fully function future gain gave general generally given \
    goal goes going gone good grant great group grow hand happen hard head hear heard held help high \
    historical history hold hope hour house hundred idea imagine immediate immediately imply \
    importance important impossible inasmuch include including increase indicate individual inevitable \
    influence inside instance intend introduce join keep kept kind knew know known lack laid large \
    late latter lay lead learn leave led lend level lie life light limit line list literally live long \
    look looked lose lost lot made main maintain major man mankind mark matter mean meant measure \
    member mention mere merely met method middle million mind minute modern moment month move movement \
    name narrow nature near necessary necessity need new notion number object objective obvious \
    obviously offer old open operate operation oppose order organ organisation organise organization \
    organize origin original outside overcome pair pamphlet part participate particular pass past pay \
    people perform period person personal perspective phase phenomenon phrase piece place plain plan \
    play please point position possess possibility possible practical practice precise precisely \
    prepare present prevent previous price principle problem proceed process produce proof prove \
    provide public purpose pursue put question quick quiet quite raise ran rare rate reach reached \
    read reader ready real realise reality realize really reason receive recent recognise recognize \
    reduce refer regard relate relation remain remember render repeat replace replied reply represent \
    require respect responsible rest result return reveal right road role run sat saying scale season \
    seem seemed seen send sense sent sentence separate serious serve set shape show shown side signal \
    similar simple simply single sit situation size slight small solve sort source spake speak special \
    specific speech sphere spirit spoke spoken stage stand start stay step stood stop strong structure \
    subject succeed success suffer support suppose sure surface surprise table take taken talk task \
    tell term text theory thing think thought thousand time title told took total touch transform \
    transformation treat true truth try turn turned type understand understood unique unit useful \
    usual usually utmost value various vary vast view visit voice wait want watch weak wear week went \
    whatsoever wide win wish wonder word work world write writer wrong year young";

/// Words at the head of a passage that point back to the one before.
pub(super) const BACK_POINTING: &str = "latter such their these they this those";

/// The endings of words that say that something is made into something: "nationalize", "nationalisation".
const OF_MAKING: [&str; 12] = [
    "isations", "izations", "isation", "ization", "ising", "izing", "ised", "ized", "ises", "izes", "ise",
    "ize",
];
/// What stands before such an ending where the whole is another matter than what the stemmer leaves of it.
const OF_ANOTHER_MATTER: [&str; 4] = ["al", "an", "iv", "or"];

/// The stem of a word that says that something is made into something, where the stemmer takes it for that thing: to
/// nationalize mines is not to speak of the nation, nor to organize of an organ, to authorize of an author.
pub(super) fn stem_of_making(word: &str) -> Option<String> {
    let base = OF_MAKING.iter().find_map(|ending| word.strip_suffix(ending))?;
    let is_whole = base.len() > 4 && OF_ANOTHER_MATTER.iter().any(|ending| base.ends_with(ending));
    is_whole.then(|| format!("{base}iz"))
}
