"""The catalogue as data: the built-in one, and a user's own beside it."""

from pathlib import Path

import pytest

from extract.errors import CatalogueError
from extract.indicators.catalogue import load_catalogue

OF_THE_FIELD = """
    gdp_growth gdp_level budget_revenue_growth fixed_asset_investment_growth retail_sales_growth
    industrial_value_added_growth resident_income_growth urban_income_growth rural_income_growth urban_new_jobs
    surveyed_unemployment_rate registered_unemployment_rate cpi_growth grain_output energy_intensity_change
    carbon_intensity_change rd_intensity pm25 good_air_days_share exports_growth trade_growth
    actual_foreign_investment urbanization_rate
"""
OWN = """
[[indicator]]
id = "{id}"
zh = "{zh}"
en = "Robots"
measure = "{measure}"
unit = "台"
sense = "higher"
names = ["{name}"]
{more}
"""


def own(folder: Path, **changes: str) -> Path:
    """A user's file with one indicator."""
    fields = {"id": "robots", "zh": "工业机器人产量", "measure": "level", "name": "机器人产量", "more": ""}
    path = folder / "own.toml"
    path.write_text(OWN.format(**(fields | changes)), encoding="utf-8")
    return path


def test_every_indicator_of_the_field_is_a_headline():
    assert {one.id for one in load_catalogue().core} >= set(OF_THE_FIELD.split())


def test_what_an_indicator_is_made_of_and_confused_with_is_there():
    catalogue = load_catalogue()
    for one in catalogue.indicators:
        assert all(part in catalogue for part in one.parts), one.id


def test_no_name_of_an_indicator_is_listed_as_another_thing_of_it():
    catalogue = load_catalogue()
    for wording, ids in catalogue.confused.items():
        named = {name.indicator.id for name in catalogue.names.get(wording, ()) if name.how != "loose"}
        assert not named & set(ids), wording


def test_a_user_adds_indicators_behind_the_built_in_ones(tmp_path):
    catalogue = load_catalogue(own(tmp_path))
    assert catalogue.indicators[-1].id == "robots"
    assert "机器人产量" in catalogue.names


def test_a_user_puts_an_indicator_in_place_of_a_built_in_one(tmp_path):
    path = own(tmp_path, id="grain_output", zh="谷物产量", name="谷物产量", more="replaces = true")
    catalogue = load_catalogue(path)
    assert catalogue["grain_output"].zh == "谷物产量"
    assert len(catalogue.indicators) == len(load_catalogue().indicators)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": "gdp_growth"}, "a built-in indicator"),
        ({"id": "GDP growth"}, "indicator.0.id"),
        ({"measure": "speed"}, "indicator.0.measure"),
        ({"name": "机器人[产量"}, "brackets"),
        ({"more": "colour = 1"}, "colour"),
        ({"more": "replaces = true"}, "not a built-in indicator"),
        ({"name": "城镇新增就业"}, "is a name of both urban_new_jobs and robots"),
        ({"more": '[[indicator]]\nid = "x'}, "not valid TOML"),
    ],
)
def test_a_broken_catalogue_is_refused_by_file_and_place(tmp_path, changes, said):
    with pytest.raises(CatalogueError, match=r"own\.toml") as refused:
        load_catalogue(own(tmp_path, **changes))
    assert said in str(refused.value)
    assert refused.value.hint


def test_a_catalogue_that_is_not_there_or_no_text_is_refused(tmp_path):
    with pytest.raises(CatalogueError, match="cannot be read"):
        load_catalogue(tmp_path / "none.toml")
    (tmp_path / "gbk.toml").write_bytes("指标".encode("gb18030"))
    with pytest.raises(CatalogueError, match="UTF-8"):
        load_catalogue(tmp_path / "gbk.toml")


def test_a_catalogue_that_defines_nothing_is_refused(tmp_path):
    """An empty file is a mistake, and silence would look as if it were used."""
    (tmp_path / "own.toml").write_text("# to do\n", encoding="utf-8")
    with pytest.raises(CatalogueError, match="no indicator"):
        load_catalogue(tmp_path / "own.toml")
