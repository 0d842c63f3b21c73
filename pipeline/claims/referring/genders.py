"""Whether a person goes by "he" or "she", where a title or the first name says so.

The first names are common ones of the English-, Spanish-, German-, French-, Slavonic-, Nordic- and Arabic-speaking
countries and some more, listed by hand; names that both sexes bear ("Robin", "Andrea", "Jan") are left out. A name that
is missing says nothing, and nothing is concluded from it.
"""

from __future__ import annotations

from typing import Literal

from pipeline.claims.wordlist import words

Gender = Literal["he", "she"]

_HE = words(
    "james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark "
    "donald steven paul andrew joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob gary "
    "nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander frank patrick "
    "raymond jack dennis jerry tyler aaron jose adam nathan henry douglas zachary peter kyle noah ethan jeremy walter "
    "christian keith roger terry austin sean gerald carl harold dylan arthur lawrence jordan jesse bryan billy bruce "
    "gabriel joe logan alan juan albert willie elijah wayne randy vincent mason roy ralph bobby russell bradley "
    "philip eugene barack joe ben bill bob ed ted tom tim jon tony jim mike nick rick steve dave dan matt rob ron greg "
    "ken jeff harry oliver oscar leo max felix hugo emil igor ivan boris vladimir sergey sergei dmitry dmitri alexei "
    "alexey mikhail nikolai yuri oleg pavel viktor vladislav anatoly konstantin andrei andrey roman maxim anton artem "
    "stanislav volodymyr petro oleksandr mykola hans karl klaus jürgen wolfgang heinz otto friedrich stefan markus "
    "matthias tobias uwe dieter günter franz josef pierre jacques michel philippe françois laurent olivier luc "
    "emmanuel nicolas carlos luis miguel jorge pedro diego fernando javier rafael alberto manuel pablo mateo sergio "
    "ricardo eduardo antonio francisco alejandro enrique ramon raul hugo nicolás giovanni giuseppe marco luca matteo "
    "paolo mario silvio sergio lars erik olaf olav magnus henrik anders bjorn björn sven nils gustav mohammed "
    "muhammad mohamed ahmed ali hassan hussein omar khalid ibrahim yusuf youssef mustafa abdullah karim tariq bashar "
    "recep mehmet murat emre narendra rahul raj amit sanjay vijay ravi arjun imran nawaz hiroshi takashi kenji shinzo "
    "akira liam owen callum angus hamish duncan ewan alasdair gareth rhys declan seamus niall colin graham geoffrey "
    "nigel clive trevor ian simon stuart neil derek barry gordon martin malcolm hector desmond jozef tomasz piotr "
    "krzysztof marek jakub wojciech milos zoltan viktor laszlo istvan janos ferenc goran zoran benny moshe benjamin "
    "avi uri shimon ariel yitzhak mahmoud vaclav petr jiri bernard gerard victor dominic cyril rupert edmund alfred "
    "ernest herbert leonard norman stanley cedric percy reginald archibald"
)
_SHE = words(
    "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy betty sandra margaret ashley "
    "kimberly emily donna michelle carol amanda melissa deborah stephanie rebecca sharon laura cynthia dorothy amy "
    "kathleen angela shirley emma brenda pamela nicole anna samantha katherine christine debra rachel carolyn janet "
    "maria catherine heather diane olivia julie joyce victoria ruth virginia lauren kelly christina joan evelyn "
    "judith hannah jacqueline martha gloria teresa ann sara madison frances kathryn janice jean abigail alice julia "
    "judy sophia grace denise amber doris marilyn danielle beverly isabella theresa diana natalie brittany charlotte "
    "marie kayla alexis lori hillary nancy theresa angela ursula christine ivanka melania kamala sonia indira benazir "
    "aung anne jane helen helena elena ana ada vera lena nina olga irina natalia natasha tatiana svetlana ekaterina "
    "yelena galina ludmila lyudmila oksana yulia marina larisa maria lucia sofia carmen rosa isabel pilar dolores "
    "mercedes cristina paula beatriz delcy dilma claudia eva monika petra sabine ute heike ingrid astrid greta "
    "anneliese katrin birgit brigitte françoise sophie camille élise elise amélie chloe chloé zoe lucy ellen fiona "
    "morag moira aileen siobhan niamh aoife bridget maureen sheila eileen nora una marit sigrid solveig kari inger "
    "liv tove gudrun mette freja astrid karin birgitta gunilla annika leila fatima aisha khadija layla noor zainab "
    "mariam maryam yasmin salma priya anjali sunita lakshmi pooja deepa meera yuki sakura keiko yoko mei rosemary "
    "jill gillian hilary penelope philippa harriet georgina daphne phoebe chloe ella mia amelia isla freya agnes "
    "edith ethel mabel gertrude beatrice florence edna irene wanda zofia agnieszka malgorzata katarzyna ewa magdalena "
    "katalin ilona zsuzsa milena jelena dragana ivana tea thea renee josephine louise lydia miriam naomi esther "
    "deborah leah delia ines inés bianca giulia chiara francesca giorgia valentina silvia alessandra"
)
_HE_TITLES = words(
    "mr sir lord king prince duke father brother congressman spokesman chairman businessman emperor sheikh pope imam "
    "ayatollah fisherman actor husband widower assemblyman alderman emir sultan man boy son uncle policeman baron "
    "count"
)
_SHE_TITLES = words(
    "mrs ms miss lady dame queen princess duchess sister mother congresswoman spokeswoman chairwoman businesswoman "
    "actress wife widow empress assemblywoman woman girl daughter aunt policewoman nun midwife heroine heiress "
    "baroness landlady countess"
)
_BY_PRONOUN: dict[str, Gender] = {"he": "he", "him": "he", "his": "he", "himself": "he"}
_BY_PRONOUN |= {"she": "she", "her": "she", "hers": "she", "herself": "she"}


def of_pronoun(pronoun: str) -> Gender | None:
    """Return the gender of a pronoun in lower case, None for any other word."""
    return _BY_PRONOUN.get(pronoun)


def of_name(name: str) -> Gender | None:
    """Return the gender that a first name tells: "Helena Sorg" → "she"; None for a surname alone or an unknown name."""
    first, _, rest = name.partition(" ")
    lowered = first.lower()
    if not rest or (lowered in _HE) == (lowered in _SHE):
        return None
    return "he" if lowered in _HE else "she"


def of_title(words_before: frozenset[str]) -> Gender | None:
    """Return the gender that titles and descriptions (lemmas in lower case) tell, None where they tell none or both."""
    he, she = not words_before.isdisjoint(_HE_TITLES), not words_before.isdisjoint(_SHE_TITLES)
    return None if he == she else ("he" if he else "she")


def is_first_name(word: str) -> bool:
    """Whether a word is a known first name."""
    return word.lower() in _HE or word.lower() in _SHE
