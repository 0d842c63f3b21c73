"""The nouns by which news refers back to what it has named: persons, organisations, places, documents and events."""

from __future__ import annotations

from pipeline.claims.wordlist import words

BY_DESCRIPTION = words(
    "president minister premier chancellor senator representative congressman congresswoman governor mayor secretary "
    "ambassador envoy general colonel lieutenant captain major admiral judge justice king queen prince princess pope "
    "sheriff officer detective deputy spokesman spokeswoman spokesperson director chairman chairwoman chair ceo coach "
    "commissioner attorney inspector lawyer prosecutor doctor surgeon nurse teacher professor lecturer driver pilot "
    "sergeant executive manager boss chief head leader founder owner editor reporter correspondent journalist "
    "councillor councilor lawmaker legislator politician diplomat official adviser advisor aide candidate bishop "
    "archbishop priest vicar imam rabbi pastor treasurer analyst economist scientist researcher expert witness victim "
    "curator superintendent constable soldier farmer fisherman skipper landlord landlady tenant resident passenger "
    "neighbour neighbor widow widower monarch duke duchess emperor sultan emir sheikh ayatollah rector dean principal "
    "headteacher headmaster architect engineer mechanic sailor guard sponsor agent broker trader banker accountant "
    "auditor ombudsman whistleblower spy hacker hostage prisoner inmate man woman boy girl father mother son daughter "
    "brother sister husband wife uncle aunt friend colleague patient customer client worker employee trainer referee "
    "delegate negotiator mediator activist campaigner organiser organizer opponent rival rescuer firefighter "
    "paramedic midwife vet veterinarian pharmacist dentist physicist chemist biologist historian biographer geologist "
    "midwife"
)
"""Persons who may be any of many: such a noun means a person only where the article calls that person so."""

BY_TOPIC = words(
    "forward pontiff magnate mogul frontman soprano tenor cellist newsreader "
    "defendant suspect accused singer musician actor actress author writer novelist poet painter "
    "sculptor artist composer striker goalkeeper midfielder defender winger footballer player cricketer batsman "
    "bowler golfer boxer swimmer runner sprinter cyclist rower jockey racer athlete star comedian comic "
    "rapper pianist violinist dancer conductor filmmaker playwright screenwriter millionaire billionaire tycoon "
    "entrepreneur businessman businesswoman inventor astronaut explorer teenager pensioner veteran climber "
    "mountaineer frontrunner democrat republican conservative nobleman heiress "
    "celebrity model chef convict dictator strongman oligarch adventurer songwriter guitarist drummer skier "
    "skater gymnast wrestler quarterback pitcher sprinter marathoner laureate physicist astronomer"
)
"""Persons as whom a second mention describes who was spoken of before: "Ada Brink … The singer …"."""

PERSONS = BY_DESCRIPTION | BY_TOPIC | words("person child baby pupil student people worker")

COLLECTIVE = words("police staff people crew family team public couple duo trio pair band jury audience")

ON_TRIAL = words("defendant suspect accused")
TRIES = words(
    "arrest charge detain try accuse stand jail convict sentence face appear plead hold catch acquit question imprison "
    "remand extradite sue sit deny"
)
"""Verbs that make someone "the suspect" or "the defendant"."""

LEADS = words(
    "lead head run chair govern command edit coach manage own found direct rule preside captain train oversee "
    "represent control"
)
"""Verbs whose subject is in charge of what they govern: "Vera Stahl runs Harrow Steel"."""

CHARGE = words(
    "president chancellor governor mayor judge justice captain director chairman chairwoman chair ceo coach "
    "commissioner executive manager boss chief head leader founder owner editor commander king queen general trainer "
    "skipper premier minister sheriff"
)
"""Roles that such a verb is enough for."""

HINTS: dict[str, frozenset[str]] = {
    "airline": words("air airlines airline airways jet aviation wings"),
    "carrier": words("air airlines airline airways jet aviation lines cargo"),
    "bank": words("bank banking savings"),
    "lender": words("bank banking savings"),
    "university": words("university college institute"),
    "college": words("college"),
    "school": words("school academy college"),
    "hospital": words("hospital infirmary clinic st"),
    "court": words("court tribunal"),
    "tribunal": words("tribunal court"),
    "ministry": words("ministry"),
    "department": words("department"),
    "committee": words("committee"),
    "commission": words("commission"),
    "council": words("council"),
    "union": words("union league federation brotherhood"),
    "federation": words("federation"),
    "association": words("association"),
    "party": words("party democrats republicans conservatives greens alliance"),
    "club": words("club fc united city rovers athletic wanderers town albion rangers"),
    "team": words("united city rovers athletic wanderers town albion rangers"),
    "institute": words("institute"),
    "museum": words("museum gallery"),
    "newspaper": words("times post courier herald tribune gazette mail guardian telegraph journal"),
    "paper": words("times post courier herald tribune gazette mail guardian telegraph journal"),
    "agency": words("agency"),
    "foundation": words("foundation trust fund"),
    "charity": words("charity foundation trust aid cross relief"),
    "fund": words("fund"),
    "regulator": words("authority commission agency office"),
    "steelmaker": words("steel"),
    "brewer": words("brewery brewing beer"),
    "brewery": words("brewery brewing"),
    "railway": words("rail railway railways"),
    "operator": words("rail railway trains bus transit"),
    "insurer": words("insurance assurance mutual life"),
    "carmaker": words("motor motors cars auto"),
    "automaker": words("motor motors cars auto"),
    "valley": words("valley"),
    "island": words("island isle"),
    "river": words("river"),
    "lake": words("lake loch"),
    "county": words("county"),
    "bridge": words("bridge"),
    "airport": words("airport"),
    "port": words("port harbour"),
    "church": words("church cathedral abbey chapel st"),
    "tavern": words("inn arms tavern head"),
    "festival": words("festival"),
}
"""What a name holds that goes by the noun; a hint weighs more than the order of mentions."""

NAMED_ONLY = words(
    "court tribunal ministry department committee commission council government administration parliament senate "
    "congress assembly police army military office authority agency cabinet board bureau church prosecution "
    "coastguard navy embassy city county state region district team jury"
)
"""Nouns that mean something well known without any mention before, so that they follow a name only with its hint."""

ORGANISATIONS = (
    frozenset(HINTS) - words("valley island river lake county bridge airport port church festival")
    | NAMED_ONLY
    | words(
        "company firm group corporation business maker manufacturer producer retailer supermarket chain store "
        "shipyard utility brewery startup conglomerate developer contractor supplier exporter importer miner "
        "broadcaster publisher network magazine outlet site website organisation organization institution band "
        "restaurant hotel pub bar cafe theatre theater cinema gallery factory plant mill mine farm bakery shop "
        "drugmaker chipmaker shipbuilder plane-maker planemaker grocer consultancy consortium militia gang cartel "
        "rebels movement alliance watchdog charity trust cooperative co-operative exchange giant start-up side"
    )
) - words("city county state region district")

PLACES = words(
    "country nation republic kingdom city town village capital island province region state county district port "
    "valley river lake mountain volcano territory colony suburb neighbourhood neighborhood borough municipality "
    "settlement archipelago peninsula resort desert strait canal bay harbour harbor dam bridge airport station park "
    "square stadium prison camp base reservoir border area principality emirate enclave metropolis hamlet prefecture"
)
COUNTRIES = words("country nation republic kingdom principality emirate")
SETTLEMENTS = words("city town village capital port suburb metropolis hamlet resort municipality settlement borough")

EVENTS: dict[str, frozenset[str]] = {
    "attack": words("attack strike raid assault bombing ambush shooting stabbing shell bomb storm ambush fire kill"),
    "strike": words("strike walkout attack hit bomb"),
    "assault": words("assault attack raid storm"),
    "raid": words("raid search storm attack"),
    "bombing": words("bombing bomb blast explosion attack explode"),
    "blast": words("blast explosion bombing explode detonate"),
    "explosion": words("explosion blast bombing explode detonate"),
    "shooting": words("shooting shoot attack fire"),
    "killing": words("killing murder kill shoot stab"),
    "murder": words("murder killing kill stab strangle"),
    "crash": words("crash collision collide derail smash plunge"),
    "collision": words("collision crash collide"),
    "derailment": words("derailment derail"),
    "accident": words("accident crash collision collapse derailment sinking crash collide derail sink overturn fall"),
    "disaster": words(
        "disaster crash flood earthquake fire sinking collapse eruption storm explosion landslide sink crash collapse "
        "derail explode erupt burn flood capsize"
    ),
    "tragedy": words("tragedy crash fire sinking collapse disaster drown sink crash collapse derail die kill"),
    "incident": words("incident attack crash shooting collision fight accident collide crash shoot stab break leak"),
    "sinking": words("sinking sink capsize"),
    "collapse": words("collapse"),
    "fire": words("fire blaze burn"),
    "blaze": words("blaze fire burn"),
    "flood": words("flood flooding"),
    "earthquake": words("earthquake quake tremor"),
    "quake": words("quake earthquake tremor"),
    "storm": words("storm hurricane typhoon cyclone gale"),
    "eruption": words("eruption erupt"),
    "outbreak": words("outbreak epidemic"),
    "spill": words("spill leak"),
    "leak": words("leak spill"),
    "protest": words("protest demonstration march rally demonstrate"),
    "demonstration": words("demonstration protest march rally demonstrate"),
    "march": words("march protest"),
    "rally": words("rally"),
    "walkout": words("walkout strike"),
    "war": words("war conflict invasion invade"),
    "invasion": words("invasion invade"),
    "race": words("race marathon regatta derby rally"),
    "match": words("match game final semi-final semifinal derby beat"),
    "game": words("game match final"),
    "tournament": words("tournament cup championship open"),
    "event": words("festival marathon conference concert tournament fair race parade exhibition summit ceremony"),
    "festival": words("festival"),
    "fair": words("fair"),
    "concert": words("concert gig perform"),
    "show": words("show exhibition concert musical play series"),
    "exhibition": words("exhibition show"),
    "ceremony": words("ceremony wedding funeral"),
    "meeting": words("meeting summit talks conference meet"),
    "summit": words("summit"),
    "conference": words("conference"),
    "trial": words("trial case"),
    "hearing": words("hearing"),
    "election": words("election poll vote ballot elect"),
    "vote": words("vote ballot referendum election"),
    "referendum": words("referendum"),
    "visit": words("visit trip"),
    "trip": words("trip visit tour journey travel"),
    "takeover": words("takeover acquisition merger buy acquire"),
    "merger": words("merger merge"),
    "purchase": words("purchase buy acquire"),
    "sale": words("sale auction sell"),
    "closure": words("closure close shut"),
    "arrest": words("arrest detain"),
    "robbery": words("robbery theft burglary heist rob steal"),
    "theft": words("theft robbery burglary steal"),
    "heist": words("heist robbery theft burglary rob steal"),
    "escape": words("escape jailbreak"),
    "verdict": words("verdict ruling convict acquit"),
    "ruling": words("ruling verdict judgment decision rule"),
    "decision": words("decision ruling decide vote"),
    "announcement": words("announcement announce"),
    "expedition": words("expedition voyage"),
    "voyage": words("voyage crossing sail"),
    "operation": words("operation surgery offensive raid"),
    "mission": words("mission expedition"),
}
"""Events: the nouns and verbs of a sentence before that "the attack" can mean."""

DOCUMENTS: dict[str, frozenset[str]] = {
    "report": words("report study survey review assessment audit paper"),
    "study": words("study paper survey research report trial"),
    "survey": words("survey poll census study"),
    "poll": words("poll survey"),
    "paper": words("paper study"),
    "research": words("research study"),
    "audit": words("audit"),
    "review": words("review inquiry"),
    "inquiry": words("inquiry investigation probe investigate"),
    "investigation": words("investigation inquiry probe investigate"),
    "probe": words("probe inquiry investigation investigate"),
    "document": words("document letter memo report contract paper file note map"),
    "letter": words("letter"),
    "memo": words("memo memorandum note"),
    "note": words("note letter memo"),
    "email": words("email message"),
    "message": words("message email letter tweet text"),
    "statement": words("statement"),
    "speech": words("speech address lecture"),
    "tweet": words("tweet post"),
    "post": words("post tweet"),
    "article": words("article story report column essay"),
    "story": words("story article report"),
    "book": words("book novel memoir biography autobiography diary volume guide"),
    "novel": words("novel book"),
    "memoir": words("memoir autobiography"),
    "film": words("film movie documentary comedy drama thriller"),
    "movie": words("movie film documentary comedy drama thriller"),
    "documentary": words("documentary film"),
    "series": words("series show drama"),
    "song": words("song single ballad hymn anthem"),
    "album": words("album record"),
    "play": words("play drama musical comedy"),
    "painting": words("painting portrait canvas landscape picture"),
    "picture": words("picture photo photograph painting portrait image"),
    "photo": words("photo photograph picture"),
    "video": words("video clip footage film"),
    "footage": words("footage video"),
    "law": words("law act bill statute legislation"),
    "bill": words("bill act law measure legislation"),
    "act": words("act bill law"),
    "legislation": words("legislation law bill act"),
    "measure": words("measure bill law ban rule tax"),
    "ban": words("ban prohibition ban forbid outlaw"),
    "rule": words("rule regulation law"),
    "tax": words("tax levy duty"),
    "levy": words("levy tax"),
    "budget": words("budget"),
    "decree": words("decree order"),
    "order": words("order decree"),
    "deal": words("deal agreement accord contract treaty pact swap truce ceasefire merger agree sign"),
    "agreement": words("agreement deal accord contract treaty pact truce ceasefire swap agree sign"),
    "accord": words("accord agreement deal treaty pact agree sign"),
    "pact": words("pact agreement deal treaty accord alliance agree sign"),
    "treaty": words("treaty pact accord"),
    "contract": words("contract deal"),
    "truce": words("truce ceasefire armistice"),
    "ceasefire": words("ceasefire truce armistice"),
    "plan": words("plan proposal scheme project plan propose"),
    "proposal": words("proposal plan propose offer"),
    "scheme": words("scheme plan programme program project"),
    "project": words("project plan scheme tunnel dam bridge railway pipeline"),
    "programme": words("programme program scheme project"),
    "program": words("program programme scheme project"),
    "offer": words("offer bid proposal offer"),
    "bid": words("bid offer"),
    "petition": words("petition"),
    "complaint": words("complaint lawsuit complain"),
    "lawsuit": words("lawsuit suit complaint sue"),
    "suit": words("suit lawsuit sue"),
    "case": words("case lawsuit trial suit"),
    "drug": words("drug medicine pill tablet vaccine"),
    "medicine": words("medicine drug pill"),
    "vaccine": words("vaccine jab"),
    "virus": words("virus"),
    "disease": words("disease virus illness cholera measles malaria plague flu tuberculosis"),
    "building": words("building tower house block hall palace church school theatre castle"),
    "tower": words("tower skyscraper"),
    "house": words("house home villa cottage"),
    "ship": words("ship ferry boat vessel tanker freighter trawler liner frigate destroyer carrier yacht barge"),
    "vessel": words("vessel ship ferry boat tanker freighter trawler liner yacht barge trawler"),
    "boat": words("boat ferry trawler yacht vessel lifeboat dinghy"),
    "plane": words("plane aircraft jet airliner"),
    "aircraft": words("aircraft plane jet airliner helicopter drone"),
    "jet": words("jet plane aircraft"),
    "train": words("train express"),
    "car": words("car"),
    "vehicle": words("vehicle car van truck lorry bus"),
    "animal": words("animal wolf bear dog cat horse cow elephant tiger lion"),
    "machine": words("machine robot computer"),
    "device": words("device phone bomb machine gadget"),
    "weapon": words("weapon gun rifle pistol knife missile bomb"),
    "site": words("mine quarry factory plant field landfill"),
    "plant": words("plant factory works mill"),
    "factory": words("factory plant works mill"),
    "tunnel": words("tunnel"),
    "pipeline": words("pipeline"),
    "road": words("road highway motorway street"),
    "award": words("award prize medal"),
    "prize": words("prize award"),
    "fund": words("fund"),
    "loan": words("loan credit"),
    "fine": words("fine penalty fine"),
    "product": words("product"),
    "game": words("game"),
}
"""Documents and other things, and the nouns and verbs they go by in a sentence before."""

PREPOSITION = {
    "attack": "on", "assault": "on", "raid": "on", "bombing": "of", "murder": "of", "killing": "of", "shooting": "of",
    "invasion": "of", "takeover": "of", "purchase": "of", "sale": "of", "closure": "of", "arrest": "of", "ban": "on",
    "visit": "to", "trip": "to", "robbery": "of", "theft": "of", "heist": "of", "lawsuit": "against",
    "suit": "against", "case": "against", "strike": "on", "explosion": "of", "verdict": "on",
}  # fmt: skip
"""How a noun takes the object of its verb: they attacked a convoy, the attack on the convoy."""

MODIFIED = words(
    "giant maker company firm group chain operator retailer manufacturer producer carrier lender bank airline club "
    "agency developer supplier publisher broadcaster insurer brewer city town village island nation republic region "
    "state resort port capital executive minister president"
)
"""Nouns that still point back with a word before them: "the search giant", "the port city", "the prime minister"."""

PLURALS = words(
    "leader man woman brother sister minister president country nation company firm side party club team town city "
    "village bank airline state neighbour neighbor rival singer player actor scientist author writer suspect "
    "defendant candidate founder owner group union government driver pilot driver boxer politician senator official"
)
"""What "the two leaders" and "both countries" may be: those that a sentence before joined by "and"."""

TIMES = words(
    "second minute hour day night morning evening afternoon week weekend fortnight month year decade century time "
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december spring summer autumn winter christmas easter moment today yesterday tomorrow "
    "tonight midnight noon season quarter"
)
MEASURES = words(
    "percent percentage per cent dollar pound euro cent kilo kilogram gram tonne ton metre meter mile kilometre "
    "kilometer litre liter degree half third quarter part rest lot number way case example fact kind sort addition "
    "instance place home course front bit first thing share dozen hundred thousand million billion one none return"
)
"""Nouns that "it" hardly ever takes up."""

ORGANISATION_WORDS = words(
    "air airlines airways bank college university institute ministry department committee commission council union "
    "league federation association party club united rovers group corp corporation inc ltd plc company co steel "
    "motors energy foundation trust fund authority agency office court hospital museum times post courier herald "
    "gazette journal holdings partners industries systems technologies labs laboratories pharma brothers sons society "
    "church police army navy guard parliament senate congress assembly bureau board centre center academy school "
    "orchestra theatre cross nations brewery rail railways mining foods insurance media records studios works mill"
)
PLACE_WORDS = words(
    "valley island islands isle river lake bay county province city town village hills mountains mount cape port fort "
    "sea ocean coast desert strait peninsula square street road bridge park airport station harbour harbor beach "
    "forest republic kingdom states lanka zealand"
)
