"""The stories that the sample tells. The Venezuela case is the seed article's; the others are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import msgspec

from schemas.claim import Quantity
from schemas.cluster import Cluster
from schemas.contradiction import Contradiction
from schemas.message import Message
from tests.board.builders import Told, article, cluster, cluster_id, contradiction, contradiction_id, evidence, side

GLOBAL_RESEARCH = "Global Research"
DUBIOUS = "Dubious Report on Russia Withdrawing Defense Support to Venezuela"

JOURNAL = Told(
    outlet="The Wall Street Journal",
    url="https://www.wsj.com/articles/in-a-blow-to-maduro-russia-withdraws-key-defense-support",
    title="In a Blow to Maduro, Russia Withdraws Key Defense Support to Venezuela",
    at=datetime(2019, 6, 2, 16, 5, tzinfo=UTC),
    sentence="Russian state defense contractor Rostec, which has trained Venezuelan troops and advised on securing "
    "arms contracts, has cut its staff in Venezuela to just a few dozen, from about 1,000 at its height, "
    "according to a person close to the Russian defense ministry.",
    quote="has cut its staff in Venezuela to just a few dozen, from about 1,000",
    standalone="Rostec has cut its staff in Venezuela to just a few dozen from about 1,000.",
    source="a person close to the Russian defense ministry",
    kind="unnamed",
    cue="according to",
    quantities=(
        Quantity(text="a few dozen", low=24, high=96, approximate=True, counted="staff", role="to", start=43, end=54),
        Quantity(text="about 1,000", low=900, high=1100, approximate=True, counted="staff", role="from"),
    ),
    entities=("Rostec", "Venezuela", "Russia"),
)
HARBOR = Told(
    outlet="Harbor Gazette",
    url="https://gazette.example/world/rostec-venezuela",
    title="Russian contractor pulls most of its people out of Venezuela",
    at=datetime(2019, 6, 3, 5, 40, tzinfo=UTC),
    sentence="Rostec now keeps only a few dozen people in the country, the Journal reported on Sunday.",
    quote="Rostec now keeps only a few dozen people in the country",
    standalone="Rostec keeps only a few dozen people in Venezuela.",
    source="The Wall Street Journal",
    kind="outlet",
    stance="reports",
    cue="reported",
    entities=("Rostec", "Venezuela"),
)
PRESIDENT = Told(
    outlet="The Capital Post",
    url="https://capitalpost.example/2019/06/03/trump-russia-venezuela-tweet",
    title="Trump says Russia has told US it removed most personnel from Venezuela",
    at=datetime(2019, 6, 3, 15, 12, tzinfo=UTC),
    sentence="“Russia has informed us that they have removed most of their people from Venezuela,” Trump tweeted.",
    quote="they have removed most of their people from Venezuela",
    standalone="Russia has removed most of its people from Venezuela.",
    source="Donald Trump",
    cue="tweeted",
    entities=("Donald Trump", "Russia", "Venezuela"),
)
ENVOY = Told(
    outlet="Tass",
    url="https://tass.example/world/zaemsky-venezuela",
    title="Envoy: no talk of cutting Russian specialists in Venezuela",
    at=datetime(2019, 6, 3, 18, 30, tzinfo=UTC),
    sentence="“Work is being carried out in accordance with existing obligations, and there is no talk of any cuts,” "
    "Vladimir Zaemsky, Moscow’s envoy, said on Monday.",
    quote="there is no talk of any cuts",
    standalone="There is no talk of any cuts of Rostec’s staff in Venezuela.",
    source="Vladimir Zaemsky",
    stance="denies",
    role="denies",
    cue="said",
    denies="Rostec cut its staff in Venezuela",
    quantities=(Quantity(text="no", low=0, high=0, counted="cut", role="change"),),
    entities=("Vladimir Zaemsky", "Russia", "Venezuela"),
)
ROSTEC = Told(
    outlet=GLOBAL_RESEARCH,
    url="https://www.globalresearch.ca/dubious-report-russia-withdrawing-defense-support-venezuela",
    title=DUBIOUS,
    at=datetime(2019, 6, 4, 9, 0, tzinfo=UTC),
    sentence="A Rostec statement refutes the Journal’s report, saying the composition of its presence in Venezuela "
    "has not changed for many years.",
    quote="the composition of its presence in Venezuela has not changed for many years",
    standalone="The composition of Rostec’s presence in Venezuela has not changed for many years.",
    source="Rostec",
    kind="organisation",
    stance="denies",
    role="denies",
    cue="refutes",
    denies="Rostec cut its staff in Venezuela to just a few dozen from about 1,000",
    entities=("Rostec", "Venezuela"),
)
FIGURES = Told(
    outlet=GLOBAL_RESEARCH,
    url="https://www.globalresearch.ca/rostec-figures-exaggerated",
    title=DUBIOUS,
    at=datetime(2019, 6, 4, 9, 0, tzinfo=UTC),
    sentence="“The figures have been exaggerated tens of times,” the company said.",
    quote="The figures have been exaggerated tens of times",
    standalone="The figures on Rostec’s staff in Venezuela have been exaggerated tens of times.",
    source="Rostec",
    kind="organisation",
    stance="denies",
    role="denies",
    cue="said",
    denies="about 1,000",
    quantities=(Quantity(text="tens of times", low=10, high=99, approximate=True, role="factor"),),
    entities=("Rostec",),
)
DAM_LOW = Told(
    outlet="Mirova Daily",
    url="https://mirovadaily.example/dam-burst",
    title="Dam bursts above Mirova after a week of rain",
    at=datetime(2019, 6, 4, 6, 20, tzinfo=UTC),
    sentence="Twelve people died when the Kelna dam gave way on Monday night, the interior ministry said.",
    quote="Twelve people died when the Kelna dam gave way",
    standalone="Twelve people died when the Kelna dam gave way.",
    source="Interior Ministry",
    kind="organisation",
    cue="said",
    quantities=(Quantity(text="Twelve", low=12, high=12, counted="person"),),
    entities=("Kelna dam", "Mirova"),
)
DAM_HIGH = Told(
    outlet="Northern Wire",
    url="https://northernwire.example/kelna-dam-toll",
    title="Rescuers put toll of Kelna dam at over thirty",
    at=datetime(2019, 6, 4, 11, 45, tzinfo=UTC),
    sentence="At least 31 people were killed by the flood below the Kelna dam, said the head of the volunteer rescue "
    "service, Ana Petrel.",
    quote="At least 31 people were killed by the flood below the Kelna dam",
    standalone="At least 31 people were killed by the flood below the Kelna dam.",
    source="Ana Petrel",
    cue="said",
    quantities=(Quantity(text="At least 31", low=31, high=None, counted="person"),),
    entities=("Kelna dam", "Ana Petrel"),
)
RATE_UP = Told(
    outlet="Norland Business",
    url="https://norlandbusiness.example/rate-decision",
    title="Central bank lifts key rate",
    at=datetime(2019, 6, 3, 12, 2, tzinfo=UTC),
    sentence="Norland’s central bank raised its key interest rate by a quarter point on Monday.",
    quote="Norland’s central bank raised its key interest rate by a quarter point",
    standalone="Norland’s central bank raised its key interest rate by a quarter point.",
    source="Norland Business",
    kind="outlet",
    entities=("Central Bank of Norland",),
)
RATE_DOWN = Told(
    outlet="Market Minute",
    url="https://marketminute.example/norland-cut",
    title="Surprise easing in Norland",
    at=datetime(2019, 6, 3, 12, 31, tzinfo=UTC),
    sentence="In a surprise move the Norland central bank cut interest rates on Monday, traders said.",
    quote="the Norland central bank cut interest rates on Monday",
    standalone="The Norland central bank cut interest rates on Monday.",
    source="traders",
    kind="group",
    cue="said",
    entities=("Central Bank of Norland",),
)
FERRY = Told(
    outlet="Mirova Daily",
    url="https://mirovadaily.example/ferry-line",
    title="Ferry line to reopen in July",
    at=datetime(2019, 6, 1, 8, 15, tzinfo=UTC),
    sentence="The ferry line between Mirova and Sund will reopen on 1 July, mayor Ilse Brandt announced.",
    quote="The ferry line between Mirova and Sund will reopen on 1 July",
    standalone="The ferry line between Mirova and Sund will reopen on 1 July.",
    source="Ilse Brandt",
    cue="announced",
    entities=("Mirova", "Ilse Brandt"),
)

WITHDRAWAL = (JOURNAL, HARBOR, PRESIDENT, ENVOY, ROSTEC, FIGURES)
WITHDRAWAL_ID = cluster_id(*WITHDRAWAL)
WITHDRAWAL_HEADLINE = "Rostec has cut its staff in Venezuela to just a few dozen from about 1,000"

FEEDS = (
    # url, title, outlet, state, minutes since the last success, minutes until the next poll, failures, articles
    ("https://www.globalresearch.ca/feed", "Global Research", GLOBAL_RESEARCH, "ok", 3, 2, 0, 1_284),
    ("https://gazette.example/world/rss.xml", "Harbor Gazette: World", "Harbor Gazette", "unchanged", 3, 12, 0, 310),
    ("https://northernwire.example/atom.xml", "Northern Wire", "Northern Wire", "ok", 3, 2, 0, 8_042),
    (
        "https://mirovadaily.example/feed",
        "Mirova Daily",
        "Mirova Daily",
        "the server answered 403 (forbidden); ask the outlet, or set polling.user_agent to your contact",
        2_960,
        240,
        7,
        96,
    ),
    ("https://marketminute.example/news.json", "Market Minute", "Market Minute", "ok", 190, -120, 0, 57),
    ("https://capitalpost.example/rss", "The Capital Post", "The Capital Post", "new", 0, 1, 0, 0),
)


def withdrawal() -> Contradiction:
    """The contradiction of the Venezuela case: two denials, one conflict of figures."""
    claim = side(JOURNAL, WITHDRAWAL_ID)
    return contradiction(
        evidence(
            "denial",
            0.96,
            (
                "Rostec’s statement rejects the Journal’s report in so many words (“refutes”).",
                "A staff cut from about 1,000 to a few dozen and a presence that “has not changed” do not fit.",
            ),
            claim,
            side(ROSTEC, WITHDRAWAL_ID),
        ),
        evidence(
            "quantity",
            0.91,
            ("“Exaggerated tens of times” puts the staff at 10 to 110 people, not at about 1,000.",),
            claim,
            side(FIGURES, WITHDRAWAL_ID),
        ),
        evidence(
            "denial",
            0.88,
            ("“No talk of any cuts” counts as zero people less; the report has some 900 less.",),
            side(PRESIDENT, WITHDRAWAL_ID),
            side(ENVOY, WITHDRAWAL_ID),
        ),
        entities=("Rostec", "Venezuela", "Russia"),
    )


def toll() -> Contradiction:
    """Two figures for one flood."""
    reasons = ("Twelve people and at least 31 people cannot both have died in the same event.",)
    a, b = side(DAM_LOW, cluster_id(DAM_LOW)), side(DAM_HIGH, cluster_id(DAM_HIGH))
    return contradiction(evidence("quantity", 0.93, reasons, a, b), entities=("Kelna dam",))


def rates() -> Contradiction:
    """A rate raised and cut on the same day."""
    reasons = ("“Raised” and “cut” say opposite things of the same rate on the same day.",)
    a, b = side(RATE_UP, cluster_id(RATE_UP)), side(RATE_DOWN, cluster_id(RATE_DOWN))
    return contradiction(evidence("opposite", 0.9, reasons, a, b), entities=("Central Bank of Norland",))


def venezuela() -> list[Message]:
    """Everything that the pipeline says of the Venezuela case."""
    found = contradiction_id(side(JOURNAL, WITHDRAWAL_ID), side(ROSTEC, WITHDRAWAL_ID))
    story = cluster(*WITHDRAWAL, headline=WITHDRAWAL_HEADLINE, contradictions=(found,))
    return [*(message for told in WITHDRAWAL for message in article(told)), story, withdrawal()]


def others() -> list[Message]:
    """The invented stories but for the rate decision, which comes in while a page is open."""
    found = toll().contradiction_id
    return [
        *(message for told in (DAM_LOW, DAM_HIGH, FERRY) for message in article(told)),
        cluster(DAM_LOW, headline=DAM_LOW.standalone.rstrip("."), contradictions=(found,)),
        cluster(DAM_HIGH, headline=DAM_HIGH.standalone.rstrip("."), contradictions=(found,)),
        cluster(FERRY, headline=FERRY.standalone.rstrip(".")),
        toll(),
    ]


def rate_decision() -> list[Message]:
    """The story that breaks later."""
    found = rates().contradiction_id
    return [
        *(message for told in (RATE_UP, RATE_DOWN) for message in article(told)),
        cluster(RATE_UP, headline=RATE_UP.standalone.rstrip("."), contradictions=(found,)),
        cluster(RATE_DOWN, headline=RATE_DOWN.standalone.rstrip("."), contradictions=(found,)),
        rates(),
    ]


def rates_later() -> Contradiction:
    """The rate decision, contradicted after everything else."""
    at = FIGURES.at + timedelta(days=1)
    return msgspec.structs.replace(rates(), first_seen=at, last_seen=at)


def growth() -> Cluster:
    """The withdrawal with one report more."""
    more = replace(HARBOR, outlet="Northern Wire", url="https://northernwire.example/rostec", at=FIGURES.at)
    return cluster(*WITHDRAWAL, more, headline=WITHDRAWAL_HEADLINE, version=2)
