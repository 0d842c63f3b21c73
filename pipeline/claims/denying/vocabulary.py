"""The words by which English news denies: who "denied", what "is false", "no truth to", "contrary to reports".

Open tables of regular expressions over a sentence as the parser reads it, so that a reader can see and extend them.
They were written from the reporting verbs and stock phrases of news (and checked on the part "dev" of the labelled
denials), not learned. No pattern repeats a repetition, and each is bounded.
"""

from __future__ import annotations

import re

ADVERBS = r"(?:(?:\w+ly|also|again|later|now|just|all|once|even|since|hotly|long|ever|further|swiftly) ){0,2}"
QUOTE = r"[\"']?"

SAID = (
    r"(?:claims?|counter-?claims?|reports?|allegations?|accusations?|suggestions?|assertions?|rumou?rs?|speculation|"
    r"stor(?:y|ies)|news|charges?|notions?|ideas?|findings?|statements?|articles?|figures?|accounts?|insinuations?|"
    r"characteri[sz]ations?|narratives?|theor(?:y|ies)|numbers?|conclusions?|versions?|testimony|tweets?|posts?|"
    r"comments?|remarks?|information|reporting|implications?|descriptions?|criticisms?|contentions?|gossip|whispers|"
    r"conspirac(?:y|ies)|estimates?|data|publications?|coverage|hints?|inferences?|line|impression|perception|"
    r"myths?|beliefs?|talk|tall(?:y|ies)|tolls?|counts?|totals?|statistics?|depictions?|portrayals?|headlines?|"
    r"assessments?|interpretations?|hypothes[ei]s|innuendos?|chatter|buzz|view|words|sum|warnings?|misconceptions?)"
)
"""What is said or held: the object of a denial rather than of a refusal."""

ACCUSED = (
    r"(?:claims?|allegations?|accusations?|suggestions?|assertions?|rumou?rs?|speculation|insinuations?|charges?|"
    r"notions?|ideas?|theor(?:y|ies)|narratives?|reports|talk|lies|fake news|misinformation|disinformation)"
)
"""The narrower set for verbs that deplore as often as they deny ("slammed the claims", but "slammed the report")."""

MEDIA = (
    r"(?:videos?|photos?|photographs?|pictures?|images?|letters?|documents?|recordings?|footage|clips?|memos?|emails?|"
    r"dossiers?|books?|stud(?:y|ies)|screenshots?|quotes?|quotations?|tapes?|lists?|decrees?|surveys?|papers?|files?|"
    r"texts?|messages?|leaks?|interviews?|speech|announcements?|notices?|polls?|leaflets?|advertisements?|adverts?|"
    r"ads?|flyers?|posters?|"
    r"manifestos?|broadcasts?|e-mails?|audio|accounts?|scripts?|diar(?:y|ies)|statements?|websites?|order|orders)"
)
"""What carries a statement: called fake it is denied, rejected it is refused."""

_WHOLLY = (
    r"(?:(?:simply|just|totally|completely|entirely|absolutely|utterly|wholly|patently|grossly|greatly|vastly|wildly|"
    r"blatantly|categorically|demonstrably|manifestly|clearly|plainly|factually|all|pure|purely|sheer|complete|total|"
    r"absolute|utter|another|more|a|an|the|as|so|also|much|highly|largely|hugely|quite|very|just|mere|outright|"
    r"deliberate|malicious|nothing but|nothing more than|nothing short of|a piece of|a case of|being|to be|that of|"
    r"been|both|either|basically|frankly|obviously|technically|verifiably|really|again|then|clear|blatant|big|old|"
    r"far|way|most|crude|cheap|deeply|badly|seriously|little more than|gross|vast|wild|monstrous|flat-out|"
    r"vicious|vile|ugly|filthy|dirty|cynical|downright|plain|rank|barefaced|bare-faced|brazen|shameless|obvious|"
    r"dangerous|politically motivated|complete and utter|(?:ludicrous|absurd|false|baseless|malicious|"
    r"ridiculous) and|a [\w-]+|an [\w-]+) ){0,4}"
)
FALSE = (
    r"(?:false(?: and [\w-]+)?|falsehoods?|untrue|untruths?|fabricat(?:ed|ions?)|baseless|groundless|unfounded|"
    r"unsubstantiated|bogus|invented|inventions?|made[ -]up|concocted|fictitious|fictional|hoax(?:es)?|lies?|"
    r"disinformation|misinformation|fake news|fake|fakes|forger(?:y|ies)|forged|doctored|staged|photoshopped|"
    r"debunked|manipulated|(?:photo)?montages?|deep ?fakes?|trumped[ -]up|"
    r"cooked[ -]up|(?:ai|computer)-(?:generated|made)|altered|overdone|"
    r"slander(?:ous)?|libell?(?:ous)?|defamatory|defamation|smears?|canards?|fairy[ -]?tales?|fantasy|fantasies|"
    r"figments? of (?:\w+ ){1,2}imagination|without (?:any )?(?:foundation|merit|basis|substance)|lacking foundation|"
    r"exaggerat(?:ed|ions?)|overblown|overstated|(?:pack|tissue|web|bunch|string|campaign) of lies|inaccurate|"
    r"incorrect|erroneous|mistaken|misleading|malicious gossip|work of fiction|scurrilous|spurious|"
    r"no more than rumou?rs?)"
)
NONSENSE = (
    r"(?:nonsense|nonsensical|rubbish|garbage|baloney|bunk|bunkum|hogwash|poppycock|balderdash|tosh|tripe|codswallop|"
    r"claptrap|trash|bull|bullshit|crap|piffle|hokum|fiction|myths?|speculation|hearsay|propaganda|gossip|absurd|"
    r"absurdity|ridiculous|ludicrous|preposterous|laughable|far-fetched|outlandish|farcical|wrong|conspiracy theor"
    r"(?:y|ies)|inflated|too (?:high|low)|a joke|wide of the mark|off the mark|way off|malicious|hysterical|twaddle|"
    r"delusional|guesswork|scaremongering|premature|meritless|"
    r"(?:far|much|way|considerably|significantly|nowhere near as) (?:lower|higher|smaller|fewer|less|high|low|many))"
)
"""Words that reject a statement but only deplore any other thing ("called the plan nonsense")."""

UNTRUE = rf"{_WHOLLY}{QUOTE}{_WHOLLY}(?:{FALSE}|{NONSENSE})\b"
_BE = r"(?:is|are|was|were|be|been|being|'s|'re|remains?|proved|proves|seems?|amounts? to|amounted to)"
_NOT = r"(?:not|n't|never)"

STRONG = (
    r"(?:den(?:y|ies|ied|ying)|refut(?:e|es|ed|ing)|rebut(?:s|ted|ting)?|debunk(?:s|ed|ing)?|disprov(?:e|es|ed|ing)|"
    r"repudiat(?:e|es|ed|ing)|disavow(?:s|ed|ing)?|gainsa(?:y|id)|disclaim(?:s|ed|ing)?)"
)
SOFT = (
    r"(?:reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|disput(?:e|es|ed|ing)|contest(?:s|ed|ing)?|"
    r"contradict(?:s|ed|ing)?|counter(?:s|ed|ing)?|rubbish(?:es|ed|ing)?|scotch(?:es|ed|ing)?|quash(?:es|ed|ing)?|"
    r"quell(?:s|ed|ing)?|squash(?:es|ed|ing)?|dispel(?:s|led|ling)?|rebuff(?:s|ed|ing)?|spurn(?:s|ed|ing)?|"
    r"silenc(?:e|es|ed|ing)|parr(?:y|ies|ied)|fend(?:s|ed|ing)? off|knock(?:s|ed|ing)? back|repel(?:s|led)?|"
    r"discount(?:s|ed|ing)?|disown(?:s|ed|ing)?|"
    r"discredit(?:s|ed|ing)?|falsif(?:y|ies|ied)|pooh-poohe?[sd]?|"
    r"(?:push(?:es|ed|ing)?|hit(?:s|ting)?|fir(?:e|es|ed|ing)|clap(?:s|ped|ping)?|punch(?:es|ed|ing)?|"
    r"str(?:ike|ikes|uck|iking)|fight(?:s|ing)?|fought|shoot(?:s|ing)?|shot) back (?:(?:on|last|"
    r"this) \w+ )?(?:(?:hard|strongly|forcefully|sharply|fiercely|firmly) )?(?:at|against|on|over|to)|"
    r"hit(?:s|ting)? out at|"
    r"(?:pour(?:s|ed|ing)?|thr(?:ow|ows|ew|owing)|douse[sd]?) (?:cold water|scorn|doubt|ice) (?:on|over)|"
    r"thr(?:ow|ows|ew|owing|own) out|(?:shoot(?:s|ing)?|shot|knock(?:s|ed|ing)?|slap(?:s|ped|ping)?|"
    r"shut(?:s|ting)?|bat(?:s|ted|ting)?|smack(?:s|ed)?) down|"
    r"(?:bat|swat|brush|wav|laugh|shrug|explain|push|cast)(?:e|es|s|t|ts|ed|ted|ting|ing)? (?:away|aside|off)|"
    r"shrug(?:ged|ging) off|batt?ed away|"
    r"scoff(?:s|ed|ing)? at|(?:put|puts|putting) (?:paid|an end|a stop|an? end once and for all) to|"
    r"(?:put|puts|putting|lay|lays|laid|laying) to (?:rest|bed)|"
    r"(?:took|takes?|taking) (?:issue with|exception to)|disagree(?:s|d|ing)? with|"
    r"distanc(?:e|es|ed|ing) (?:him|her|it|them|our|my|your)sel(?:f|ves) from|"
    r"(?:rule|rules|ruled|ruling) out|(?:giv(?:e|es|ing)|gave) (?:the )?lie to|(?:wash(?:es|ed|ing)?) (?:his|her|its|"
    r"their|my|our) "
    r"hands of|(?:explod|bust|shatter|punctur|demolish|dismantl)(?:e|es|ed|s|ing)?)"
)
HARSH = (
    r"(?:condemn(?:s|ed|ing)?|denounc(?:e|es|ed|ing)|slam(?:s|med|ming)?|decr(?:y|ies|ied|ying)|derid(?:e|es|ed|ing)|"
    r"blast(?:s|ed|ing)?|ridicul(?:e|es|ed|ing)|trash(?:es|ed|ing)?|mock(?:s|ed|ing)?|blow(?:s|ing)? up at|"
    r"laugh(?:s|ed|ing)? at|rail(?:s|ed|ing)? (?:at|against)|hit(?:s|ting)? out (?:over|against)|"
    r"lash(?:es|ed|ing)? out (?:at|over|against)|bristl(?:e|es|ed|ing) at)"
)
VERB = re.compile(
    rf"\b(?:(?P<strong>{STRONG})|(?P<soft>{SOFT})|(?P<harsh>{HARSH}))(?![\w-])(?! of service)", re.IGNORECASE
)

PUSHING = re.compile(r"\bback\b|\bout at\b", re.IGNORECASE)
"""Soft verbs that answer criticism as often as they deny ("hit back at")."""

SPLIT = re.compile(
    r"\b(?:brush|wav|shrug|laugh|swat|bat|push|cast|thr|shot|shoot|knock|shut|slap)(?:e|es|ed|ted|ged|s|ing|ew|ow|"
    r"ows|own)? "
    r"(?P<what>(?:the|this|that|these|those|his|her|its|their|all|any|such|it) ?(?:[\w'’-]+ ){0,5}?)(?:aside|away|"
    r"off|out|down)\b",
    re.IGNORECASE,
)
"""A rejecting verb with what it rejects before its particle: "brushed the report aside"."""
NOT_WHO = re.compile(
    r"\bit (?:was|is) ?(?:not|n't) (?P<what>(?!only\b|clear|known|"
    r"just)(?:[\w'’-]+ ){1,6}?who [^,.;\"]{3,200})",
    re.IGNORECASE,
)
CALLING = re.compile(
    r"\b(?:call|think|thought|label(?:l)?|brand|describ|term|deem|dubb?|pronounc|declar|characteri[sz]|dismiss|"
    r"reject|denounc|slamm?|"
    r"blast|condemn|rubbish|derid|ridicul|decri|decry|trash|mock|view|depict|portray|writ|wrote|paint|consider|"
    r"discount|refut|deni|attack|held up|laugh|brush|wav|scoff|debunk|expos|rat|judg|prov|show|flagg?|classif|found|"
    r"find|rul|assess|reveal)(?:s|es|ed|ing|e|ied|es|ten|y|ies)?\b",
    re.IGNORECASE,
)
"""Stems of verbs that give something a name; `AS_UNTRUE` after them says that it is an untrue one."""
AS_UNTRUE = re.compile(rf"\b(?:as|to be|to have been) {UNTRUE}", re.IGNORECASE)
BARE_CALLING = re.compile(
    r"\b(?:call(?:s|ed|ing)?|thinks?|thought|finds?|found|label(?:s|led|ling|ed|ing)?|brand(?:s|ed|ing)?|deem(?:s|ed|"
    r"ing)?|dub(?:s|bed|bing)?|"
    r"prov(?:e|es|ed|en|ing)|shows?|showed|term(?:s|ed|ing)?|pronounc(?:es|ed|ing|e)|declar(?:es|ed|ing|e)|"
    r"consider(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)
UNTRUE_AT_END = re.compile(rf"\b{UNTRUE}", re.IGNORECASE)

VERDICT = re.compile(
    rf"(?P<verdict>{_BE} (?P<not>{_NOT} )?{ADVERBS}{UNTRUE}"
    rf"|(?:{_BE} ?{_NOT}|{_BE} {ADVERBS}{_NOT}|ain't) {ADVERBS}(?:been )?(?:true|the truth|correct|accurate|the case|"
    rf"so\b(?! \w)|"
    r"real|authentic|genuine|right\b(?! (?:to|now|for|about|away|time))|based on (?:the )?(?:fact|facts|truth|"
    r"evidence)|"
    r"(?:grounded|rooted) in (?:fact|truth|reality)|what happened|how it happened|supported by (?:the )?(?:facts|"
    r"evidence|data))"
    rf"|{_BE} {ADVERBS}(?:nowhere near|far from|not even close to|anything but) (?:the truth|true|accurate|correct|"
    rf"reality)"
    r"|(?:do(?:es)?|did) ?(?:not|n't) (?:correspond to|reflect|match|square with|hold water|hold up|stand up|add up)\b"
    r"|(?:have|has|had|was|were|is|are) (?:been )?(?:\w+ly )?(?:exaggerated|debunked|fabricated|invented|misquoted|"
    r"misrepresented|mischaracteri[sz]ed|misinterpreted|misreported|misconstrued|twisted|taken out of context|"
    r"quoted out of context|disproved|disproven|blown out of (?:all )?proportion)"
    r"|(?:never|did not|did n't|didn't|does not|doesn't) (?:actually |really |even )?(?:happen|happened|took place|"
    r"take place|occur|occurred|exist|existed)"
    r"|lack(?:s|ed)? (?:any |all )?(?:credibility|foundation|basis|substance|merit)"
    r"|(?:have|has|had|bears?|bore) (?:absolutely )?(?:nothing to do with|no relation to|no basis in|no foundation in|"
    r"little to do with) (?:the )?(?:reality|truth|facts?)"
    r"|turn(?:s|ed) out to be {UNTRUE}"
    r"|(?:was|were|is|are) ?(?:not|n't) (?:from|by|written by|signed by|made by)\b|(?:did|does|do) ?(?:not|"
    r"n't) (?:come from|originate (?:with|from)|belong to)|(?:was|were|is|are) ?(?:not|"
    r"n't) (?:his|hers|theirs|ours|mine)\b"
    r"|(?:has|have|had) no (?:legal )?merit|(?:was|were|is|are) (?:completely |entirely |"
    r"wholly )?(?:without (?:any )?(?:legal )?merit|meritless))".replace("{UNTRUE}", UNTRUE),
    re.IGNORECASE,
)

NO_TRUTH = re.compile(
    r"\b(?:no|never (?:been )?any|n't any|not (?:a|an|any|one|the slightest|the least)|without|zero|little|not (?:a|"
    r"an) \w+ of) ?"
    r"(?:(?:\w+ ){0,2}(?:of )?)(?:truth|substance|veracity|factual basis|basis in (?:fact|reality|truth)|"
    r"foundation in (?:fact|reality|truth)|basis|validity|merit|foundation)\b(?: (?:whatsoever|at all))?"
    r"(?: (?:to|in|for|behind|about))?",
    re.IGNORECASE,
)
FAR_FROM_TRUE = re.compile(
    r"\b(?:nothing (?:could|can|is|was) (?:be )?(?:\w+ ){0,1}(?:further|farther) from the truth"
    r"|(?:could|can)(?: ?n't| not|not) be (?:further|farther) from (?:the truth|reality)"
    r"|(?:a long way|a far cry|miles|far) (?:away )?from (?:the truth|reality)"
    r"|(?:(?:quite|just|precisely|exactly|the very|the exact|in fact) the|the (?:exact|very)) (?:opposite|contrary|"
    r"reverse)"
    r"|the (?:opposite|contrary|reverse) (?:is|was) (?:true|the case)|on the contrary"
    r"|nothing of the (?:sort|kind)|no such (?:\w+ ){0,2}?(?:report|order|plan|decision|meeting|deal|agreement|talks?|"
    r"thing|incident|event|call|request|offer|proposal|payment|letter|instruction|conversation|move|step|contract|"
    r"attack|statement|document|record|programme|program|policy|discussions?|contacts?|transfer|visit|law|case|"
    r"message|email|sale|operation|investigation|remark|promise|person|threat|relationship|account)s?\b(?! as\b)"
    r"|no (?:talk|question) of|there (?:is|was|'s) nothing (?:in|to) (?:it|them|this|that|the (?:story|reports?|"
    r"claims?|rumou?rs?|allegations?))"
    r"|(?:not (?:one|a|a single) word|none|nothing) (?:of|in) (?:[\w'’]+ ){1,5}?(?:is|was|were|are) (?:true|correct|"
    r"accurate)"
    r"|(?:neither|none) (?:of (?:\w+ ){1,2})?(?:\w+ ){0,2}(?:is|was|are|were) (?:true|correct|accurate)"
    r"|(?:the )?other way (?:a)?round\b|(?:did|done|doing) nothing (?:wrong|illegal|improper|unlawful)"
    r"|(?:knew|knows?|known) nothing (?:whatever |at all )?(?:of|about)|never (?:even )?heard of|"
    r"wants? nothing to do with"
    r"|\b(?:i|we|he|she|they) (?:did ?n[o']t|never) (?:say|said|do|did|write|wrote) (?:that|it|this|so|"
    r"any such thing)\b"
    r"|(?:none of (?:this|that|it)|nothing (?:like (?:that|this|it)|of the kind)) (?:ever |actually |"
    r"really )?(?:happened|took place|occurred)"
    r"|not (?:a|one) single true word|ma(?:de|king) (?:it|this|that|them|things) (?:all )?up\b|(?:is|are|was|"
    r"were) (?:\w+ly )?lying(?=[.,;!\"]|$)"
    r"|bl(?:ew|own|ows|owing) (?:[\w'’]+ ){1,4}out of (?:all )?proportion"
    rf"|(?:invented|made up|fabricated|concocted|dreamt up) (?:the|this|that|these|those) (?:\w+ )?(?:{SAID}|{MEDIA})"
    r"|(?:a|pure) figment of"
    r"|pure (?:fiction|invention|fantasy)|(?:had|have|has) (?:absolutely )?(?:nothing|no part|no role|no hand|"
    r"no involvement|no knowledge|no links?|no ties|no connections?|no relationship)(?: whatsoever|"
    r" at all)? (?:to do with|in|of|with|to)"
    r"|not a word of (?:it|this|that)|out of thin air|out of whole cloth|(?:got|have|has|get) (?:it|this|that|"
    r"their facts|"
    r"the facts|its facts) (?:all |completely |badly |totally )?wrong)",
    re.IGNORECASE,
)
IT_IS_FALSE_THAT = re.compile(
    rf"\b(?:it|that|this|which) ?(?:(?:would|will|may|'d) be|{_BE}) ?(?:{_NOT} )?{ADVERBS}"
    rf"(?:{_NOT} )?(?:(?:a |an )?{FALSE}|wrong|true|correct|accurate|right|the case|nonsense|absurd|ridiculous|myth|"
    r"ludicrous|preposterous|rubbish|misconception) "
    r"(?:(?:for \w+ |of \w+ )?to (?:say|claim|suggest|state|assert|think|imply|argue|believe|allege|pretend|report|"
    r"speak of|talk of|describe) (?:that )?|that )",
    re.IGNORECASE,
)
CONTRARY = re.compile(
    rf"\b(?:contrary|counter) to (?:(?P<what>what)\b|(?P<that>that|this|these|those)(?= ?[,.])|"
    rf"(?:[\w'’,-]+ ){{0,6}}?(?P<said>{SAID})\b)|"
    rf"\b{SAID} (?P<contrary>to the contrary)",
    re.IGNORECASE,
)
OTHERWISE = re.compile(
    r"\b(?:begs? to differ|begged to differ|begging to differ|(?:says?|said|insists?|insisted|claims?|claimed|"
    r"argues?|argued|maintains?|maintained) otherwise|tells? (?:it|this|things) (?:very |quite )?differently|"
    r"tells? a (?:very |quite |rather |completely )?different "
    r"(?:story|tale)|told a (?:very |quite |rather |completely )?different (?:story|tale)|disagree(?:s|"
    r"d)(?=\s?[.,;\"]|$)"
    r"|do(?:es)? ?n[o']t believe (?:it|this|that)\b|sees? it differently|saw it differently|(?:set|put|sets|puts|"
    r"setting|putting) the record straight"
    r"|(?:gives?|gave|giving) (?:\w+ ){1,4}the lie|(?:contradict|correct)(?:s|ed) (?:him|her|them|it|that|this)\b"
    r"|(?:said|says|replied|answered|responded):? \"?no\b(?=[.,;\"!]|$)|call(?:s|ed|"
    r"ing)? (?:[\w'.-]+ ){1,6}?(?:a liar|liars|an impostor))\b",
    re.IGNORECASE,
)
HIT_BACK = re.compile(
    r"\b(?:(?:hit|hits|hitting|fired|fires|pushed|pushes|shot|punched|clapped|struck) back|"
    r"(?:put|puts|putting) an end to (?:it|this|them|that))(?: hard)?(?=[:,]? ?[\":]| when (?:asked|told)|"
    r", (?:saying|insisting|telling))",
    re.IGNORECASE,
)
INNOCENCE = re.compile(
    r"\b(?:plead(?:s|ed|ing)?|pled|enter(?:s|ed|ing)? (?:a )?(?:pleas? of)) (?:\w+ ){0,2}?not guilty\b"
    r"|\b(?:maintain|protest|profess|proclaim|insist(?: on)?|assert|declar|reiterat|affirm|swor|swear)(?:s|ed|ing|e|"
    r"es)? "
    r"(?:on )?(?:his|her|its|their|my|our|total|complete) (?:\w+ )?innocence\b"
    r"|\b(?:says?|said|insists?|insisted|maintains?|maintained|claims?|claimed|swore) (?:that )?(?:he|she|they|it|i|"
    r"we) "
    r"(?:is|was|were|are|am) (?:\w+ )?(?:innocent|not guilty)\b",
    re.IGNORECASE,
)
SPOKE_OF = re.compile(rf"\b(?:sp(?:oke|eaks?|eaking) of|talk(?:s|ed) of) {UNTRUE}", re.IGNORECASE)
"""Somebody gives what he was told a name: "spoke of a fairy tale"."""

ADAMANT = re.compile(
    r"\b(?:is|was|are|were|remain(?:s|ed)?|been) (?:\w+ly )?(?:adamant|categorical|emphatic|"
    r"positive) (?:that )?",
    re.IGNORECASE,
)
CORRECTION = re.compile(r"^[\"' ]*not (?P<not>[\w,.]{1,12}(?: \w+){0,3}),? but ", re.IGNORECASE)
NOMINAL = re.compile(r"(?<![\w-])(?:denials?|rebuttals?|disclaimers?|refutations?)(?![\w-])", re.IGNORECASE)
NOMINAL_AFTER = re.compile(
    r"\s(?:came|comes|follow(?:s|ed)|was (?:issued|published|swift|immediate|quick)|(?:from|by))\b", re.IGNORECASE
)
NOMINAL_VERB = re.compile(
    r"\b(?:issu|answer\w* with|repl\w* with|react\w* with|publish|releas|put out|repeat|reiterat|sent|send|made?|mak|"
    r"gave|giv|offer|post|tweet|utter|respond|"
    r"came|"
    r"com|follow|meet|met|drew|draw|face|despite|prompt|bring|brought|maintain|spite|amid|stick|stuck|stand|stood|"
    r"echo|join|in (?:a|an)|immediate|flat|firm|fierce|swift|strong|strenuous|vehement|categorical|repeated|official|"
    r"then|quick|blanket|outright|public|furious|angry|emphatic|formal|joint|earlier|previous)",
    re.IGNORECASE,
)
NO_NOMINAL = re.compile(
    r"\b(?:(?:holocaust|climate|climate change|election|genocide|science|evolution|aids|hiv|self|plausible|reality|"
    r"vaccine|covid|history|death|visa|bail|appeal|claims?|insurance|coverage|service|benefits?|parole|asylum|of|"
    r"in(?: (?:complete|total|deep|utter|full))?|into|state of|no|without(?: (?:a|any))?|or|"
    r"deep) denials?\b(?! (?:by|that|from))"
    r"|denials? of (?:service|access|entry|bail|visas?|care|treatment|benefits?|justice|rights?|coverage|asylum|parole|"
    r"a (?:visa|licen[cs]e|permit)|freedom|due process|food|aid|education|evolution|science)"
    r"|disclaimer:)",
    re.IGNORECASE,
)
SHORT_VERDICT = re.compile(
    r"^[\"' ]*(?:but |and |well, |oh, |no, |no: |no\. |what (?:an? )?|stuff and )?(?:that(?: i|')s |this is |it(?: i|"
    r"')s |they(?: a|')re |all |"
    r"those are |these are )?"
    rf"(?P<verdict>(?:absolutely |simply |quite |definitely |certainly |of course )?(?:not (?:so|true|at all|"
    rf"in the least|"
    rf"a word of it|the case|me|us|correct|accurate|guilty)\b|no way\b|never\b)|absolutely not\b|wrong\b|{UNTRUE}|"
    rf"untrue|"
    r"nothing of the (?:sort|kind)|no such thing|no(?=[\"'.!]*$)|a joke\b|far from it\b|quite the (?:opposite|"
    r"contrary)|guesswork)",
    re.IGNORECASE,
)
"""What a speaker says in so few words that they are all verdict: "Not so", "A pack of lies", "Utter nonsense"."""
