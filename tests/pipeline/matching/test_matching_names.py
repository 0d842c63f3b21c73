from __future__ import annotations

from msgspec.structs import replace

from pipeline.matching.names import cell_names, shared_names
from schemas.claim import Claim, Entity
from tests.pipeline.matching import matching_builder as story

MOSCOW_SAYS = Entity(name="Moscow", kind="GPE", stands_for="Russia")
KREMLIN = Entity(name="Kremlin", kind="ORG", stands_for="Russia")
RUSSIAN = Entity(name="Russian", kind="NORP", stands_for="Russia")
RUSSIA = Entity(name="Russia", kind="GPE")
IN_MOSCOW = Entity(name="Moscow", kind="GPE")


def about(*entities: Entity) -> Claim:
    return replace(story.claim("one", "Troops will be withdrawn"), entities=entities)


def test_names_that_stand_for_one_country_are_shared_once() -> None:
    assert shared_names(about(KREMLIN, RUSSIA), about(MOSCOW_SAYS, RUSSIAN)) == ("Russia",)


def test_a_place_is_shared_by_its_own_name_only() -> None:
    assert shared_names(about(IN_MOSCOW), about(RUSSIA)) == ()
    assert shared_names(about(IN_MOSCOW), about(MOSCOW_SAYS)) == ("Moscow",)


def test_a_claim_is_filed_under_what_its_names_stand_for() -> None:
    assert {"@russia", "@kremlin"} <= cell_names(about(KREMLIN))
    assert "@russia" not in cell_names(about(IN_MOSCOW))
