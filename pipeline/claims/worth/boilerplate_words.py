"""The wording of boilerplate: the table that `boilerplate` reads, to be seen and extended. All without case."""

from __future__ import annotations

from pipeline.claims.wordlist import words

_TEXT = r"(?:article|story|piece|post|column|report|essay|text|op-ed|interview|content)"

PHRASES: tuple[tuple[str, str], ...] = (
    ("© copyright", r"©|^copyright\b.{0,60}$|\bcopyright (?:\d{4}|held by)\b"),
    (
        "rights policy terms",
        (
            r"\ball rights reserved\b|\bprivacy policy\b|\bterms (?:of (?:use|service)"
            r"|and conditions apply)\b"
        ),
    ),
    (
        "newsletter newsletters",
        (
            r"\b(?:our|this|the author'?s|(?:his|her|their) (?:weekly|free"
            r"|daily)) newsletters?\b"
        ),
    ),
    (
        "inbox unsubscribe marketing opt",
        (
            r"\b(?:in|to) your inbox\b|\bmarketing emails\b|\bunsubscribe\b"
            r"|\bopt out of (?:our|these)\b"
        ),
    ),
    ("click clicking", r"\bclick(?:ing)? (?:here|accept|(?:on )?the link|below)\b"),
    (
        "cookies",
        (
            r"\b(?:we|site|website|page)\b.{0,20}\buses? (?:of )?cookies\b|\bour use of cookies\b"
            r"|\bcookies (?:to|that) (?:give|improve|offer|provide|personali[sz]e|analy[sz]e|ensure|help)\b"
        ),
    ),
    (
        "reached contacted reach",
        (
            r"\bcan be (?:reached|contacted) (?:at|on|by|via)\b|\breach the (?:reporter"
            r"|author|writer)\b"
        ),
    ),
    (
        "contributed reporting",
        (
            r"\bcontributed (?:to (?:this|the) (?:report|story|article|piece)|reporting|from)\b"
            r"|\b(?:additional|further) reporting by\b|^\(?reporting by\b"
        ),
    ),
    ("@", r"\b[\w.+-]{1,60}@[\w-]{1,60}\.\w|\b(?:follow|on twitter|tweets?)\b.{0,40}@\w"),
    (
        "article story piece post column report essay text op-ed interview content",
        (
            rf"\b(?:this|the above) {_TEXT} (?:is|was|has been|originally|first|contains|appeared|may|also"
            rf"|will be)\b.{{0,60}}"
            r"\b(?:updated|corrected|amended|published|republished|appeared|affiliate|edited|translated|adapted|available|"
            r"reprinted|reproduced|produced by|written by|sponsored|licen[cs]ed|excerpt)"
            rf"|\bearlier version of (?:this|the) {_TEXT}\b|\bthis {_TEXT} with your friends\b|\bliked this {_TEXT}\b"
            rf"|\bread (?:the )?(?:rest|more) of this {_TEXT}\b|\bsource of this {_TEXT}\b|\b{_TEXT} continues below\b"
            rf"|\boriginally (?:published|appeared) (?:on|in|at|by)\b"
        ),
    ),
    (
        "originally published appeared republished re-published crossposted",
        (
            r"\boriginally (?:published|appeared) (?:on|in|at|by)\b|^re-?published (?:here )?(?:with|under|by|from)\b"
            r"|\b(?:re-?published|reprinted) with permission\b|\bcrossposted\b"
        ),
    ),
    ("views opinions", r"\b(?:views|opinions) (?:and opinions )?expressed\b|\b(?:views|opinions) here are\b"),
    ("affiliate commons", r"\baffiliate (?:links?|commission)\b|\bcreative commons\b"),
    (
        "support journalism newsroom app journalists",
        (
            r"\bsupport (?:our|independent|quality) (?:work|journalism|reporting|newsroom)\b|\bour (?:newsroom|app"
            r"|journalism)\b"
            r"|\byour support (?:makes|helps|keeps)\b|\bour (?:journalists|reporters) work\b"
            r"|\bdownload (?:the|our) app\b"
        ),
    ),
    (
        "blocker ad-blocker javascript log sign login",
        (
            r"\bad[ -]?blocker\b|\benable javascript\b"
            r"|\b(?:log|sign) ?in to (?:read|continue|comment|your)\b"
        ),
    ),
    (
        "reading letters comments",
        (
            r"\bthank(?:s| you) for reading\b|\bwe welcome letters\b|\bletters (?:may"
            r"|will) be edited\b"
            r"|\b(?:comments|commenting) (?:are|is|have been) (?:now )?(?:closed|moderated"
            r"|disabled)\b"
            r"|\b(?:thoughts|know|conversation|it|say) in the comments\b"
        ),
    ),
    (
        "articles subscribers",
        (
            r"\b(?:free|premium) articles? (?:left|remaining|this month)\b"
            r"|\b(?:available|exclusive) to (?:our )?subscribers\b|\bsubscribers only\b"
        ),
    ),
    (
        "book books novel author",
        (
            r"\b(?:his|her|their) (?:new|latest|most recent|next|forthcoming"
            r"|upcoming) (?:books?|novel)\b"
            r"|\bis the (?:co-?)?author of\b|\babout the authors?\b"
        ),
    ),
    ("award-winning", r"\bis an award-winning (?:author|journalist|writer|reporter|columnist)\b"),
    (
        "blog website site page",
        (
            r"\bvisit (?:his|her|our|their|the author'?s) (?:blog|web|site|page)"
            r"|\b(?:our|like us on) facebook(?: page)?\b|\bfollow .{1,40} on facebook\b"
        ),
    ),
    ("featured courtesy credit credits", r"\b(?:featured image|image credits?|photo credits?|photos? courtesy)\b"),
    (
        "regret regrets",
        (
            r"\b(?:we|gazette|times|post|herald|record|newspaper|courier) regrets? (?:the|any"
            r"|this) (?:error|mistake)"
        ),
    ),
    (
        "writes",
        (
            r"\bwrites (?:a|the|our|his|her) (?:\w{1,20} ){0,3}(?:column|blog|newsletter)\b"
            r"|\bwrites (?:regularly|weekly) for\b"
        ),
    ),
    ("advertising readers", r"\b(?:takes|carries) no advertising\b|\breaders like you\b"),
    (
        "material inquiries enquiries independently fair",
        r"\bthis material may not be\b|\b(?:media|press) [ei]nquiries\b|\bnot been independently edited\b|\bfair use\b",
    ),
)
"""Words of which one must stand in the sentence, and the expression that is then looked for anywhere in it."""

FIRST_WORDS = words(
    "please and or to share reshare subscribe sign log login follow click like download join donate become support "
    "enter skip scroll contact email read see find learn view discover watch listen turn register create print tell "
    "buy get don't want have enjoy enjoying enjoyed already not you you've readers this the we comment let file photo "
    "photos photograph photographs photography image images picture pictures video videos caption captions "
    "illustration illustrations graphic graphics credit credits source sources tag tags theme region topic topics "
    "filed posted published updated last written by from with copyright related more articles most next previous up "
    "recommended trending sponsored promoted advertisement advertising getty reuters afp ap comments about editor's "
    "editors in also correction corrections clarification clarifications author's note notes disclaimer disclosure "
    "update"
)
"""The first or second word of a line that STARTS, NOTES or LABELS may match."""

STARTS = (
    r"(?:please,? |and |or |to )?(?:"
    r"(?:re)?share (?:this|on|it|via|your|the (?:article|story|link|post)\b)|subscribe\b|sign up\b|sign in\b"
    r"|log ?in\b"
    r"|follow (?:us|him|her|me|them|the author|our|[@]|\S{1,30}(?: \S{1,30})? (?:on|for)\b)|click\b|like (?:us"
    r"|our|this)\b"
    r"|download (?:our|this)\b|join (?:us|our|the (?:conversation|discussion|debate)|now)\b|donate\b"
    r"|become an? (?:\w{1,20} )?(?:member|subscriber|patron|supporter|friend)\b|support (?:us|our)\b"
    r"|enter your\b|skip to\b|scroll (?:down|up|to)\b|contact (?:us|our|the (?:author|reporter|newsroom))\b"
    r"|email (?:us|the author|him|her)\b|(?:read|see|find|learn|view|discover)(?: \w{1,12})? (?:more|also|related)\b"
    r"|read (?:next|on|our|the full)\b|see our\b|(?:watch|view) .{1,40}\b(?:video|below|above|live|here)\b"
    r"|listen to (?:the|our|this)\b.{0,40}\b(?:podcast|episode|interview|article|story)\b|turn (?:on|off) (?:your"
    r"|notific)"
    r"|register (?:now|here|for free)\b|create (?:an|a free|your) (?:\w{1,12} )?account\b|print it\b"
    r"|tell us (?:what|your)\b"
    r"|buy (?:our|the book)\b|get (?:our|the latest|breaking|unlimited)\b"
    r"|don['’]t (?:forget to (?:like|subscribe|share|follow)|miss our\b)|want (?:more|to (?:receive|get) (?:more"
    r"|our|the))\b"
    r"|have (?:a (?:story|tip|news tip|question)|something to (?:say|add))\b|enjoy(?:ing|ed)? (?:this|our)\b"
    r"|already an? (?:member|subscriber)|not an? (?:member|subscriber)\b"
    r"|you(?: have|['’]ve) (?:\w{1,12} ){0,2}(?:free )?articles?\b|(?:you|readers) (?:might|may"
    r"|will) also (?:like|enjoy|be)\b"
    r"|(?:this|our) (?:site|website) (?:uses?|is protected|requires)\b|we use\b.{0,30}\bcookies\b"
    r"|comment on .{1,60} articles?\b|let us know (?:what|in|if|your|by)\b)"
)
"""How the page speaks to its reader, at the start of a sentence."""

NOTES = (
    r"\W{0,3}(?:corrections?|clarifications?|editor['’]?s?['’]? notes?|author['’]s note|note to (?:our )?readers"
    r"|note|disclaimer"
    r"|disclosure|update|image|photo(?:graph)?|caption|credit|source)s?(?: \([^)]{1,40}\))? ?[:—–]"
)
"""What stands before a colon or a dash where a note on the text follows."""

LABELS = (
    r"(?:file )?(?:photo(?:s|graphs?|graphy)?|images?|pictures?|videos?|captions?|illustrations?|graphics?|credits?"
    r"|sources?|tags?|theme|region|topics?|filed under|posted|published|updated|last (?:updated|modified)|written"
    r"|by|from|with files from|copyright|related(?: (?:articles|stories|content|links|topics|coverage))?"
    r"|read(?: more| next| also)?|see(?: also| more)?|watch|listen|more (?:from|on|in|about)|articles by"
    r"|most (?:read|popular|viewed|shared)|next (?:in|up)|previous|up next|recommended(?: for you)?|trending(?: now)?"
    r"|sponsored(?: content)?|promoted(?: stories)?|advertisement|advertising|getty|getty images|reuters|afp|ap|share"
    r"|comments?|about (?:the author|us)|contact|print|email|editor(?:['’]s)? (?:pick|choice)s?"
    r"|in this (?:article|story)"
    r"|also (?:read|see)|don['’]t miss)\b[:;|/ ,-]{0,3}"
)
"""How a short line without a full stop starts that credits a picture or an author, or points elsewhere."""

ROLES = (
    "journalist|reporter|writer|author|columnist|correspondent|contributor|blogger|commentator|essayist|novelist|broadcaster"
    "|producer|fellow|freelancer|editor|professor|lecturer|cofounder|co-founder|founder"
)
"""What authors' notes say that authors are."""

ENDS = (
    r"note to (?:our )?readers|about the authors?\b|the original source of this|all rights reserved|disclaimer\b"
    r"|copyright ©|©|comment on .{1,60} articles|become a member|related (?:articles|stories|content)\b|more from\b"
    r"|articles by\b|sign up (?:for|to) (?:our|the|get|receive)\b|(?:read|see) (?:more|also)\b|recommended for you"
)
"""How the part after an article's end starts."""
