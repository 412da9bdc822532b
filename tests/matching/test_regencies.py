from __future__ import annotations

import pytest

from kbkit.matching.regencies import find_regency, find_regency_in_words
from kbkit.matching.register import REGISTER_VINTAGE, load_register


def code(name: str, province: str | None = None) -> str | None:
    regency = find_regency(name, province=province)
    return regency.code if regency else None


def in_words(text: str) -> str | None:
    regency = find_regency_in_words(text)
    return regency.code if regency else None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("SOLOK", "13.02"),
        ("KOTA SOLOK", "13.72"),
        ("KABUPATEN SOLOK", "13.02"),
        ("KOTABARU", "63.02"),
        ("KOTAWARINGIN BARAT", "62.01"),
        ("KOTA KOTAMOBAGU", "71.74"),
        ("KOTA PARIAMAN", "13.77"),
        ("PADANG PARIAMAN", "13.05"),
        ("ROKAN HULU", "14.06"),
        ("KEP. SERIBU", "31.01"),
        ("ADM. KEP. SERIBU", "31.01"),
        ("KOTA ADM. JAKARTA BARAT", "31.73"),
        ("KEP. SIAU TAGULANDANG BIARO", "71.09"),
        ("PANGKAJENE KEPULAUAN", "73.10"),
        ("KOTA PARE PARE", "73.72"),
        ("PAHUWATO", "75.04"),
        ("TOBA SAMOSIR", "12.12"),
        ("Mamuju Utara", "76.01"),
        ("KOTA PARIAMEN SELATAN", None),
        ("ENTAH", None),
    ],
)
def test_names(name: str, expected: str | None) -> None:
    assert code(name) == expected


def test_the_province_must_agree() -> None:
    assert code("SOLOK", "SUMATERA BARAT") == "13.02"
    assert code("SOLOK", "RIAU") is None
    assert code("KOTA ADM. JAKARTA PUSAT", "DKI JAKARTA") == "31.71"
    assert code("SLEMAN", "DI YOGYAKARTA") == "34.04"


def test_provinces_of_before_2022() -> None:
    assert code("MERAUKE", "PAPUA") == "93.01"  # now Papua Selatan
    assert code("JAYAWIJAYA", "PAPUA") == "95.01"  # now Papua Pegunungan
    assert code("SORONG", "PAPUA BARAT") == "96.01"  # now Papua Barat Daya


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kab. Pasangkayu", "76.01"),
        ("eppgbm_desa_pasangkayu_2024-01", "76.01"),
        ("DINAS KESEHATAN KABUPATEN PADANG PARIAMAN", "13.05"),
        ("eppgbm_kota_pariaman_2024-08", "13.77"),
        ("rokan_hulu", "14.06"),
        ("Kabupaten Solok", "13.02"),
        ("rekap solok 2024", None),
        ("Blora dan Rembang", None),
        ("Jumlah", None),
        ("Rekap Desa", None),
    ],
)
def test_one_regency_in_a_text_or_none(text: str, expected: str | None) -> None:
    assert in_words(text) == expected


def test_the_register_is_whole() -> None:
    """Counts of Kepmendagri 300.2.2-2138 Tahun 2025: 514 kabupaten/kota, 7,285 kecamatan, 83,762 desa/kelurahan."""
    register = load_register()
    assert "300.2.2-2138" in REGISTER_VINTAGE
    assert len(register.regencies) == 514
    assert sum(len(regency.districts) for regency in register.regencies.values()) == 7285
    assert len(register.villages) == 83762


@pytest.mark.parametrize(
    ("regency", "villages"), [("33.16", 295), ("14.71", 83), ("13.77", 71), ("14.06", 145), ("21.05", 54)]
)
def test_every_regency_finds_itself(regency: str, villages: int) -> None:
    """Village counts of the same register."""
    official = load_register().regencies[regency]
    assert code(official.name) == regency
    assert in_words(official.name) == regency
    assert len(load_register().villages_frame([regency])) == villages


def test_a_bare_name_is_a_city_only_where_no_kabupaten_has_it() -> None:
    assert code("PEKANBARU") == "14.71"
    assert code("SOLOK") == "13.02"
