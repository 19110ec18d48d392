"""The topics in config/, each shown stories that belong to it in the languages it is made for, and some that do not."""

import tomllib
from pathlib import Path

import pytest

from feedhub.model.topic import Subject
from feedhub.steps.rules import compile_rule
from tests.builders import a_subject

_CONFIG = Path(__file__).parents[2] / "config"
_RULES = {
    slug: compile_rule(table["match"])
    for slug, table in tomllib.loads((_CONFIG / "topics.toml").read_text("utf-8"))["topics"].items()
}


def _topics(subject: Subject) -> set[str]:
    return {slug for slug, rule in _RULES.items() if rule(subject)}


@pytest.mark.parametrize(
    ("title", "topics"),
    [
        ("Southern Gas Corridor to carry more from spring", {"energy"}),
        ("Nazir qaz ixracından danışıb: Bakıda görüş", {"azerbaijan", "energy"}),
        ("Avropaya qaz nəqli artıb", {"energy"}),
        ("В порту рассказали, сколько газ теперь стоит", {"energy"}),
        ("Gas workers win the football cup", set()),
        ("Azərbaycanda yeni məktəb açılıb", {"azerbaijan"}),
        ("В Баку открыли новый парк", {"azerbaijan"}),
        ("Azerbaycan'ın yeni köprüsü açıldı", {"azerbaijan"}),
        ("Armenia and Azerbaijan open a border road", {"azerbaijan", "south-caucasus"}),
        ("Ermənistan və Gürcüstan danışıqları", {"south-caucasus"}),
        ("Переговоры о безопасности на Южном Кавказе", {"south-caucasus"}),
        ("Güney Kafkasya zirvesi", {"south-caucasus"}),
        ("Cargo on the Middle Corridor doubles", {"middle-corridor"}),
        ("Orta Dəhliz üzrə yükdaşıma", {"middle-corridor"}),
        ("Порт на Каспии принял больше грузов, Каспий обмелел", {"middle-corridor"}),
        ("Orta Koridor'da yeni hat", {"middle-corridor"}),
        ("Central bank holds its interest rate", {"economy"}),
        ("İnflyasiya azalıb", {"economy"}),
        ("Ключевая ставка осталась прежней", {"economy"}),
        ("Enflasyon rakamları açıklandı", {"economy"}),
        ("Earthquake felt in three towns", {"disasters"}),
        ("Zəlzələ olub", {"disasters"}),
        ("Землетрясение ощутили в трёх городах", {"disasters"}),
        ("Deprem paniği", {"disasters"}),
        ("Deprem adlı film vizyonda", set()),
        ("Le sel de mer se vend bien", set()),
        ("Emissions fell last year", {"climate"}),
        ("İqlim sammiti", {"climate"}),
        ("Вопросы экологии обсудили на форуме", {"climate"}),
        ("İklim zirvesi başladı", {"climate"}),
        ("A satellite went into orbit", {"technology"}),
        ("Süni intellekt dərsliyi", {"technology"}),
        ("Нейросеть написала симфонию", {"technology"}),
        ("Yapay zeka dersleri", {"technology"}),
        ("人工智能大会开幕", {"technology"}),
    ],
)
def test_topic_admits(title: str, topics: set[str]) -> None:
    """By the title alone."""
    assert _topics(a_subject(title=title, text="")) == topics


def test_flood_that_is_salt_elsewhere() -> None:
    """A word that two languages share is asked for in one."""
    assert _topics(a_subject(title="Sel evləri basıb", text="", langs=frozenset({"az"}))) == {"disasters"}
