"""The wording by which kinds of sentences are told: the tables that `kinds` reads, to be seen and extended."""

from __future__ import annotations

from pipeline.claims.wordlist import words

REPORTING = words(
    "said says told tells according announced announces reported reports warned warns stated states added adds argued "
    "argues claimed claims insisted insists explained asked asks found finds estimated estimates expects expect "
    "forecast forecasts predicted predicts believes believe thinks think called calls described describes accused "
    "accuses urged urges advised advises promised pledged vowed demanded demands wants want hopes hope denied denies "
    "wrote writes tweeted heard ruled rules concluded concludes show shows showed suggests suggest suggested "
    "indicates indicated recommended recommends proposed proposes agreed decided"
)
"""Verbs of saying and thinking of which one must stand in a report of what somebody says."""

_SAYS = (
    r"said|says|told|tells|announced|announces|reported|reports|warned|warns|stated|states|added|adds|argued"
    r"|argues|claimed"
    r"|claims|insisted|insists|explained|asked|asks|found|finds|estimated|estimates|expects|expect|predicted|predicts"
    r"|forecasts|believes|believe|thinks|think|called|describes?|described|accused|accuses|urged|urges|advised"
    r"|advises|promised"
    r"|pledged|vowed|demanded|demands|wants?|hopes?|denied|denies|wrote|tweeted|heard|ruled|concluded|concludes"
    r"|showed|shows"
    r"|suggests?|suggested|indicates?|indicated|recommended|recommends|proposed|proposes|agreed|decided"
)
_NOBODY = (
    r"there|it|that|this|which|what|nobody|everybody|everyone|anyone|one|who|you|they|is|are|was|were|be|been"
    r"|being|to|not"
)
REPORTED = (
    rf"\baccording to\b|(?<!\w)(?!(?:{_NOBODY})\b)[\w'.\"-]{{2,40}},? (?:(?:has|have|had|also|later|then|once"
    rf"|still|now|again"
    rf"|repeatedly|previously|earlier|both|all) ){{0,3}}(?:{_SAYS})\b|^\W{{0,3}}(?:asked|according|reporters"
    rf"|critics|analysts)\b"
    r"|\b(?:was|were) (?:told|informed|warned)\b"
    rf"|\b(?:he|she|it|they|which|who) (?:has |have |had |also ){{0,2}}(?:said|says|told|warned|added|announced"
    rf"|insisted|argued|wrote)\b"
    rf"|[\"'”], ?(?:said|says)\b"
)
"""Somebody, then a verb of saying or thinking; passives ("is expected") name nobody."""

IMPERATIVE = words(
    "avoid boil check keep call don't never make drink take try book wash consider always ask use remember plant let "
    "look bring stir think be stay leave go get put turn add mix bake cook cover remove rinse store throw buy choose "
    "pick wear carry pack allow apply contact report see read visit watch listen note imagine notice beware ensure "
    "follow give set start stop write walk drive dial seek test clean dry cut slice serve heat pour move run switch "
    "unplug lock open close wait save send tell sign vote register bear stick swap skip head climb hold dress plan "
    "prepare protect treat enjoy download order join share forget remind expect sprinkle season chop spread arrive "
    "cancel"
)
"""Verbs that start a sentence which tells the reader what to do."""

BEFORE_IMPERATIVE = words("please do always never just also instead then first finally so and but best")
AFTER_NOUN = words(
    "of for is was are were has had have by said says will would fell rose from and prices sales figures centre "
    "center centers centres makers stores plants did does"
)
"""What shows that the first word was a noun, and no order: "Cover of", "Report by", "Plant workers" aside."""

ADVISING = words(
    "you you'll you'd your if when should must advised urged reminded encouraged best to before need can please asked"
)
_READERS = (
    r"residents|travell?ers|passengers|drivers|motorists|voters|visitors|parents|customers|consumers|readers"
    r"|commuters|patients"
    r"|shoppers|applicants|tourists|users|owners|anyone|people|those|walkers|cyclists|homeowners|students"
    r"|pet owners|swimmers"
)
_ORDERS = (
    r"ask|avoid|boil|bring|call|check|choose|contact|dial|do not|don't|drink|fill|get|go|keep|leave|let|look|make"
    r"|never|put"
    r"|rinse|see|seek|stay|stop|take|tell|throw|try|turn|use|visit|wait|wash|wear|write|be"
)
ADVICE = (
    r"\byou(?:'ll| will|'d| would)? (?:should|must|need(?: to| a)?|can(?:not|'t)? |may want|might want|ought"
    r"|are (?:entitled|advised|better)"
    r"|have to|better)\b|^\W{0,3}(?:best|better) (?:to|not)\b|\bit(?:'s| is) (?:best|advisable|wise|a good idea) to\b"
    rf"|\b(?:{_READERS})\b.{{0,60}}\b(?:should|must|are (?:being )?(?:advised|urged|reminded|encouraged|asked"
    rf"|told)|need to)\b"
    rf"|^\W{{0,3}}(?:if|when|before|after|once|to|for|until|unless|while|in case)\b[^,]{{2,120}}, (?:please "
    rf"|always |never |just )?(?:{_ORDERS})\b"
)

JUDGING = words(
    "shameful disgraceful shamefully disgrace absurd ridiculous ludicrous laughable outrageous despicable appalling "
    "baffling breathtaking staggering hypocrisy contemptible pathetic foolish idiotic stupid cowardly coward's "
    "cowards shabbily shabby sadly unfortunately fortunately thankfully hopefully regrettably mercifully frankly "
    "surely arguably undoubtedly admittedly mockery nonsense travesty farce farcical fantasy delusion folly pity "
    "heavens blunder ashamed joyless sublime masterly masterful exquisite delightful charming tiresome tedious "
    "soulless dazzling brilliant magnificent marvellous marvelous splendid wonderful beautiful gorgeous hideous ugly "
    "ghastly dreadful lovely deserve deserves indefensible inexcusable unforgivable preposterous callous spineless "
    "gutless cynical cynically reckless recklessly heartless naive short-sighted misguided wrong-headed toothless "
    "clumsy overrated underrated unmissable perhaps maybe needless undeniably plainly unjust unseemly wise wiser "
    "wisest admire admirable admiring"
)
"""Words that judge wherever the outlet itself uses them."""

EVALUATIVE = words(
    "great good better best worse worst bad terrible horrible awful finest fine fair unfair just right wrong mistake "
    "cruel sensible dangerous funny tender hard impossible precious time excuse thing idea something nothing nobody "
    "too simply exactly sort kind seems seem feels looks look ought honest could few cannot must can wait well case "
    "reason grateful owed apology shrug theatre real scandal silly sad proud interesting interests matters matter "
    "evil noble moral immoral obvious clear clearly obviously true truth little more than not lesson point surprise "
    "impressed let lie thin civilised civilized decent view mind feeling stand failed convinced convincing doubt such "
    "kind"
)
"""Words of which one must stand in a sentence that OPINION may match."""

_QUALITY = (
    r"great|good|better|best|worse|worst|bad|terrible|horrible|awful|fine|fair|unfair|right|wrong|cruel|sensible"
    r"|dangerous|funny"
    r"|sad|silly|evil|noble|immoral|precious|simple|obvious|clear|interesting|important|boring|disappointing"
    r"|impressive"
    r"|encouraging|worrying|alarming|troubling|disturbing|depressing|refreshing|remarkable|extraordinary"
    r"|unacceptable|welcome"
    r"|overdue|pointless|useless|worthless|hopeless|dishonest|irresponsible|unnecessary|hypocritical|undemocratic"
)
OPINION = (
    rf"\b(?:is|are|was|were|be|been|seems?|looks?|feels?|sounds?)(?: not| so| too| very| quite| simply| deeply"
    rf"| just| both| neither| hardly"
    rf"| as| rather| really| truly| utterly| only| more| even"
    rf"| always){{0,3}} (?:an? )?(?:{_QUALITY})\b(?!-)(?<!not clear)"
    r"|\bit (?:is|was|would be|will be|seems|has been)(?: not| also| only)? (?:hard to (?:imagine|see|believe"
    r"|avoid)|a mistake|time (?:to|that|for)|no"
    r" (?:surprise|wonder|accident|coincidence)|difficult to (?:imagine|see|believe)|tempting|easy to (?:see"
    r"|forget|mock)|wrong|right|high time)\b"
    r"|\b(?:the|its|his|her|their) (?:most \w{2,20} (?:thing|\w{1,20} (?:ever|of (?:all|the year|(?:his"
    r"|her) generation)))|best|worst|real|only honest)"
    r" (?:thing|scandal|question|problem|tragedy|lesson|reason|part|kind|sort|point|story|answer)\b"
    r"|\bthis (?:is|was) the (?:very )?(?:best|worst) "
    r"|\bfinest\b.{0,40}\b(?:generation|age|time|years)\b|\bthere is (?:no (?:excuse|reason|doubt|point|shame)"
    r"|something \w+ly|nothing (?:wrong|new)"
    r"|little (?:doubt|point))\b|\bnothing could be\b|\btoo (?:many|much|few|little) (?:\w+ ){1,3}(?:confuse|are"
    r"|is|have|want|think|for|to)\b"
    r"|\btoo \w+ to\b|\b(?:more|less) (?:than|of) (?:a|an) \w+ (?:in|of|with)\b|\b(?:is|are) not \w+[;,:] it(?:'s"
    r"| is)\b"
    r"|\b(?:one|you) (?:cannot|can't|could|would|might|must|can only)\b|\bno (?:honest|serious|decent|sane"
    r"|sensible|reasonable) \w+\b"
    r"|\bthat is (?:exactly|precisely|simply|the (?:kind|sort|point|trouble))\b|\b(?:what|that) matters\b|\b(?:it"
    r"|that|this) matters\b"
    r"|\bseems? (?:\w+ly )?\w+ (?:to|that)\b|\b(?:as|so) \w+ as (?:it|they) (?:is|are)\b|\bdoes(?: not"
    r"|n't) stand up\b"
    r"|\blet us\b|\bto my mind\b|\bin my view\b|\bsuch a \w+ (?:is|would)\b|\bfew \w+ (?:this|of|have|can"
    r"|could)\b.{0,40}\bas\b"
    r"|\b(?:ought|owed|deserves?) (?:to be|an apology|better)\b|\bhas failed\b$|\bsort of (?:nonsense|thing)\b"
    r"|\ba (?:decent|civilised|civilized|sane) "
    r"|\bnot everyone is (?:impressed|convinced|happy)\b|\bwhat (?:interests|strikes|troubles|worries)\b"
    r"|\b(?:is|are) the (?:question|thing|point|trouble) that\b|\bthat is all (?:it|there)\b|\bthe (?:idea"
    r"|notion) that\b.{0,80}\b(?:is|are) an?\b"
)

DUTIES = words("should must ought shouldn't mustn't needs need")
DUTY = (
    r"\b(?:should|must|ought to|shouldn't|mustn't)(?: not| now| also| never| at least){0,2} (?!have\b)[a-z]{2,}"
    r"|\b(?:ought|needs?) to (?:act|resign|stop|change|listen|go|learn|admit)\b"
)
"""Duty in the present; "should have" judges too, but mostly reports what an inquiry found."""

LEGAL = (
    r"\b(?:law|laws|rules?|regulations?|bill|order|ruling|constitution|treaty|terms|contract|sentence[ds]?|parole"
    r"|licen[cs]e|"
    r"requirement|required|statute|directive|agreement|deal|court|visa|at least|within|by (?:january|february"
    r"|march|april|may|june|july|"
    r"august|september|october|november|december)|in (?:january|february|march|april|june|july|august|september"
    r"|october|november|december))\b"
)
"""Where "must" and "should" state what a rule asks, or what is due."""

AHEAD = words(
    "will won't 'll shall going expected likely unlikely could may might forecast projected predicted poised set due "
    "bound looks probably possible course would should by next is are expects remains tipped slated destined "
    "threatens fated faces"
)
FORECAST = (
    r"\b(?:will|won't|shall|shan't)(?: not| also| probably| likely| almost| certainly| soon| then| now| never"
    r"| inevitably| be| only| still){0,3} [a-z]"
    r"|\b(?:is|are|was|were|be|looks?|seems?|remains?|appears?)(?: not| also| still| widely| now| more| less"
    r"| very| highly| all but){0,2} "
    r"(?:expected|likely|unlikely|forecast|projected|predicted|poised|bound|destined|tipped|slated|set to|due to"
    r"|on course|on track|going to|certain to|sure to|about to)\b"
    r"|\bexpected (?:in|on|to|this|next|by|before|later)\b|\b(?-i:could|may|might)(?: not| also| well| yet| soon"
    r"| even| still| eventually){0,2} (?!have\b|be reached\b|not\b|only\b)[a-z]{2,}"
    r"|\b(?:would|should) (?:probably|likely|almost certainly|soon|win|reach|arrive|easily)\b|\b(?:is"
    r"|are) to (?!blame\b|be (?:found|seen)\b)[a-z]{3,}"
    r"|\bis (?:possible|probable) (?:in|by|within|before|next|that)\b|\blooks? set\b|\bby 20[3-9]\d\b"
    r"|\bnext (?:year|month|season|decade)'s\b"
)
NOT_AHEAD = (
    r"\b(?:could|may|might) (?:not )?(?:have (?:been |\w+ed\b)?|be (?:seen|heard|reached|found))|\b(?:until|in"
    r"|before|since|by|as) (?:1[5-9]|200|201)\d\d?\b"
    r"|\b(?:set|due) to [a-z]+ .{0,40}\bwas\b|\b(?:were|was) (?:due|set|expected|going|supposed|scheduled) to\b"
)
"""Possibility in the past, and what was once to come."""

SUBORDINATE = (
    r"\b(?:(?<!of )(?<!by )that|which|who|whom|whose|how|because|so|whether|where|why|what|worried|hoping|fears?"
    r"|before|until|after)\b"
)
"""What makes the clause before a word of the future hang on another."""
